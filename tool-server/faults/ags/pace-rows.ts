// Too much at once, too little for long, the same again: throttles, an LMS that is away for hours, deliveries that come twice.
import { setTimeout as wait } from 'node:timers/promises'
import type { Fault } from '../../../fixtures/lms-simulator/index.ts'
import { lease, release } from '../../src/kernel/events/deliveries.ts'
import { listenerNamed } from '../../src/kernel/events/listeners.ts'
import type { Delivery } from '../../src/kernel/module.ts'
import type { Row } from '../family.ts'
import { sentTo } from './comparison.ts'
import type { Run, Stage } from './stage.ts'

const mostInFlight = 6
const hourMs = 3_600_000

export function paceRows(stage: Stage): Row[] {
  return [
    {
      name: 'throttle-bucket',
      does: "Canvas's rate bucket is all but full: 403 Rate Limit Exceeded, other calls go through",
      holds: 'told from a missing permission: nothing is parked, nothing lost',
      async play(chance) {
        const run = await stage.begin(chance, { lms: 'canvas' })
        const { quirks } = run.lms
        const before = { throttle: quirks.throttle, serviceMs: quirks.serviceMs }
        // Bears so many calls at a time.
        Object.assign(quirks, {
          throttle: { full: 50 * chance.whole(1, 4) + 40, upFront: 50, cost: 5, outflowPerSecond: 10 },
          serviceMs: 2,
        })
        try {
          await run.storm()
          await run.settle()
          return await run.differences()
        } finally {
          Object.assign(quirks, before)
        }
      },
    },
    {
      name: 'throttle-retry-after',
      does: 'the LMS answers 429 with Retry-After, in seconds or as a date',
      holds: 'nothing is sent before that, nothing is parked, nothing lost',
      async play(chance) {
        const run = await stage.begin(chance)
        let [left, pauseUntil, tooEarly] = [chance.whole(1, 4), 0, 0]
        run.lms.faults.ags = ({ kind }): Fault | undefined => {
          if (kind !== 'score') return undefined
          const at = stage.clock.lms()
          if (at < pauseUntil) tooEarly++
          else if (left > 0 && chance.isTrue()) {
            left--
            const seconds = chance.whole(2, 600)
            // A date has whole seconds.
            pauseUntil = Math.floor(at / 1000) * 1000 + seconds * 1000
            const header = chance.isTrue() ? String(seconds) : new Date(pauseUntil).toUTCString()
            return { status: 429, headers: { 'retry-after': header }, body: '' }
          } else return undefined
          return { status: 429, headers: { 'retry-after': String(Math.ceil((pauseUntil - at) / 1000)) }, body: '' }
        }
        const pauses = left
        await run.handIn(chance.whole(4, 10))
        await run.settle()
        // Those that were under way when the first of them was told.
        const most = pauses * (mostInFlight - 1)
        return [...(await run.differences()), ...(tooEarly > most ? [`${tooEarly} calls came before Retry-After was over`] : [])]
      },
    },
    {
      name: 'lms-down',
      does: 'the LMS is away for 8 h while many hand in, some several times',
      holds: 'then all arrive, the newest of each learner only, six calls at a time at most',
      async play(chance) {
        const run = await stage.begin(chance, { of: 'crowd', size: 40 })
        const backAt = stage.clock.lms() + 8 * hourMs
        const calls = countCalls(run, () =>
          stage.clock.lms() < backAt ? (chance.isTrue() ? { drop: true } : { status: 503, body: '' }) : undefined,
        )
        const seats = new Set(await run.handIn(chance.whole(25, 40)))
        for (let hours = 0; hours < 8; hours += 2) {
          await stage.worker.work()
          for (const seat of await run.handIn(chance.whole(0, 10))) seats.add(seat)
          stage.clock.advance(2 * hourMs)
        }
        await run.settle()
        const taken = [...seats].map((seat) => sentTo(run.class, seat).filter((it) => it.accepted).length)
        return [
          ...(await run.differences()),
          ...taken.filter((count) => count !== 1).map((count) => `of a learner ${count} scores were taken`),
          ...(calls.most() > mostInFlight ? [`${calls.most()} calls were under way at once`] : []),
        ]
      },
    },
    {
      name: 'duplicates',
      does: 'each delivery is run three times and more, out of order, at the same time, old ones too',
      holds: 'the gradebook ends at the newest, no second submission',
      async play(chance) {
        const run = await stage.begin(chance)
        const listener = listenerNamed('lti.send-score')
        if (!listener) throw new Error('there is no listener that sends scores')
        const past: Delivery[] = []
        for (let burst = 0; burst < 4; burst++) {
          await run.handIn(chance.whole(2, 6))
          const { taken } = await lease(listener, run.class.registrationId)
          past.push(...(taken?.rows ?? []))
          const batches = Array.from({ length: 3 }, () => chance.shuffled(past))
          await Promise.all(batches.map((batch) => batch.length > 0 && listener.run(batch, { signal: new AbortController().signal })))
          if (taken) await release(taken)
        }
        await run.settle()
        return run.differences()
      },
    },
  ]
}

/** Counts the calls under way at once; each takes a moment. */
function countCalls(run: Run, faultOf: () => Fault | undefined): { most(): number } {
  let [now, most] = [0, 0]
  run.lms.faults.ags = ({ kind }) => {
    const fault = faultOf()
    if (fault || kind !== 'score') return fault
    most = Math.max(most, ++now)
    void wait(3).then(() => now--)
    return { delayMs: 3 }
  }
  return { most: () => most }
}
