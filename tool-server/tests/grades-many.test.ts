// An LMS that was away comes back to find a school's grades waiting: they come in at the pace that it bears, each learner's newest, once.
// Ten thousand of them: npm run faults -- many --learners 10000 --runs 1
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startSchool, type TestSchool } from './_app.ts'
import { lmsComesBack, manyGradesEnv } from './_many-grades.ts'

const learners = 600
const mostAtOnce = 6
let school: TestSchool
beforeAll(async () => {
  school = await startSchool({ env: manyGradesEnv })
})
afterAll(() => school?.stop())

it(`${learners} grades that waited for the LMS all arrive, once each and the newest only, never more than ${mostAtOnce} at a time`, async () => {
  const { most, tookMs, ...figures } = await lmsComesBack(school, learners)
  expect(figures).toEqual({
    meanwhile: { accepted: 0, waiting: learners },
    accepted: learners,
    people: learners,
    older: 0,
    wrong: 0,
    statuses: [200, 503],
    ledgerAccepted: learners,
    shownAccepted: learners,
  })
  console.log(`${learners} grades arrived ${tookMs.toFixed(0)} ms after the LMS was back`)
  expect(most).toBeLessThanOrEqual(mostAtOnce)
  expect(most).toBeGreaterThan(1)
})
