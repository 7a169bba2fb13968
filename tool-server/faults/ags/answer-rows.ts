// What the score service answers, or does not answer: each fault comes a few times at moments of chance, then the LMS is well again.
import { type Fault, type FaultCall, loginPage, silence } from '../../../fixtures/lms-simulator/index.ts'
import { setPatience } from '../../src/kernel/safe-fetch.ts'
import type { Chance } from '../chance.ts'
import type { Row } from '../family.ts'
import { timesSent } from './comparison.ts'
import type { Run, Stage } from './stage.ts'

/** A time-out of 15 s takes so long. */
const shortMs = 150

/** A fault for calls of this kind, so many times at most and not at each; answers with how often it came. */
export function sometimes(run: Run, faultOf: (call: FaultCall, chance: Chance) => Fault | undefined, kinds = ['score']): { came: number } {
  const { chance } = run
  const most = chance.whole(1, 12)
  const often = chance.one([0.3, 0.6, 1])
  const counted = { came: 0 }
  run.lms.faults.ags = (call) => {
    if (!kinds.includes(call.kind) || counted.came === most || !chance.isTrue(often)) return undefined
    counted.came++
    return faultOf(call, chance)
  }
  return counted
}

type FaultOf = (call: FaultCall, chance: Chance, run: Run) => Fault

export function answerRows(stage: Stage): Row[] {
  const simple = (name: string, does: string, holds: string, faultOf: FaultOf, after?: (run: Run) => string[], patience = 1): Row => ({
    ...{ name, does, holds },
    async play(chance) {
      const run = await stage.begin(chance)
      setPatience(patience)
      const fault = sometimes(run, (call) => faultOf(call, chance, run))
      await run.storm()
      await run.settle()
      const calm = timesSent(run.class) > run.handedIn + 2 * fault.came + 6 ? [`${timesSent(run.class)} scores were sent`] : []
      return [...(await run.differences()), ...(patience === 1 ? calm : []), ...(after?.(run) ?? [])]
    },
  })
  const arrives = 'every grade arrives, with its first time where it was tried before'
  return [
    simple('server-error', 'the LMS answers 500, 502 or 503', arrives, (_, chance) => ({
      status: chance.one([500, 502, 503]),
      body: 'down',
    })),
    simple('reset', 'the connection is cut before or after the score is stored', `${arrives}; no second submission`, (_, chance) =>
      chance.isTrue() ? { drop: true } : { dropAfterStore: true },
    ),
    simple(
      'hang',
      'no answer comes in time, the score stored or not',
      `${arrives}; no second submission`,
      (_, chance) => (chance.isTrue() ? { ...silence() } : { holdAfterStore: true }),
      undefined,
      shortMs / 15_000,
    ),
    simple('login-page', 'a sign-in page comes with status 200', 'no such answer counts as taken', () => loginPage()),
    simple(
      'maintenance',
      'the LMS sends every call elsewhere: 301, 302, 307 or 308',
      'no redirect is followed, none counts as taken',
      (call, chance, run) => ({
        status: chance.one([301, 302, 307, 308]),
        headers: { location: `${run.lms.origin}${call.path}${call.path.includes('?') ? '&' : '?'}elsewhere=1` },
        body: '<h1>Maintenance</h1>',
      }),
      (run) => (run.lms.calls.some((it) => it.path.includes('elsewhere')) ? ['a redirect was followed'] : []),
    ),
  ]
}
