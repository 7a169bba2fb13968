// What the product prints while people work with it: JSON lines that tell an operator what happened, and nothing of theirs.
import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Lms, startLms } from '../../fixtures/lms-simulator/index.ts'
import { addPlatform } from '../src/app/platforms.ts'
import { openConfiguredDatabase } from '../src/app/process.ts'
import { loadConfig } from '../src/kernel/config.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { forgetMasterKey } from '../src/kernel/secrets.ts'
import { callTool, eventually, freePort, type TestSchool } from './_app.ts'
import { freshDatabase } from './_database.ts'
import { launchAs, placeSample, rightAnswers } from './_journey.ts'
import { endTools, startTool, type ToolProcess } from './_tool-process.ts'

const sentinel = {
  givenName: 'Quirinia',
  familyName: "O'Xylander-Öttl",
  mail: 'quirinia.private@example.test',
  answer: 'Zanzibarwort-ätherisch',
}

let school: TestSchool
let web: ToolProcess
let worker: ToolProcess
let close: () => Promise<void>
/** What must not stand in a log, by what it is. */
const secrets = new Map<string, string>()
/** Support codes on pages of refused launches. */
const refusedPages: string[] = []
let institution = ''
let apiCalls = 0

beforeAll(async () => {
  const database = await freshDatabase()
  const dataDir = await mkdtemp(join(tmpdir(), 'cuepoint-logs-'))
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const env = {
    NODE_ENV: 'test',
    PORT: String(port),
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    ALLOW_LOOPBACK: 'true',
    LOG_LEVEL: 'trace',
    MASTER_KEY: randomBytes(32).toString('base64'),
  }
  loadConfig(env)
  forgetMasterKey()
  const opened = await openConfiguredDatabase()
  const lms = await startLms({ port: 0, toolOrigin: origin, quiet: true })
  close = async () => {
    await endTools()
    await lms.stop()
    await opened.close()
    await database.drop()
    await rm(dataDir, { recursive: true, force: true })
  }
  await addPlatform(lms.registration as Parameters<typeof addPlatform>[0])
  ;[web, worker] = await Promise.all([startTool('web', env), startTool('worker', env)])
  school = { origin, lms, databaseUrl: database.url, dataDir, restart: async () => undefined, stop: close }
  secrets.set('the master key', env.MASTER_KEY)
  await journey(lms)
}, 120_000)
afterAll(() => close?.())

/** The whole main job, with what goes wrong on the way. */
async function journey(lms: Lms): Promise<void> {
  const { origin } = school
  const { id: person } = lms.addPerson({
    givenName: sentinel.givenName,
    familyName: sentinel.familyName,
    email: sentinel.mail,
    courses: { '2': 'learner' },
  })
  const { itemId, instructor } = await placeSample(school)
  keep('the instructor’s session token', instructor)
  const seat = await launchAs(school, person, itemId)
  keep('the learner’s session token', seat.token)
  const call = async (method: string, path: string, body?: unknown) => {
    apiCalls++
    return callTool(origin, seat.token, method, path, body)
  }
  const attempt = seat.data.player.current
  const answers = rightAnswers('photosynthesis-and-cell-energy', attempt.questions)
  const typed = answers
    .filter((it) => it.value.kind === 'short-text')
    .map((it) => ({ ...it, value: { ...it.value, text: sentinel.answer } }))
  expect((await call('PUT', `/api/attempts/${attempt.id}/answers`, { answers: typed })).status).toBe(200)
  expect((await call('PUT', `/api/attempts/${attempt.id}/answers`, { answers: [{ ...typed[0], questionId: 'nowhere' }] })).status).toBe(400)
  expect((await call('PUT', `/api/attempts/${attempt.id}/answers`, `{"answers": "${sentinel.answer}`)).status).toBe(400)
  expect((await call('GET', `/api/placements/${seat.data.session.placement.id}/overview?token=${seat.token}`)).status).toBe(403)
  // The score meets an LMS that refuses it in words with a name in them, then one that is away.
  let tries = 0
  lms.faults.ags = ({ kind }) => {
    if (kind !== 'score' || ++tries > 2) return undefined
    return tries === 1 ? { status: 500, body: `<p>${sentinel.givenName} ${sentinel.mail}</p>` } : { drop: true }
  }
  expect((await call('POST', `/api/attempts/${attempt.id}/submit`, { key: randomUUID(), answers: typed })).status).toBe(200)
  await refusedLaunches(lms, person, itemId)
  await eventually('the score stands in the LMS', () => lms.scores.some((it) => it.accepted), 40_000)
  for (const [token] of lms.state.tokens) keep('an access token', token)
  const [row] = await queryAlone<{ institution_id: string }>('select institution_id from sessions limit 1')
  institution = row?.institution_id ?? ''
}

