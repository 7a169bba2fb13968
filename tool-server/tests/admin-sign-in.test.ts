// Who enters /admin: the bearer of a one-time link, and nobody else.
import { type Endpoint, endpoints } from '@cuepoint/contracts'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { firstAdminAddress } from '../src/app/admin-address.ts'
import { setClock } from '../src/kernel/clock.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { forgetSignIns } from '../src/modules/identity/index.ts'
import { newLink, operatorOf } from './_admin.ts'
import { callTool, startSchool, type TestSchool } from './_app.ts'
import { launchAs, placeSample } from './_journey.ts'

let school: TestSchool
beforeAll(async () => {
  school = await startSchool({ worker: false, env: { LOG_LEVEL: 'silent' } })
})
afterAll(() => school?.stop())
beforeEach(() => forgetSignIns())
afterEach(() => setClock())

const signIn = (link: string) => callTool(school.origin, '', 'POST', '/api/admin/sign-in', { link })
const session = (token: string) => callTool(school.origin, token, 'GET', '/api/admin/session')

describe('a sign-in link', () => {
  it('is given at the first start, and not again', async () => {
    const [one, ...others] = (await Promise.all([firstAdminAddress(), firstAdminAddress(), firstAdminAddress()])).filter(Boolean)
    expect(others).toEqual([])
    expect(one).toMatch(new RegExp(`^${school.origin}/admin#link=[\\w-]{43}$`))
    expect(await firstAdminAddress()).toBeUndefined()
    expect((await signIn(one?.split('=')[1] ?? '')).status).toBe(200)
    expect(await firstAdminAddress()).toBeUndefined()
  })
  it('opens one session, however many use it at once', async () => {
    const link = await newLink()
    const answers = await Promise.all([signIn(link), signIn(link), signIn(link)])
    expect(answers.map((it) => it.status).sort()).toEqual([200, 403, 403])
    expect((await session(answers.find((it) => it.status === 200)?.json.token)).status).toBe(200)
    expect((await signIn(link)).json).toMatchObject({ code: 'admin_link_used', detail: expect.stringContaining('used already') })
  })
  it('is too old after an hour', async () => {
    const link = await newLink()
    const later = Date.now() + 61 * 60_000
    setClock(() => later)
    expect((await signIn(link)).json.code).toBe('admin_link_expired')
  })
  it('cannot be guessed for long: the eleventh try of a minute is not even looked at', async () => {
    const good = await newLink()
    for (let at = 0; at < 10; at++) expect((await signIn(`guess-${at}`)).json.code).toBe('admin_link_unknown')
    expect((await signIn(good)).json.code).toBe('rate_limited')
    const later = Date.now() + 61_000
    setClock(() => later)
    expect((await signIn(good)).status).toBe(200)
  })
  it('is stored as a hash, as is the session that it opens', async () => {
    const link = await newLink()
    const { token } = (await signIn(link)).json
    const rows = await queryAlone<{ text: string }>(
      'select l::text text from operator_links l union all select s::text from operator_sessions s',
    )
    const all = rows.map((it) => it.text).join()
    for (const secret of [link, token]) {
      expect(all).not.toContain(secret)
      expect(all).not.toContain(Buffer.from(secret).toString('hex'))
    }
  })
})

describe('the operator’s session', () => {
  it('ends when signed out, and after eight hours', async () => {
    const first = await operatorOf(school.origin)
    await first.ask('POST', '/api/admin/sign-out')
    expect((await session(first.token)).json.code).toBe('operator_missing')
    const second = await operatorOf(school.origin)
    const later = Date.now() + 8 * 3_600_000 + 1000
    setClock(() => later)
    expect((await session(second.token)).json.code).toBe('operator_missing')
  })
  it('is nobody in a course, and a launch’s session is no operator: neither passes for the other at any call', async () => {
    const { itemId } = await placeSample(school)
    const { token: teacher } = await launchAs(school, 'teacher1', itemId)
    const operator = await operatorOf(school.origin)
    const id = '00000000-0000-4000-8000-000000000000'
    const tried = { operator: 0, course: 0 }
    for (const it of Object.values(endpoints) as Endpoint[]) {
      if (it.for === 'anyone') continue
      const path = it.path.replace(/:\w+/g, id)
      const body = it.method === 'GET' ? undefined : {}
      const wrong = await callTool(school.origin, it.for === 'operator' ? teacher : operator.token, it.method, path, body)
      expect([it.path, wrong.status]).toEqual([it.path, 401])
      tried[it.for === 'operator' ? 'operator' : 'course']++
    }
    expect(tried.operator).toBeGreaterThan(1)
    expect(tried.course).toBeGreaterThan(15)
    for (const token of ['', 'x', teacher]) expect((await session(token)).status).toBe(401)
    expect((await session(operator.token)).status).toBe(200)
  })
})

it('the page may be framed by nobody, and runs no script but ours', async () => {
  const answer = await fetch(`${school.origin}/admin`)
  expect(answer.status).toBe(200)
  const policy = answer.headers.get('content-security-policy')
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).toContain("default-src 'none'; script-src 'self'")
  expect(answer.headers.get('cache-control')).toBe('no-store')
  expect(await answer.text()).toContain('/assets/')
})
