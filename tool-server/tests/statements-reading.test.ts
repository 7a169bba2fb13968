// GET /xapi/statements: the filters of xAPI over what the house keeps; a learner reads their own, who teaches the course's.
import type { Caller } from '@cuepoint/contracts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { queryAlone } from '../src/kernel/db.ts'
import { statementsFor } from '../src/modules/analytics/reading.ts'
import { voiding } from '../src/modules/analytics/statement/voiding.ts'
import { issuer, type LearningStage, openLearningStage } from './_learning.ts'

let stage: LearningStage
const learners: { attemptId: string; personId: string }[] = []
beforeAll(async () => {
  stage = await openLearningStage()
  learners.push(await stage.takes('Lea'), await stage.takes('Tim'))
  await stage.drain()
})
afterAll(() => stage?.close())

// biome-ignore lint/suspicious/noExplicitAny: answers as a client gets them
type Answer = any
const asTeacher = (filters: Record<string, unknown> = {}): Promise<Answer> => statementsFor(stage.school.instructor, filters)
const verbs = ({ statements }: Answer) => statements.map((one: Answer) => one.verb.id.split('/').at(-1))

it('shows a teacher the course’s, newest first, or oldest first', async () => {
  const all = await asTeacher()
  expect(all.statements).toHaveLength(12)
  expect(all.more).toBe('')
  const oldest = await asTeacher({ ascending: 'true' })
  expect(oldest.statements).toEqual([...all.statements].reverse())
  expect(all.statements[0].stored).toMatch(/Z$/)
})

it('shows a learner their own only, and another course nothing', async () => {
  const [lea, tim] = learners
  const caller = { ...stage.school.instructor, role: 'learner', personId: lea?.personId ?? null } as Caller
  const own: Answer = await statementsFor(caller, {})
  expect(new Set(own.statements.map((one: Answer) => one.context.registration))).toEqual(new Set([lea?.attemptId]))
  const others: Answer = await statementsFor(caller, { registration: tim?.attemptId })
  expect(others.statements).toEqual([])
  const elsewhere: Answer = await statementsFor({ ...stage.school.instructor, courseId: lea?.attemptId ?? '' }, {})
  expect(elsewhere.statements).toEqual([])
})

it('filters by verb, agent, registration, activity and what is related', async () => {
  expect(verbs(await asTeacher({ verb: 'http://adlnet.gov/expapi/verbs/passed' }))).toEqual(['passed', 'passed'])
  const [lea] = learners
  const agent = JSON.stringify({ account: { homePage: issuer, name: lea?.personId } })
  expect((await asTeacher({ agent })).statements).toHaveLength(6)
  expect((await asTeacher({ registration: lea?.attemptId })).statements).toHaveLength(6)
  const activity = (await asTeacher({ verb: 'http://adlnet.gov/expapi/verbs/passed' })).statements[0].object.id
  expect(verbs(await asTeacher({ activity }))).not.toContain('answered')
  expect(verbs(await asTeacher({ activity, related_activities: 'true' }))).toContain('answered')
})

it('filters by when it was stored, one by its id, and goes on by `more`', async () => {
  const [first] = (await asTeacher({ ascending: 'true' })).statements
  expect((await asTeacher({ until: '2020-01-01T00:00:00Z' })).statements).toEqual([])
  expect((await asTeacher({ since: '2020-01-01T00:00:00Z' })).statements).toHaveLength(12)
  expect(await asTeacher({ statementId: first.id })).toEqual(first)
  await expect(asTeacher({ statementId: learners[0]?.attemptId })).rejects.toMatchObject({ status: 404 })
  const seen: string[] = []
  for (let filters: Record<string, string> = { limit: '5', ascending: 'true' }, round = 0; round < 5; round++) {
    const { statements, more } = await asTeacher(filters)
    seen.push(...statements.map((one: Answer) => one.id))
    if (more === '') break
    filters = Object.fromEntries(new URL(more, 'http://x').searchParams)
  }
  expect(new Set(seen).size).toBe(12)
  expect(seen).toHaveLength(12)
})

it('shows a statement that was voided under voidedStatementId only, and what voids it like any other', async () => {
  const { statements: before } = await asTeacher()
  const { id } = before[0]
  await expect(asTeacher({ voidedStatementId: id }), 'it is not void yet').rejects.toMatchObject({ status: 404 })
  const one = voiding(id, { base: 'http://tool.example', at: new Date() })
  const { institutionId, courseId } = stage.school
  await queryAlone(
    `insert into statements (id, event_id, institution_id, course_id, verb, activity, statement, stored) values ($1, $1, $2, $3, $4, $5, $6, now())`,
    [one.id, institutionId, courseId, one.verb.id, id, JSON.stringify(one)],
  )
  await expect(asTeacher({ statementId: id })).rejects.toMatchObject({ status: 404 })
  expect(await asTeacher({ voidedStatementId: id })).toMatchObject({ id })
  expect(await asTeacher({ statementId: one.id })).toMatchObject({ object: { objectType: 'StatementRef', id } })
  const ids = (await asTeacher()).statements.map((it: Answer) => it.id)
  expect(ids).toEqual([one.id, ...before.slice(1).map((it: Answer) => it.id)])
  await expect(asTeacher({ voidedStatementId: one.id }), 'what voids cannot be voided').rejects.toMatchObject({ status: 404 })
  for (const filters of [
    { statementId: one.id, voidedStatementId: id },
    { voidedStatementId: id, verb: one.verb.id },
    { statementId: one.id, limit: '1' },
  ])
    await expect(asTeacher(filters)).rejects.toMatchObject({ status: 400 })
  expect(await asTeacher({ statementId: one.id, format: 'exact' })).toMatchObject({ id: one.id })
  await queryAlone('delete from statements where id = $1', [one.id])
})

it('says as much of each as the format asks for', async () => {
  const [one] = (await asTeacher({ verb: 'http://adlnet.gov/expapi/verbs/answered', limit: '1' })).statements
  const ids = await asTeacher({ statementId: one.id, format: 'ids' })
  expect(ids).toMatchObject({ id: one.id, actor: one.actor, verb: { id: one.verb.id }, object: { id: one.object.id }, result: one.result })
  expect(ids.context.extensions).toEqual(one.context.extensions)
  expect(JSON.stringify(ids)).not.toMatch(/definition|display/)
  expect(one.object.definition.description).toBeDefined()
  const [listed] = (await asTeacher({ verb: one.verb.id, limit: '1', format: 'ids' })).statements
  expect(listed).toEqual(ids)
  for (const format of ['exact', 'canonical']) expect(await asTeacher({ statementId: one.id, format })).toEqual(one)
})

it('knows all that an agent can be named by', async () => {
  const others = [{ mbox: 'mailto:lea@school.example' }, { mbox_sha1sum: 'a'.repeat(40) }, { openid: 'https://lea.example' }]
  for (const agent of others) expect((await asTeacher({ agent: JSON.stringify(agent) })).statements).toEqual([])
  for (const agent of [{}, { name: 'Lea' }, { ...others[0], ...others[1] }, { account: { name: 'lea' } }])
    await expect(asTeacher({ agent: JSON.stringify(agent) })).rejects.toMatchObject({ status: 400 })
})

it('refuses what is no filter', async () => {
  for (const filters of [{ verbs: 'x' }, { agent: 'lea' }, { since: 'yesterday' }, { limit: '-1' }])
    await expect(asTeacher(filters)).rejects.toMatchObject({ status: 400 })
})