async function refusedLaunches(lms: Lms, person: string, itemId: string): Promise<void> {
  const walk = () => lms.journey.walkLaunch({ person, item: itemId })
  const refuse = async (answer: Response) => {
    expect(answer.status).toBeGreaterThanOrEqual(400)
    refusedPages.push(/Support code: <code>([^<]+)/.exec(await answer.text())?.[1] ?? 'no support code')
  }
  for (const changes of [{ state: 'another-state' }, { id_token: 'not.a.token' }, { id_token: undefined }]) {
    const it = await walk()
    keep('an id token', it.formFields.id_token)
    keep('a state', it.formFields.state)
    keep('a nonce', new URL(it.authAddress).searchParams.get('nonce'))
    await refuse(await it.launch(changes))
  }
  const twice = await walk()
  keep('an id token', twice.formFields.id_token)
  await (await twice.launch()).text()
  await refuse(await twice.launch())
  const other = await walk()
  await refuse(
    await other.launch({ id_token: lms.platform.signIdToken(lms.platform.claimsFor({ person, item: itemId, nonce: 'never-issued' })) }),
  )
  await refuse(await fetch(`${school.origin}/lti/login?iss=nobody&login_hint=${sentinel.givenName}&target_link_uri=${school.origin}/`))
}

function keep(what: string, value: string | null | undefined): void {
  if (!value || value.length < 8) throw new Error(`${what} was not met on the way`)
  secrets.set(`${what} (${secrets.size})`, value)
}

const printed = (): string => web.output() + worker.output()
const linesOf = (tool: ToolProcess) => tool.output().split('\n').filter(Boolean)
// biome-ignore lint/suspicious/noExplicitAny: whatever the product prints
const jsonOf = (tool: ToolProcess): Record<string, any>[] => linesOf(tool).map((line) => JSON.parse(line))
const requests = () => jsonOf(web).filter((it) => it.msg === 'request')

describe('the logs of a whole journey, at the level trace', () => {
  it('are JSON, line by line', () => {
    for (const tool of [web, worker]) {
      expect(linesOf(tool).length).toBeGreaterThan(0)
      for (const line of linesOf(tool)) expect(() => JSON.parse(line), line).not.toThrow()
    }
  })

  it('hold no token, state, nonce or key (attack 19)', () => {
    expect(secrets.size).toBeGreaterThan(12)
    for (const [what, value] of secrets) {
      expect(printed().includes(value), what).toBe(false)
      // A token shortened "for the log" still opens doors when its random part is whole.
      expect(printed().includes(value.slice(-24)), `the end of ${what}`).toBe(false)
    }
    expect(printed()).not.toMatch(/eyJ[\w-]{10,}/)
    expect(printed()).not.toMatch(/#link=/)
    expect(printed()).not.toMatch(/PRIVATE KEY|"d":"|private_sealed|client_assertion/)
    expect(printed()).not.toMatch(/[Bb]earer |authorization"/)
  })

  it('hold no name, mail address or answer', () => {
    const { givenName, familyName, mail, answer } = sentinel
    for (const word of [givenName, familyName, mail, answer, 'Xylander', 'Zanzibarwort', 'Tina Teacher', 'example.test'])
      expect(printed().includes(word), word).toBe(false)
  })

  it('have one audit line for each refused launch, under the support code that its page shows', () => {
    const audited = jsonOf(web).filter((it) => it.audit === 'refused' && it.code !== 'role_not_allowed')
    expect(refusedPages).toHaveLength(6)
    expect(audited.map((it) => it.supportCode)).toEqual(refusedPages)
    for (const line of audited) {
      expect(line).toMatchObject({ level: 'warn', code: expect.stringMatching(/^\w+$/), reason: expect.stringMatching(/^\w+$/) })
    }
    // And one for the call that the learner's role does not allow.
    expect(jsonOf(web).filter((it) => it.code === 'role_not_allowed')).toMatchObject([{ audit: 'refused', tenant: institution }])
  })

  it('have a line for each request with its support code, and its tenant once that is known', () => {
    const calls = requests().filter((it) => String(it.path).startsWith('/api/attempts/'))
    expect(calls.length).toBe(apiCalls - 1)
    for (const line of calls) {
      expect(line).toMatchObject({ tenant: institution, method: expect.any(String), status: expect.any(Number) })
    }
    const launches = requests().filter((it) => it.path === '/lti/launch' && it.status === 200)
    expect(launches.length).toBeGreaterThanOrEqual(3)
    for (const line of launches) expect(line.tenant).toBe(institution)
    for (const line of requests()) expect(line.supportCode).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/)
    expect(new Set(requests().map((it) => it.supportCode)).size).toBe(requests().length)
  })

  it('name a field once in a line', () => {
    for (const line of [...linesOf(web), ...linesOf(worker)]) {
      const keys = [...line.matchAll(/"(\w+)":/g)]
        .map((it) => it[1])
        .filter((key) => ['tenant', 'supportCode', 'level', 'time'].includes(key ?? ''))
      expect(keys.length, line).toBe(new Set(keys).size)
    }
  })
})
