// Every bad launch is refused with its status and reason, every legal one accepted; nothing bad changes anything. The rows are those of
// `npm run conformance`; what does not fit a row follows them.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CookieJar } from '../../fixtures/lms-simulator/index.ts'
import { launchDataIn, startSchool, type TestSchool } from './_app.ts'
import type { Row } from './conformance/rows.ts'
import { play, type Stage, setStage } from './conformance/stage.ts'
import { mustAccept, mustRefuse } from './conformance/table.ts'

let school: TestSchool
let stage: Stage
let itemId = ''

beforeAll(async () => {
  school = await startSchool({ worker: false })
  stage = await setStage(school)
  ;({ itemId } = stage.scene)
})
afterAll(async () => {
  await stage?.close()
  await school?.stop()
})

const named = ({ id, attack, says }: Row): string => `${id} ${attack ? `(attack ${attack}) ` : ''}${says}`

describe('refused', () => {
  for (const row of mustRefuse) it(named(row), async () => expect((await play(row, stage)).wrong).toEqual([]))
})

describe('accepted', () => {
  for (const row of mustAccept) it(named(row), async () => expect((await play(row, stage)).wrong).toEqual([]))
})

it('an anonymous launch may only look', async () => {
  const walk = await school.lms.journey.walkLaunch({ person: 'student1', item: itemId })
  const claims = JSON.parse(Buffer.from((walk.formFields.id_token ?? '').split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >
  delete claims.sub
  const data = launchDataIn(await (await walk.launch({ id_token: school.lms.platform.signIdToken(claims) })).text()) as unknown as {
    session: { role: string; person: null }
  }
  expect(data.session).toMatchObject({ role: 'viewer', person: null })
})

it('a student’s eight tabs at once all work, 25 times over (200 of 200)', async () => {
  for (let round = 0; round < 25; round++) {
    const walks = await Promise.all(
      Array.from({ length: 8 }, () => school.lms.journey.walkLaunch({ person: 'student2', item: itemId, launch: true })),
    )
    expect(walks.map((it) => it.response?.status)).toEqual(Array(8).fill(200))
  }
})

it('at a shared computer, who launches next cannot take up the launch of who was there before', async () => {
  const cookies = new CookieJar()
  const launched = async (person: string) => {
    const walk = await school.lms.journey.walkLaunch({ person, item: itemId, launch: true, cookies })
    return launchDataIn(await (walk.response as Response).text()) as unknown as { session: { id: string } }
  }
  const resumed = async (launchId: string) => {
    const headers = { cookie: cookies.header, 'sec-fetch-site': 'same-origin' }
    const answer = await fetch(`${school.origin}/api/launches/${launchId}/resume`, { method: 'POST', headers })
    await answer.text()
    return answer.status
  }
  const first = await launched('student1')
  const again = await launched('student1')
  expect([await resumed(first.session.id), await resumed(again.session.id)], 'one’s own, in two tabs').toEqual([200, 200])
  const others = await launched('student2')
  expect([await resumed(first.session.id), await resumed(others.session.id)]).toEqual([401, 200])
})

describe('a browser that lets nobody be recognised in the frame', () => {
  const ways = /Allow cookies for <strong>127\.0\.0\.1:\d+<\/strong>.*another browser.*tell your teacher.*new window/is

  it('is offered a window of its own, and told what else helps', async () => {
    const item = school.lms.addItem({ course: '2', title: 'Quiz' })
    const walk = await school.lms.journey.walkLaunch({ person: 'student1', item: item.id })
    const answer = await walk.launch({}, { headers: { cookie: '' } })
    expect(answer.status).toBe(401)
    const page = await answer.text()
    expect(page).toMatch(/<a class="button" href="[^"]+" target="_blank" rel="noopener">Open in a new window<\/a>/)
    expect(page).toMatch(ways)
    expect(page).toContain('Support code')
  })

  it('whose window finds the launch used up is told why, and what to do', async () => {
    const body = new URLSearchParams({ error: 'launch_no_longer_valid', state: 'x'.repeat(43) })
    const answer = await fetch(`${school.origin}/lti/launch`, { method: 'POST', body })
    expect(answer.status).toBe(400)
    expect(await answer.text()).toMatch(/used already.*allow cookies for 127\.0\.0\.1:\d+.*another browser.*your teacher/is)
  })
})
