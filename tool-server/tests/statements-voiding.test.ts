// A real LRS, Learning Locker's, is told which statements of somebody who was erased are void.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findingsIn } from '../../fixtures/xapi/profile.ts'
import { eraseListener, erasePerson } from '../src/app/privacy/erasing.ts'
import { setClock } from '../src/kernel/clock.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { resend } from '../src/kernel/events/backlog.ts'
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
  setClock()
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
    `update deliveries set state = 'due', runs = 1 where listener = $1 and event_id in (
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

it('is left alone where it says for an hour that there is no such place, while learners’ statements go on; resent, it is told', async () => {
  registerListeners([keepStatements, forwardStatements, voidStatements, eraseListener])
  const { stub, school, drain, takes } = stage
  const stubId = await addStub(school, stub)
  const { personId } = await takes('Yann')
  await drain()
  const isVoid = (it: { verb: { id: string } }) => it.verb.id === voidedVerb
  stub.mood = (statements) => (statements.some(isVoid) ? { is: 'status', status: 405, body: 'Method Not Allowed' } : undefined)
  await erasePerson(randomUUID(), { institutionId: school.institutionId, personId, typed: 'yann' })
  const signal = new AbortController().signal
  await runBatch(eraseListener, personId, signal)
  const voids = () =>
    queryAlone<{ id: string; state: string; last_error: string }>(
      'select id, state, last_error from deliveries where listener = $1 and target = $2',
      [voidStatements.name, stubId],
    )
  await runBatch(voidStatements, stubId, signal)
  expect(await voids()).toMatchObject([{ state: 'due', last_error: expect.stringContaining('405: Method Not Allowed') }])
  const before = stub.statements.size
  await takes('Xenia')
  await drain()
  expect(stub.statements.size, 'the others are not kept waiting').toBeGreaterThan(before)
  await queryAlone(`update deliveries set due_at = now() - interval '1 minute' where listener = $1 and target = $2`, [
    voidStatements.name,
    stubId,
  ])
  setClock(() => Date.now() + 3_700_000)
  await runBatch(voidStatements, stubId, signal)
  setClock()
  const [parked] = await voids()
  expect(parked).toMatchObject({ state: 'parked', last_error: expect.stringContaining('does not take voiding statements') })
  stub.mood = () => undefined
  await resend([parked?.id ?? ''])
  await runBatch(voidStatements, stubId, signal)
  expect((await voids())[0]?.state).toBe('done')
  expect([...stub.statements.values()].filter(isVoid)).toHaveLength(6)
})
