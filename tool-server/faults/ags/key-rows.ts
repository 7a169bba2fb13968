// The LMS's key set is away, slow or new: launches go on with the keys that are known, for a day; a new key is seen at its first use.
import type { Fault } from '../../../fixtures/lms-simulator/index.ts'
import { loginPage, silence } from '../../../fixtures/lms-simulator/index.ts'
import { queryAlone } from '../../src/kernel/db.ts'
import { setPatience } from '../../src/kernel/safe-fetch.ts'
import { forgetPlatformKeys } from '../../src/modules/lti/platforms/platform-keys.ts'
import type { Row } from '../family.ts'
import type { Run, Stage } from './stage.ts'

const hourMs = 3_600_000
/** A cap of 5 s takes so long. */
const shortMs = 120

/** The status of a launch by a learner of the class; 0 where the LMS did not get that far. */
async function launched(run: Run): Promise<number> {
  const { person } = run.chance.one(run.class.seats)
  const { response } = await run.lms.journey.walkLaunch({ person, item: run.class.itemId, launch: true })
  await response?.text()
  return response?.status ?? 0
}

async function expectLaunch(run: Run, status: number, words: string): Promise<string[]> {
  const got = await launched(run)
  return got === status ? [] : [`${words}: ${got} and not ${status}`]
}

/** The process has started anew, perhaps; an hour may have gone by since the keys were fetched. */
async function later(stage: Stage, run: Run, mostMs: number): Promise<void> {
  if (run.chance.isTrue(0.3)) forgetPlatformKeys()
  stage.clock.advance(run.chance.whole(0, mostMs))
}

/** Known keys, fetched just now. */
async function withKeys(run: Run): Promise<void> {
  forgetPlatformKeys()
  await queryAlone('delete from platform_key_sets')
  const status = await launched(run)
  if (status !== 200) throw new Error(`a launch before the fault ended ${status}`)
}

export function keyRows(stage: Stage): Row[] {
  return [
    {
      name: 'keys-down',
      does: 'the key set is away for more than a day: errors, web pages, cut connections, no answer',
      holds:
        'launches go on for 24 h, then 503 with a way back, asked for once a minute at most; grades and other LMSs go on; well again by itself',
      async play(chance) {
        const run = await stage.begin(chance)
        await withKeys(run)
        setPatience(shortMs / 5_000)
        const down = (): Fault =>
          chance.one([{ status: 500, body: '' }, { drop: true }, loginPage(), { status: 200, body: '{"keys":[]}' }, silence()])
        run.lms.faults.jwks = down
        const fetches = run.lms.jwksFetches
        const wrong: string[] = []
        const launches = chance.whole(2, 4)
        for (let at = 0; at < launches; at++) {
          await later(stage, run, (23.9 * hourMs) / launches)
          wrong.push(...(await expectLaunch(run, 200, 'a launch within a day')))
          wrong.push(...(await expectLaunch(run, 200, 'the next launch')))
        }
        if (run.lms.jwksFetches - fetches > launches) wrong.push(`${run.lms.jwksFetches - fetches} fetches for ${launches} hours`)
        stage.clock.advance(25 * hourMs)
        wrong.push(...(await expectLaunch(run, 503, 'a launch after more than a day')))
        await run.handIn(3)
        const other = await stage.begin(chance, { lms: run.lmsName === 'moodle' ? 'canvas' : 'moodle' })
        wrong.push(...(await expectLaunch(other, 200, 'a launch from the other LMS')))
        run.lms.faults.clear()
        stage.clock.advance(61_000)
        wrong.push(...(await expectLaunch(run, 200, 'a launch when the keys are there again')))
        await run.settle()
        return [...wrong, ...(await run.differences())]
      },
    },
    {
      name: 'keys-slow',
      does: 'the key set takes longer than its cap of 5 s',
      holds: 'launches go on with the known keys; one without a known key is told so; well again by itself',
      async play(chance) {
        const run = await stage.begin(chance)
        await withKeys(run)
        setPatience(shortMs / 5_000)
        run.lms.faults.jwks = () => ({ delayMs: shortMs * chance.whole(2, 4) })
        const wrong: string[] = []
        await later(stage, run, 20 * hourMs)
        wrong.push(...(await expectLaunch(run, 200, 'a launch with slow keys')))
        if (chance.isTrue()) {
          forgetPlatformKeys()
          await queryAlone('delete from platform_key_sets')
          wrong.push(...(await expectLaunch(run, 503, 'a launch without known keys')))
        }
        run.lms.faults.clear()
        setPatience()
        stage.clock.advance(61_000)
        return [...wrong, ...(await expectLaunch(run, 200, 'a launch when the keys are quick again'))]
      },
    },
    {
      name: 'keys-rotated',
      does: 'the LMS takes a new key in the middle of the day, the old one withdrawn or not, a class launches at once',
      holds: 'the new key is seen at its first use, by one fetch',
      async play(chance) {
        const run = await stage.begin(chance)
        await withKeys(run)
        stage.clock.advance(chance.whole(0, 0.9 * hourMs))
        run.lms.platform.rotateKey({ retire: chance.isTrue() })
        run.lms.state.keys.splice(0, run.lms.state.keys.length - 3)
        const before = run.lms.jwksFetches
        const statuses = await Promise.all(Array.from({ length: chance.whole(1, 8) }, () => launched(run)))
        const wrong = statuses.filter((it) => it !== 200).map((it) => `a launch with the new key ended ${it}`)
        const fetches = run.lms.jwksFetches - before
        if (fetches !== 1) wrong.push(`${fetches} fetches`)
        await run.handIn(2)
        await run.settle()
        return [...wrong, ...(await run.differences())]
      },
    },
  ]
}
