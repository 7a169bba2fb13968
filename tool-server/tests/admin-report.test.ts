// The usage and failure report per institution, and its CSV.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { setClock } from '../src/kernel/clock.ts'
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
afterAll(async () => {
  setClock()
  await school?.stop()
})

const rows = async (days = '7'): Promise<Wire[]> => (await ask('GET', `/api/admin/report/${days}`)).rows

it('counts launches, people, attempts, scores and refusals by reason; what belongs to nobody stands apart', async () => {
  const { itemId } = await placeSample(school)
  const { token, data } = await launchAs(school, 'student1', itemId)
  await launchAs(school, 'student1', itemId)
  const { id, questions } = data.player.current
  const answers = rightAnswers('photosynthesis-and-cell-energy', questions)
  await callTool(school.origin, token, 'POST', `/api/attempts/${id}/submit`, { key: crypto.randomUUID(), answers })
  const walk = await school.lms.journey.walkLaunch({ person: 'student2', item: itemId })
  await walk.launch({ id_token: `${walk.formFields.id_token?.split('.').slice(0, 2).join('.')}.AAAA` })
  await fetch(`${school.origin}/lti/login?iss=https://stranger.example&login_hint=h&target_link_uri=${school.origin}/`)
  await eventually('the score is accepted', async () => (await rows())[0].scores.accepted === 1)
  const [own, nobody] = await rows()
  expect(own).toMatchObject({
    institution: { name: expect.stringMatching(/./) },
    launches: 3,
    people: 2,
    attempts: 1,
    scores: { accepted: 1, refused: 0, waiting: 0 },
    refusals: [{ reason: 'signature_invalid', count: 1 }],
  })
  expect(nobody).toMatchObject({ institution: null, launches: 0, refusals: [{ reason: 'issuer_unknown', count: 1 }] })
})

it('looks back seven or thirty days, and knows no other length', async () => {
  const later = Date.now() + 10 * 86_400_000
  setClock(() => later)
  ask = (await operatorOf(school.origin)).ask
  expect((await rows('7'))[0]).toMatchObject({ launches: 0, attempts: 0, refusals: [] })
  expect((await rows('30'))[0]).toMatchObject({ launches: 3, attempts: 1, refusals: [{ reason: 'signature_invalid', count: 1 }] })
  await expect(ask('GET', '/api/admin/report/9999')).rejects.toThrow('404')
})

it('its CSV holds no cell that a spreadsheet would run', async () => {
  await queryAlone(`update institutions set name = '=HYPERLINK("https://evil.example","x")'`)
  const { name, text } = await ask('GET', '/api/admin/report/30/csv')
  expect(name).toMatch(/^cuepoint-30-days-\d{4}-\d\d-\d\d\.csv$/)
  const lines = text.trim().split('\r\n')
  expect(lines[1]).toContain(`"'=HYPERLINK(""https://evil.example"",""x"")",3,2,1,1,0,0,1,signature_invalid 1`)
})
