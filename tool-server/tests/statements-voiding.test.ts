// A real LRS, Learning Locker's, is told which statements of somebody who was erased are void.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findingsIn } from '../../fixtures/xapi/profile.ts'
import { eraseListener, erasePerson } from '../src/app/privacy/erasing.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { registerListeners } from '../src/kernel/events/outbox.ts'
import { runBatch } from '../src/kernel/events/run-batch.ts'
import { keepStatements } from '../src/modules/analytics/keep.ts'
import { removeLrs } from '../src/modules/analytics/lrs/desk.ts'
import { forwardStatements } from '../src/modules/analytics/lrs.ts'
import { voidedVerb } from '../src/modules/analytics/statement/voiding.ts'
import { voidStatements } from '../src/modules/analytics/voiding/tell-voids.ts'
import { addStub, type LearningStage, openLearningStage } from './_learning.ts'
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

it('is told which statements of somebody who was erased are void, and shows these no more', async () => {
  registerListeners([keepStatements, forwardStatements, voidStatements, eraseListener])
  await stage.takes('Lea')
  await stage.drain()
  const before = (await lrs.statements()).map(({ id }) => id)
  const { personId } = await stage.takes('Zoe')
  await stage.drain()
  const theirs = (await lrs.statements()).map(({ id }) => id).filter((id) => !before.includes(id))
  expect(theirs).toHaveLength(6)
  const { institutionId } = stage.school
  await erasePerson(randomUUID(), { institutionId, personId, typed: 'zoe' })
  // The first to be voided went there, and the answer was lost: it is asked.
  await queryAlone(
    `update deliveries set state = 'due', fence = 1 where listener = $1 and event_id in (
    select id from events where person_id = $2 and name = 'assessment.attempt.opened')`,
    [forwardStatements.name, personId],
  )
  const signal = new AbortController().signal
  await runBatch(eraseListener, personId, signal)
  for (let times = 0; times < 2; times++) {
    await runBatch(voidStatements, lrsId, signal)
    const held = await lrs.statements()
    const voids = held.filter((it) => it.verb.id === voidedVerb)
    expect(voids.map((it) => it.object.id).sort()).toEqual([...theirs].sort())
    expect(findingsIn(held.filter((it) => it.verb.id !== voidedVerb))).toEqual([])
    expect(held.filter(({ id }) => theirs.includes(id))).toEqual([])
    expect(held.filter(({ id }) => before.includes(id))).toHaveLength(before.length)
    // All of it once more, as after a worker that died.
    await queryAlone(`update deliveries set state = 'due', attempts = 0 where listener = $1`, [voidStatements.name])
  }
  const states = await queryAlone<{ state: string }>('select state from deliveries where listener = $1', [voidStatements.name])
  expect(states.length).toBe(2)
})
