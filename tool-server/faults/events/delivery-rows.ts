// Deliveries that come again, mixed up, or by a worker whose lease is over; and clocks that jump.
import { queryAlone } from '../../src/kernel/db.ts'
import { listenerNamed } from '../../src/kernel/events/listeners.ts'
import type { Delivery } from '../../src/kernel/module.ts'
import { resendToLrs } from '../../src/modules/analytics/lrs/resending.ts'
import type { Row } from '../family.ts'
import { HandWorker } from '../hand-worker.ts'
import { sometimes } from './lrs-rows.ts'
import { learningListeners, type Run, type Stage, workOn } from './stage.ts'
import { eventsAt } from './told.ts'

/** What was told so far, as deliveries to this listener: each so many times, mixed up. */
async function again({ site, chance }: Run, name: string, times: number): Promise<void> {
  const listener = listenerNamed(name)
  if (!listener) throw new Error(`there is no listener ${name}`)
  const all = (await eventsAt(site.school.institutionId)).filter(
    ({ name: event }) => listener.hears === 'all' || listener.hears.includes(event),
  )
  const deliveries = Array.from({ length: times }, () => all)
    .flat()
    .map((event): Delivery => ({ id: '0', event, target: site.lrsId, lane: event.placementId ?? '', attempt: 2, trace: null }))
  const byLane = grouped(deliveries)
  for (const some of byLane.values()) {
    const mixed = chance.shuffled(some)
    const size = chance.whole(1, listener.batch)
    for (let at = 0; at < mixed.length; at += size) await listener.run(mixed.slice(at, at + size), { signal: AbortSignal.timeout(60_000) })
  }
}

/** Map.groupBy, which Node 20 has not. */
function grouped(deliveries: readonly Delivery[]): Map<string, Delivery[]> {
  const groups = new Map<string, Delivery[]>()
  for (const it of deliveries) groups.set(it.lane, [...(groups.get(it.lane) ?? []), it])
  return groups
}

export function deliveryRows(stage: Stage): Row[] {
  const once = 'each statement is there once, in order; the figures are what was done'
  return [
    {
      name: 'delivered-again',
      does: 'each delivery comes up to three times, mixed up, before, between and after the others; a range of time is sent again',
      holds: once,
      async play(chance) {
        const run = await stage.begin(chance)
        await run.storm(async () => {
          if (chance.isTrue(0.4)) await again(run, 'analytics.keep-insight', chance.whole(1, 3))
          if (chance.isTrue(0.5))
            await queryAlone(
              `update deliveries set state = 'due', attempts = 0, finished_at = null where state = 'done' and random() < $1`,
              [chance.fraction()],
            )
        })
        await run.settle()
        for (const name of learningListeners) await again(run, name, chance.whole(1, 3))
        const day = 86_400_000
        await resendToLrs(
          run.site.lrsId,
          new Date(stage.clock.tool() - day).toISOString(),
          new Date(stage.clock.tool() + day).toISOString(),
        )
        await run.settle()
        return run.differences()
      },
    },
    {
      name: 'lease-over',
      does: 'a worker stands still while its call is under way, its lease ends, and another worker takes the lane over',
      holds: `${once}; who came too late writes nothing`,
      async play(chance) {
        const run = await stage.begin(chance)
        const workers = [stage.worker, ...Array.from({ length: chance.whole(1, 3) }, () => new HandWorker(stage.clock, learningListeners))]
        let left = chance.whole(1, 8)
        run.stub.mood = () => {
          if (left === 0 || chance.isTrue(0.3)) return undefined
          left--
          // Longer than a lease (6 s), in the middle of a call.
          stage.clock.advance(chance.whole(6_500, 60_000))
          return chance.one([undefined, { is: 'take-then-drop' }, { is: 'status', status: 503 }] as const)
        }
        await run.storm(() => Promise.all(workers.map(workOn)))
        await Promise.all(workers.map(workOn))
        await run.settle()
        return run.differences()
      },
    },
    {
      name: 'clock-jumps',
      does: 'the clock jumps forward by up to three days and back by up to an hour, at any moment, also in the middle of a call',
      holds: once,
      async play(chance) {
        const run = await stage.begin(chance)
        const jump = () => {
          stage.clock.toolOff += chance.isTrue() ? chance.whole(0, 259_200_000) : -chance.whole(0, 3_600_000)
        }
        sometimes(run, () => {
          jump()
          return chance.one([{ is: 'status', status: 503 }, { is: 'take-then-drop' }, { is: 'drop' }] as const)
        })
        await run.storm(jump)
        await run.settle()
        return run.differences()
      },
    },
  ]
}
