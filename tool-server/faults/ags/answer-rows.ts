// What the score service answers, or does not answer: each fault comes a few times at moments of chance, then the LMS is well again.
import { type Fault, type FaultCall, loginPage } from '../../../fixtures/lms-simulator/index.ts'
import { setPatience } from '../../src/kernel/safe-fetch.ts'
import type { Chance } from '../chance.ts'
import type { Row } from '../family.ts'
import type { Run, Stage } from './stage.ts'

/** A fault for score calls, so many times at most and not at each. */
function sometimes(run: Run, faultOf: (call: FaultCall, chance: Chance) => Fault): { left(): number } {
  const { chance } = run
  let left = chance.whole(1, 12)
  const often = chance.one([0.3, 0.6, 1])
  run.lms.faults.ags = (call) => {
    if (call.kind !== 'score' || left === 0 || !chance.isTrue(often)) return undefined
    left--
    return faultOf(call, chance)
  }
  return { left: () => left }
}

export function answerRows(stage: Stage): Row[] {
  const simple = (
    name: string,
    does: string,
    holds: string,
    faultOf: (call: FaultCall, chance: Chance, run: Run) => Fault,
    patience = 1,
  ): Row => ({
    name,
    does,
    holds,
    async play(chance) {
      const run = await stage.begin(chance)
      setPatience(patience)
      sometimes(run, (call) => faultOf(call, chance, run))
      await run.storm()
      await run.settle()
      return run.differences()
    },
  })
  const wellAgain = 'I2; every grade arrives once the LMS is well'
  return [
    simple('server-error', 'the LMS answers 500, 502 or 503, having stored the score or not', wellAgain, (_, chance) => ({
      status: chance.one([500, 502, 503]),
      body: 'down',
    })),
    simple('reset', 'the connection is cut before or after the score is stored', wellAgain, (_, chance) =>
      chance.isTrue() ? { drop: true } : { dropAfterStore: true },
    ),
    simple('login-page', 'a sign-in page comes with status 200', 'I2; no such answer counts as taken', () => loginPage()),
  ]
}
