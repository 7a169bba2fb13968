// A real LRS, Learning Locker's: the statements of a whole quiz are read back from it and are what the house keeps; sent again they are
// there once.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findingsIn } from '../../fixtures/xapi/profile.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { removeLrs } from '../src/modules/analytics/lrs/desk.ts'
import { isSame } from '../src/modules/analytics/lrs/sameness.ts'
import { tryLrs } from '../src/modules/analytics/lrs/trial.ts'
import { addStub, type LearningStage, openLearningStage, rowsOf } from './_learning.ts'
import { type RealLrs, startRealLrs } from './_real-lrs.ts'

let stage: LearningStage
let lrs: RealLrs
let lrsId: string
beforeAll(async () => {
  lrs = await startRealLrs()
  stage = await openLearningStage()
  await removeLrs(stage.lrsId)
  lrsId = await addStub(stage.school, { ...stage.stub, url: lrs.url, username: lrs.username, password: lrs.password })
})
afterAll(async () => {
  await stage?.close()
  await lrs?.stop()
})

const kept = async () =>
  (await queryAlone<{ statement: { id: string } }>('select statement from statements order by sequence')).map((row) => row.statement)

it('gives a whole quiz back as it was told', async () => {
  await stage.takes('Lea')
  await stage.drain()
  const [ours, theirs] = [await kept(), await lrs.statements()]
  expect(ours).toHaveLength(6)
  expect(theirs.map(({ id }) => id)).toEqual(ours.map(({ id }) => id))
  for (const [at, one] of ours.entries()) {
    expect(isSame(one, theirs[at])).toBe(true)
    expect(theirs[at]).toMatchObject(one)
  }
  expect(findingsIn(theirs)).toEqual([])
})

it('takes the same statements again and has them once', async () => {
  await queryAlone(`update deliveries set state = 'due', attempts = 0 where listener = 'analytics.forward-statements'`)
  await stage.takes('Tim')
  await stage.drain()
  expect((await rowsOf(lrsId)).every(({ state }) => state === 'done')).toBe(true)
  const ids = (await lrs.statements()).map(({ id }) => id)
  expect(ids).toHaveLength(12)
  expect(new Set(ids).size).toBe(12)
})

it('takes a test statement', async () => {
  expect(await tryLrs(lrsId)).toMatchObject({ outcome: 'read-back' })
})
