// The stack tests start a Redis of their own, each its own: this sees that there is a redis-server to start.
import { ensureCommand } from './ensure-system.mjs'

export const ensureRedis = () => ensureCommand('redis-server', 'redis-server', 'The stack tests')
