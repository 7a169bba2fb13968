// The tool's clock is off the LMS's, or is set back while grades are on their way.
import { queryAlone } from '../../src/kernel/db.ts'
import { forgetTokens } from '../../src/modules/lti/services/access-token.ts'
import type { Row } from '../family.ts'
import { sometimes } from './answer-rows.ts'
import { timesSent } from './comparison.ts'
import type { Stage } from './stage.ts'

export function clockRows(stage: Stage): Row[] {
  return [
    {
      name: 'clock-skew',
      does: "the tool's clock is up to 60 s off the LMS's",
      holds: 'all works: every score is sent once, times rise',
      async play(chance) {
        const run = await stage.begin(chance, { of: 'skew' })
        stage.clock.toolOff = chance.whole(-59_000, 59_000)
        forgetTokens()
        await queryAlone('delete from access_tokens')
        const seats = await run.handIn(chance.whole(2, 8))
        await run.settle()
        const sent = timesSent(run.class)
        return [...(await run.differences()), ...(sent > seats.length ? [`${sent} calls for ${seats.length} scores`] : [])]
      },
    },
    {
      name: 'clock-far-off',
      does: "the tool's clock is ten minutes off the LMS's, and is put right later",
      holds: 'what the LMS refuses for it waits with its reason; all arrive, times rise',
      async play(chance) {
        const run = await stage.begin(chance)
        stage.clock.toolOff = chance.one([-1, 1]) * chance.whole(560_000, 640_000)
        if (chance.isTrue()) {
          forgetTokens()
          await queryAlone('delete from access_tokens')
        }
        await run.handIn(chance.whole(2, 6))
        await stage.worker.work()
        const unnamed = await queryAlone(
          `select d.id from deliveries d join events e on e.id = d.event_id
           where e.placement_id = $1 and d.listener = 'lti.send-score' and d.state <> 'done' and coalesce(d.last_error, '') = ''`,
          [run.class.placementId],
        )
        await run.handIn(chance.whole(0, 4))
        stage.clock.toolOff = 0
        await run.settle()
        return [...(await run.differences()), ...unnamed.map(() => 'a score waits without a reason')]
      },
    },
    {
      name: 'clock-set-back',
      does: "the tool's clock is set back, by up to ten minutes, while scores are under way",
      holds: 'the times of one learner’s scores rise all the same; every grade arrives',
      async play(chance) {
        const run = await stage.begin(chance)
        sometimes(run, () => {
          stage.clock.toolOff -= chance.whole(1_000, 100_000)
          return chance.isTrue() ? {} : { dropAfterStore: true }
        })
        await run.storm()
        await run.handIn(chance.whole(1, 6))
        await stage.worker.work()
        // More than five minutes late no LMS gives a token: then somebody has to put the clock right.
        if (stage.clock.toolOff < -240_000) stage.clock.toolOff = 0
        run.lms.faults.clear()
        await run.settle()
        return run.differences()
      },
    },
  ]
}
