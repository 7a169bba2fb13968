// What an LRS answers, or does not answer: each fault comes a few times at moments of chance, then the LRS is well again.
import type { Mood } from '../../../fixtures/lrs/stub.ts'
import { setPatience } from '../../src/kernel/safe-fetch.ts'
import type { Chance } from '../chance.ts'
import type { Row } from '../family.ts'
import type { Run, Stage } from './stage.ts'

/** A time-out of 15 s takes so long. */
const shortMs = 150

/** A mood for calls, so many times at most and not at each; answers with how often it came. */
export function sometimes({ chance, stub }: Run, moodOf: (chance: Chance) => Mood, most = chance.whole(1, 10)): { came: number } {
  const often = chance.one([0.3, 0.6, 1])
  const counted = { came: 0 }
  stub.mood = () => {
    if (counted.came === most || !chance.isTrue(often)) return undefined
    counted.came++
    return moodOf(chance)
  }
  return counted
}

export function lrsRows(stage: Stage): Row[] {
  const simple = (name: string, does: string, moodOf: (chance: Chance) => Mood, patience = 1): Row => ({
    ...{ name, does, holds: 'each statement arrives once, in the order of its learner' },
    async play(chance) {
      const run = await stage.begin(chance)
      setPatience(patience)
      const fault = sometimes(run, moodOf, patience === 1 ? undefined : chance.whole(1, 4))
      await run.storm()
      await run.settle()
      // Each fault may cost its call, and one that asks again: more would be a hot loop.
      const asked = run.stub.posts.length
      const most = run.site.learners.reduce((sum, { expected }) => sum + expected.length, 0) + 3 * fault.came + 3
      return [...(await run.differences()), ...(asked > most ? [`${asked} calls for ${most}`] : [])]
    },
  })
  return [
    simple('lrs-error', 'the LRS answers 500, 502, 503 or 504, a redirect, or a sign-in page with status 200', (chance) =>
      chance.one<Mood>([
        { is: 'status', status: chance.one([500, 502, 503, 504]), body: 'down' },
        { is: 'status', status: chance.one([301, 302, 307]), headers: { location: 'http://127.0.0.1:1/elsewhere' } },
        { is: 'status', status: 200, body: '<html>Please sign in</html>' },
      ]),
    ),
    simple('lrs-drops', 'the line is cut before the LRS takes statements, or after it took them and before its answer', (chance) => ({
      is: chance.one(['drop', 'take-then-drop', 'take-then-drop'] as const),
    })),
    simple(
      'lrs-hangs',
      'the LRS never answers, or answers a byte at a time, whether or not it took the statements',
      (chance) => chance.one<Mood>([{ is: 'hang' }, { is: 'drip', ms: 10 }, { is: 'drip', ms: 60 }]),
      shortMs / 15_000,
    ),
    {
      name: 'lrs-restart',
      does: 'the LRS is ended with calls under way, nobody answers at its address for a while, and it comes up again, some times',
      holds: 'each statement arrives once, in the order of its learner',
      async play(chance) {
        const run = await stage.begin(chance)
        const { stub } = run
        let isUp = true
        let left = chance.whole(1, 3)
        stub.mood = () => {
          if (!isUp || left === 0 || chance.isTrue(0.5)) return undefined
          left--
          isUp = false
          // In the turn in which a call is here, or a little later.
          setTimeout(() => void stub.down(), chance.one([0, 0, 1, 3]))
          return chance.isTrue() ? undefined : { is: 'take-then-drop' }
        }
        const mend = async () => {
          if (isUp) return
          await new Promise((later) => setTimeout(later, 5))
          await stub.up()
          isUp = true
        }
        await run.storm(() => (chance.isTrue(0.5) ? mend() : undefined))
        await mend()
        // The last ones may end it once more.
        left = 0
        await run.settle()
        return run.differences()
      },
    },
    {
      name: 'lrs-away-a-day',
      does: 'the LRS is away for 24 hours while learners work',
      holds: 'all arrives in order, within minutes after it is back; it is asked seldom meanwhile',
      async play(chance) {
        const run = await stage.begin(chance)
        const { clock, worker } = stage
        const began = clock.movedMs
        run.stub.mood = () => ({ is: 'status', status: 503 })
        await run.storm(() => clock.advance(chance.whole(0, 3_600_000)))
        while (clock.movedMs - began < 86_400_000) {
          clock.advance(chance.whole(600_000, 14_400_000))
          await worker.work()
        }
        const asked = run.stub.posts.length
        run.stub.mood = () => undefined
        const backAt = clock.movedMs
        await run.settle()
        const waited = (clock.movedMs - backAt) / 1000
        return [
          ...(await run.differences()),
          ...(waited > 300 ? [`it took ${waited} s after it was back`] : []),
          ...(asked > 200 ? [`it was asked ${asked} times while it was away`] : []),
        ]
      },
    },
    {
      name: 'lrs-throttle',
      does: 'the LRS answers 429, with a Retry-After in seconds, as a date, as nonsense, or with none',
      holds: 'nobody asks before that time; each statement arrives once, in order',
      async play(chance) {
        const run = await stage.begin(chance)
        const { clock } = stage
        let [left, calmMs, moved] = [chance.whole(1, 6), 0, 0]
        const early: string[] = []
        run.stub.mood = () => {
          const nowMs = clock.tool()
          // Calls that were under way when it said so are not early.
          if (clock.movedMs > moved && nowMs < calmMs - 100) early.push(`it was asked ${calmMs - nowMs} ms early`)
          if (left === 0 || chance.isTrue(0.4)) return undefined
          left--
          const seconds = chance.whole(2, 900)
          const [header, known] = chance.one<[string | null, boolean]>([
            [String(seconds), true],
            [new Date(Math.ceil(nowMs / 1000) * 1000 + seconds * 1000).toUTCString(), true],
            ['soon', false],
            [null, false],
          ])
          calmMs = Math.max(calmMs, known ? nowMs + seconds * 1000 : 0)
          moved = clock.movedMs
          return { is: 'status', status: 429, ...(header === null ? {} : { headers: { 'retry-after': header } }) }
        }
        await run.storm()
        await run.settle()
        return [...(await run.differences()), ...early.slice(0, 2)]
      },
    },
  ]
}
