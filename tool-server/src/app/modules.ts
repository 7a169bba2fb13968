// All that the product is made of, and one place that refuses to start when something is declared twice or not at all.
import { type Endpoint, endpoints } from '@cuepoint/contracts'
import { config } from '../kernel/config.ts'
import type { Listener } from '../kernel/module.ts'
import { streamEvents } from '../kernel/stream/stream-events.ts'
import { operations } from './operations.ts'
import { modules } from './rooms.ts'

export { modules }

const all = [...modules, operations]

export const listeners = all.flatMap((it) => it.listeners ?? [])

/** Those of this configuration: with Kafka one more, that carries all events out. */
export function activeListeners(): readonly Listener[] {
  return config().kafka ? [...listeners, streamEvents] : listeners
}
export const schedules = all.flatMap((it) => it.schedules ?? [])

/** Throws unless every endpoint of the contracts is implemented once, and every listener and schedule named once. */
export function assertComplete(): void {
  const implemented = all.flatMap((it) => it.routes ?? []).flatMap((it) => (it.kind === 'endpoint' ? [it.endpoint] : []))
  const problems: string[] = []
  for (const [name, endpoint] of Object.entries(endpoints) as [string, Endpoint][]) {
    const times = implemented.filter((it) => it === endpoint).length
    if (times !== 1) problems.push(`${name} (${endpoint.method} ${endpoint.path}) is implemented ${times} times`)
  }
  for (const endpoint of implemented)
    if (!(Object.values(endpoints) as Endpoint[]).includes(endpoint))
      problems.push(`${endpoint.method} ${endpoint.path} is not in the contracts' list`)
  for (const [what, names] of [
    ['listener', listeners.map((it) => it.name)],
    ['schedule', schedules.map((it) => it.name)],
  ] as const) {
    for (const name of new Set(names))
      if (names.filter((it) => it === name).length > 1) problems.push(`the ${what} ${name} is declared twice`)
  }
  if (problems.length > 0) throw new Error(`The product is not whole:\n  ${problems.join('\n  ')}`)
}
