// Processes that end: a worker is killed around the moment in which an LRS takes statements; Redis loses every wake-up.
import { once } from 'node:events'
import { queryAlone } from '../../src/kernel/db.ts'
import { listenerNamed, onWork } from '../../src/kernel/events/listeners.ts'
import { closeWake, openWake, startWorkers } from '../../src/kernel/jobs/wake.ts'
import type { Listener } from '../../src/kernel/module.ts'
import { startRedis } from '../../tests/_redis.ts'
import type { Row } from '../family.ts'
import { startKilledWorker } from '../killed-worker.ts'
import { learningListeners, type Stage } from './stage.ts'

/** The sweep comes every three seconds; a lane that the queue does not serve is run at the second one. */
const patienceMs = 30_000

export function processRows(stage: Stage): Row[] {
  return [
    {
      name: 'worker-killed',
      does: 'the worker is killed (SIGKILL) before, at or after the moment in which the LRS takes statements',
      holds: 'the next worker brings the rest; each statement is there once, in order',
      async play(chance) {
        const starting = startKilledWorker({ movedMs: stage.clock.movedMs, env: stage.env, listeners: learningListeners })
        const run = await stage.begin(chance)
        await run.deeds(chance.whole(6, 40))
        const child = await starting
        const exited = once(child, 'exit')
        try {
          const [at, afterMs] = [chance.whole(1, 3), chance.one([0, 0, 1, 3, 8, 20])]
          let calls = 0
          run.stub.mood = () => {
            if (++calls !== at) return undefined
            // 0: in the turn of the event loop in which the LRS has the call; its answer finds nobody.
            if (afterMs === 0) child.kill('SIGKILL')
            else setTimeout(() => child.kill('SIGKILL'), afterMs)
            return undefined
          }
          child.stdin?.write('go\n')
          // There may be fewer calls than that: then it is killed at leisure.
          setTimeout(() => child.kill('SIGKILL'), 1500).unref()
          await exited
        } finally {
          child.kill('SIGKILL')
        }
        run.stub.mood = () => undefined
        await run.storm()
        await run.settle()
        return run.differences()
      },
    },
    {
      name: 'redis-lost',
      does: 'Redis is emptied, or killed and started empty, with wake-ups in it, while workers run',
      holds: 'the sweep finds what nobody is woken for, within seconds; each statement arrives once, in order',
      async play(chance) {
        const run = await stage.begin(chance)
        const redis = await startRedis()
        const mine = learningListeners.flatMap((name): Listener[] => {
          const known = listenerNamed(name)
          return known ? [known] : []
        })
        try {
          await openWake({ databaseUrl: stage.env.DATABASE_URL ?? '', redisUrl: redis.url, prefix: 'faults' })
          startWorkers(mine)
          const losses = Array.from({ length: chance.whole(1, 3) }, async () => {
            await new Promise((later) => setTimeout(later, chance.whole(0, 150)))
            await redis.command('flushall').catch(() => undefined)
          })
          const halfway = chance.whole(0, 10)
          await run.deeds(halfway)
          if (chance.isTrue(0.4)) {
            await redis.kill()
            await run.deeds(chance.whole(0, 10))
            await redis.start()
          }
          while (run.hasMore) await run.deeds(10)
          await Promise.all(losses)
          const began = performance.now()
          for (;;) {
            const [left] = await queryAlone("select 1 from deliveries where state = 'due' limit 1")
            if (!left) break
            if (performance.now() - began > patienceMs) return [`work is left after ${patienceMs} ms`]
            await new Promise((later) => setTimeout(later, 20))
          }
        } finally {
          await closeWake()
          onWork(() => undefined)
          await redis.stop()
        }
        return run.differences()
      },
    },
  ]
}
