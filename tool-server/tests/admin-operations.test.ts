// Parked deliveries as an operator sees them: with their reason, resent one by one or all of a listener, or discarded.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { queryAlone } from '../src/kernel/db.ts'
import { operatorOf } from './_admin.ts'
import { callTool, eventually, startSchool, type TestSchool, type Wire } from './_app.ts'
import { launchAs, placeSample, rightAnswers } from './_journey.ts'

let school: TestSchool
let ask: Awaited<ReturnType<typeof operatorOf>>['ask']
beforeAll(async () => {
  school = await startSchool({ env: { LOG_LEVEL: 'silent' } })
  ask = (await operatorOf(school.origin)).ask
})
afterAll(() => school?.stop())

const list = async (): Promise<Wire> => ask('GET', '/api/admin/deliveries')
const sender = async (): Promise<Wire> => (await list()).listeners.find((it: Wire) => it.listener === 'lti.send-score')

async function handIn(person: string, itemId: string): Promise<void> {
  const { token, data } = await launchAs(school, person, itemId)
  const { id, questions } = data.player.current
  const answers = rightAnswers('photosynthesis-and-cell-energy', questions)
  const key = crypto.randomUUID()
  expect((await callTool(school.origin, token, 'POST', `/api/attempts/${id}/submit`, { key, answers })).status).toBe(200)
}

it('a score that the LMS refused is parked with its reason, and arrives when it is resent after the cause is gone', async () => {
  const { itemId } = await placeSample(school)
  expect((await list()).listeners.map((it: Wire) => it.listener)).toContain('lti.send-score')
  school.lms.faults.ags = ({ kind }) => (kind === 'score' ? { status: 403, body: '{}' } : undefined)
  await handIn('student1', itemId)
  await eventually('it is parked', async () => (await list()).parked.length === 1)
  const [row] = (await list()).parked
  expect(row).toMatchObject({
    listener: 'lti.send-score',
    event: 'assessment.result.changed',
    institution: { name: expect.stringMatching(/./) },
  })
  expect(row.reason).toContain('does not allow')
  const accepted = () => school.lms.scores.filter((it) => it.status < 300).length
  expect(accepted()).toBe(0)
  school.lms.faults.clear()
  expect(await ask('POST', '/api/admin/deliveries/resend', { ids: [row.id] })).toEqual({ count: 1 })
  await eventually('it arrives', () => accepted() === 1)
  await eventually('nothing is left', async () => {
    const { due, leased, parked } = await sender()
    return due + leased + parked === 0
  })
  expect((await list()).parked).toEqual([])
})

it('all of one listener are resent at once; what is discarded is not sent again; what is not parked is let alone', async () => {
  const id = async (): Promise<string> =>
    (await queryAlone<{ id: string }>(`select id::text id from deliveries where listener = 'lti.send-score' order by id desc limit 1`))[0]
      ?.id ?? ''
  const park = `update deliveries set state = 'parked', last_error = 'a test', finished_at = now() where id = $1`
  const one = await id()
  expect(await ask('POST', '/api/admin/deliveries/discard', { ids: [one] })).toEqual({ count: 0 })
  await queryAlone(park, [one])
  expect(await ask('POST', '/api/admin/deliveries/resend', { listener: 'no.such' })).toEqual({ count: 0 })
  expect(await ask('POST', '/api/admin/deliveries/resend', { listener: 'lti.send-score' })).toEqual({ count: 1 })
  await eventually('it is done', async () => (await sender()).due === 0 && (await list()).parked.length === 0)
  await queryAlone(park, [one])
  expect(await ask('POST', '/api/admin/deliveries/discard', { ids: [one] })).toEqual({ count: 1 })
  expect((await list()).parked).toEqual([])
})
