// Every endpoint of the contracts, called wrongly in every way we know and at random: a clear 4xx, no stack, nothing changed.
import { randomUUID } from 'node:crypto'
import { type Endpoint, endpoints, Problem, problemStatus } from '@cuepoint/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { claim } from '../../fixtures/lms-simulator/index.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { callTool, launchDataIn, startSchool, type TestSchool } from './_app.ts'
import { launchAs, placeSample, rightAnswers } from './_journey.ts'

type Name = keyof typeof endpoints
const names = Object.keys(endpoints) as Name[]
const endpointOf = (name: Name): Endpoint => endpoints[name]

/** A call that would work: who makes it, with which ids and body. */
interface Good {
  token: string
  params?: Record<string, string>
  body?: unknown
}

let school: TestSchool
let good: Record<Name, Good>
const tokens = { learner: '', viewer: '', expired: '' }

beforeAll(async () => {
  school = await startSchool({ worker: false, env: { LOG_LEVEL: 'silent' } })
  await openScene()
})
afterAll(() => school?.stop())

/** A placed quiz with all its people, and a good call of each endpoint. */
async function openScene(): Promise<void> {
  const { itemId, activityId, instructor: chooser } = await placeSample(school)
  const { token: instructor } = await launchAs(school, 'teacher1', itemId)
  const { token: learner, data } = await launchAs(school, 'student1', itemId)
  const expired = await launchAs(school, 'student2', itemId)
  await queryAlone(`update sessions set expires_at = now() - interval '1 second' where id = $1`, [expired.data.session.id])
  Object.assign(tokens, { learner, expired: expired.token, viewer: await anonymous(itemId) })
  const ask = async (token: string, method: string, path: string, body?: unknown) =>
    (await callTool(school.origin, token, method, path, body)).json
  const draft = await ask(instructor, 'GET', `/api/activities/${activityId}`)
  const topic = await ask(instructor, 'POST', '/api/topics', { name: `Roots ${itemId}` })
  const { title, document, revision } = draft
  const attempt = data.player.current
  const answers = rightAnswers('photosynthesis-and-cell-energy', attempt.questions)
  const placementId = data.session.placement.id
  const [ofActivity, ofTopic, ofPlacement, ofAttempt] = [{ activityId }, { topicId: topic.id }, { placementId }, { attemptId: attempt.id }]
  good = {
    getSession: { token: learner },
    getLaunch: { token: learner },
    resumeLaunch: { token: '', params: { launchId: data.session.id } },
    returnDeepLinks: { token: chooser, body: { items: [{ activityId, title: 'Leaves', points: 20 }] } },
    choosePlacementActivity: { token: instructor, params: ofPlacement, body: { activityId } },
    listActivities: { token: instructor },
    listSamples: { token: instructor },
    createActivity: { token: instructor, body: { kind: 'quiz', title: 'Leaves', copyOf: activityId } },
    getActivity: { token: instructor, params: ofActivity },
    saveDraft: { token: instructor, params: ofActivity, body: { revision, title, document } },
    publishActivity: { token: instructor, params: ofActivity, body: { revision } },
    deleteActivity: { token: instructor, params: ofActivity },
    listTopics: { token: instructor },
    createTopic: { token: instructor, body: { name: 'Stems' } },
    renameTopic: { token: instructor, params: ofTopic, body: { name: 'Leaves' } },
    deleteTopic: { token: instructor, params: ofTopic },
    getPlayer: { token: learner, params: ofPlacement },
    openAttempt: { token: learner, params: ofPlacement },
    getAttempt: { token: learner, params: ofAttempt },
    saveAnswers: { token: learner, params: ofAttempt, body: { answers } },
    submitAttempt: { token: learner, params: ofAttempt, body: { key: randomUUID(), answers } },
    getOverview: { token: instructor, params: ofPlacement },
  }
}

async function anonymous(itemId: string): Promise<string> {
  const walk = await school.lms.journey.walkLaunch({ person: 'student1', item: itemId })
  const claims = JSON.parse(Buffer.from(walk.formFields.id_token?.split('.')[1] ?? '', 'base64url').toString())
  delete claims.sub
  delete claims[claim.lis]
  return launchDataIn(await (await walk.launch({ id_token: school.lms.platform.signIdToken(claims) })).text()).token
}

interface Sent {
  params?: Record<string, string>
  /** As it goes over the wire. */
  body?: string | Uint8Array | undefined
  headers?: Record<string, string>
  token?: string
}

/** Calls an endpoint as its good call does, but for what `sent` says. Ids go into the path as they are. */
async function send(name: Name, sent: Sent = {}): Promise<{ status: number; type: string; text: string }> {
  const { method, path } = endpointOf(name)
  const { token, params = {}, body } = good[name]
  const ids = { ...params, ...sent.params }
  const raw = 'body' in sent ? sent.body : body === undefined ? undefined : JSON.stringify(body)
  const authorization = sent.token ?? (token ? `Bearer ${token}` : '')
  const answer = await fetch(`${school.origin}${path.replace(/:(\w+)/g, (_all, id: string) => ids[id] ?? '')}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(raw === undefined ? {} : { 'content-type': 'application/json' }),
      ...(authorization ? { authorization } : {}),
      ...sent.headers,
    },
    ...(raw === undefined || method === 'GET' ? {} : { body: raw as BodyInit }),
  })
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', text: await answer.text() }
}

/** A refusal in the one shape that clients know, which gives nothing away. */
function expectRefusal(answer: Awaited<ReturnType<typeof send>>, allowed: readonly number[], what: string): void {
  expect(allowed, `${what}: ${answer.status} ${answer.text.slice(0, 300)}`).toContain(answer.status)
  expectProblem(answer, what)
}

function expectProblem(answer: Awaited<ReturnType<typeof send>>, what: string): void {
  expect(answer.type, what).toContain('application/problem+json')
  const problem = Problem.parse(JSON.parse(answer.text))
  expect(problemStatus[problem.code as keyof typeof problemStatus], what).toBe(answer.status)
  expect(problem.status, what).toBe(answer.status)
  expect(problem.supportCode, what).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/)
  expect(answer.text, what).not.toMatch(/\bat \S+ \(|:\d+:\d+\b|node_modules|\.ts\b|sequelize|zod|postgres|select .+ from|syntax error/i)
}

const tables = async (): Promise<string[]> =>
  (await queryAlone<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public' order by 1`)).map(
    (it) => it.name,
  )

/** All rows of all tables, as one sum per table. */
async function stateOf(): Promise<Record<string, unknown>> {
  const sums: Record<string, unknown> = {}
  for (const table of await tables())
    sums[table] = (
      await queryAlone(`select count(*)::int as rows, md5(string_agg(t::text, '|' order by t::text)) as sum from ${table} t`)
    )[0]
  return sums
}

const takesBody = names.filter((name) => endpointOf(name).method !== 'GET')
const needsBody = takesBody.filter((name) => !endpointOf(name).body.safeParse(undefined).success)
const takesIds = names.filter((name) => endpointOf(name).path.includes(':'))
const needsSession = names.filter((name) => endpointOf(name).for !== 'anyone')
const deep = (levels: number, inside = ''): string => '['.repeat(levels) + inside + ']'.repeat(levels)

describe('changes nothing and says so', () => {
  it.each(takesBody)('%s: what is no JSON object', async (name) => {
    const before = await stateOf()
    const malformed = [
      '{',
      '{"a":',
      '}',
      'undefined',
      'NaN',
      "{'a':1}",
      '{"a":1}}',
      '{"a":NaN}',
      '{"a":Infinity}',
      '[1,]',
      '\0',
      '{"a":"\u0001"}',
      '<a/>',
    ]
    const objects = ['[]', '[{}]', '"text"', 'null', 'true', '1', '1e309', deep(1000), '{"a":'.repeat(1000) + '1' + '}'.repeat(999)]
    for (const body of [...malformed, ...objects]) expectRefusal(await send(name, { body }), [400], body.slice(0, 40))
    expect(await stateOf()).toEqual(before)
  })

  it('of any endpoint: nesting deeper than a stack, around a sign that cannot be stored', async () => {
    for (const name of takesBody) {
      const bodies = [deep(30_000, '"\\u0000"'), `${'{"a":'.repeat(9000)}"\\ud800"${'}'.repeat(9000)}`, deep(32_000)]
      for (const body of bodies) expectRefusal(await send(name, { body }), [400], `${name} ${body.slice(0, 20)}`)
    }
  })

  it.each(takesBody)('%s: a body of another type, encoding or size', async (name) => {
    const before = await stateOf()
    const body = JSON.stringify(good[name].body ?? {})
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/html',
      'application/json5',
      'x',
      'application/json; charset=x-unheard-of',
    ])
      expectRefusal(await send(name, { body, headers: { 'content-type': type } }), [400], type)
    for (const encoding of ['gzip', 'br', 'compress', 'x'])
      expectRefusal(await send(name, { body, headers: { 'content-encoding': encoding } }), [400], encoding)
    expectRefusal(await send(name, { body: new Uint8Array([0xff, 0xfe, 0x00, 0x7b]) }), [400], 'bytes that are no text')
    expectRefusal(await send(name, { body: `{"a":"${'x'.repeat(1_100_000)}"}` }), [413], '1.1 MB')
    expect(await stateOf()).toEqual(before)
  })

  it.each(needsBody)('%s: a field of the wrong kind', async (name) => {
    const before = await stateOf()
    const whole = good[name].body
    for (const [path, value] of leavesOf(whole)) {
      const wrong =
        typeof value === 'number'
          ? ['1e309', '-1e309', '"7,5"', '"1"', 'true', '[]', '{}', deep(1000)]
          : ['1', '1e309', '["x"]', '{}', deep(1000), '{"a":'.repeat(1000) + '1' + '}'.repeat(1000)]
      if (typeof value !== 'boolean') wrong.push('true')
      for (const json of wrong)
        expectRefusal(await send(name, { body: replaced(whole, path, json) }), [400], `${path.join('.')}: ${json.slice(0, 20)}`)
    }
    for (const body of [
      '{}',
      '{"__proto__":{"role":"instructor"}}',
      `{"__proto__":${JSON.stringify(whole)}}`,
      `{"constructor":{"prototype":${JSON.stringify(whole)}}}`,
    ])
      expectRefusal(await send(name, { body }), [400], body.slice(0, 40))
    expect(await stateOf()).toEqual(before)
  })

  it.each(takesIds)('%s: ids that lead nowhere', async (name) => {
    const before = await stateOf()
    const [id = ''] = Object.keys(good[name].params ?? {})
    const nowhere = [
      ...[randomUUID(), randomUUID(), '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
      ...[
        'x',
        '1',
        '-1',
        'null',
        'undefined',
        '%00',
        '%20',
        '..%2f..%2f..%2fetc%2fpasswd',
        '%2e%2e%2f%2e%2e',
        '..%5c..',
        '*',
        '__proto__',
        "1'%20or%20'1'='1",
      ],
      ...['%F0%9F%98%80', `${randomUUID()}%00`, `${randomUUID()}'`, 'a'.repeat(5000)],
    ]
    for (const value of nowhere)
      expectRefusal(await send(name, { params: { [id]: value } }), name === 'resumeLaunch' ? [404, 401] : [404], value.slice(0, 50))
    for (const value of ['%', '%E0%A4%A', '%ED%A0%80', '%ff'])
      expectRefusal(await send(name, { params: { [id]: value } }), [400, 404], value)
    expect(await stateOf()).toEqual(before)
  })

  it.each(needsSession)('%s: no session, a forged one, one that has ended, or a role that may not', async (name) => {
    const before = await stateOf()
    const { token } = good[name]
    const forged = [
      'Bearer ',
      'Bearer x',
      `Bearer ${'x'.repeat(5000)}`,
      `Bearer ${token}x`,
      `Bearer ${token.slice(1)}`,
      `Bearer  ${token}`,
      'Bearer null',
      `Basic ${token}`,
      `bearer;${token}`,
      'Bearer eyJhbGciOiJub25lIn0.e30.',
    ]
    for (const header of ['none', ...forged, `Bearer ${tokens.expired}`])
      expectRefusal(await send(name, header === 'none' ? { token: ' ' } : { token: header }), [401], header.slice(0, 30))
    const roles = endpointOf(name).for
    for (const role of ['learner', 'viewer'] as const)
      if (!roles.includes(role)) expectRefusal(await send(name, { token: `Bearer ${tokens[role]}` }), [403], role)
    expect(await stateOf()).toEqual(before)
  })

  it('resumeLaunch: without the cookie of its browser', async () => {
    const before = await stateOf()
    const own = { 'sec-fetch-site': 'same-origin' }
    const tries: Record<string, string>[] = [
      {},
      own,
      { cookie: '__Host-cuepoint=x' },
      { ...own, cookie: '__Host-cuepoint=' },
      { ...own, cookie: `__Host-cuepoint=${'x'.repeat(43)}` },
    ]
    for (const headers of tries) expectRefusal(await send('resumeLaunch', { headers }), [401], JSON.stringify(headers))
    expect(await stateOf()).toEqual(before)
  })

  it('saveDraft and publishActivity: a revision larger than any', async () => {
    for (const name of ['saveDraft', 'publishActivity'] as const)
      for (const revision of [2 ** 31, Number.MAX_SAFE_INTEGER, -(2 ** 31) - 1])
        expectRefusal(
          await send(name, { body: JSON.stringify({ ...(good[name].body as object), revision }) }),
          [400, 409],
          `${name} ${revision}`,
        )
  })
})

type Path = (string | number)[]

/** Every text, number and truth value in it with its path; of lists the first two. */
function leavesOf(value: unknown, path: Path = []): [Path, unknown][] {
  if (Array.isArray(value)) return value.slice(0, 2).flatMap((one, at) => leavesOf(one, [...path, at]))
  if (value && typeof value === 'object') return Object.entries(value).flatMap(([key, one]) => leavesOf(one, [...path, key]))
  return value === null ? [] : [[path, value]]
}

/** The JSON of `whole` with other JSON at a path. */
function replaced(whole: unknown, path: Path, json: string): string {
  const copy = structuredClone({ whole })
  let at: any = copy
  const keys = ['whole', ...path]
  for (const key of keys.slice(0, -1)) at = at[key]
  at[keys.at(-1) as string] = '⟨here⟩'
  return JSON.stringify(copy.whole).replace('"⟨here⟩"', () => json)
}

describe('fields that nobody asked for are dropped', () => {
  const more = {
    id: randomUUID(),
    institutionId: randomUUID(),
    courseId: randomUUID(),
    role: 'instructor',
    score: 999,
    maxScore: 999,
    isCorrect: true,
    graded: [],
    state: 'submitted',
    __proto__x: 1,
  }
  const json = async (name: Name, body: unknown) => {
    const answer = await send(name, { body: JSON.stringify(body) })
    expect(answer.status, answer.text).toBe(200)
    return JSON.parse(answer.text)
  }

  it('in a topic', async () => {
    const reply = await json('createTopic', { ...more, name: 'Extra' })
    expect(Object.keys(reply).sort()).toEqual(['id', 'name'])
    expect(reply.id).not.toBe(more.id)
  })

  it('in a draft, however deep', async () => {
    const { revision, title, document } = good.saveDraft.body as any
    const marked = {
      ...document,
      ...more,
      questions: document.questions.map((it: object) => ({ ...it, intruder: 1 })),
      settings: { ...document.settings, intruder: 1 },
    }
    const reply = await json('saveDraft', { ...more, revision, title, document: marked })
    for (const name of ['saveDraft', 'publishActivity'] as const) Object.assign(good[name].body as object, { revision: reply.revision })
    const [row] = await queryAlone<{ document: object }>('select document from activities where id = $1', [
      good.saveDraft.params?.activityId,
    ])
    expect(JSON.stringify(row?.document)).not.toMatch(/intruder|institutionId|isCorrect/)
  })

  it('in answers, and a score sent along counts for nothing', async () => {
    const { answers } = good.saveAnswers.body as { answers: { seq: number; value: object }[] }
    const marked = answers.slice(0, 1).map((it) => ({ ...it, ...more, seq: 2, value: { ...it.value, ...more } }))
    await json('saveAnswers', { ...more, answers: marked })
    const [row] = await queryAlone<{ value: object }>('select value from answers where attempt_id = $1 and seq = 2', [
      good.saveAnswers.params?.attemptId,
    ])
    expect(Object.keys(row?.value ?? {}).sort()).toEqual(Object.keys(answers[0]?.value ?? {}).sort())
    const { json: before } = await callTool(
      school.origin,
      good.getAttempt.token,
      'GET',
      `/api/attempts/${good.getAttempt.params?.attemptId}`,
    )
    const reply = await json('submitAttempt', { ...more, key: randomUUID(), answers: marked.map((it) => ({ ...it, seq: 3 })) })
    expect(reply.outcome).toMatchObject({ score: 1, maxScore: before.maxScore })
    expect(reply.outcome.maxScore).not.toBe(999)
  })
})

/** mulberry32: the same calls in every run. */
function chances(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

const leaves = [
  ...[
    'null',
    'true',
    '0',
    '-1',
    '1e309',
    '1e-320',
    '9007199254740991',
    '-2147483649',
    '0.1',
    '[]',
    '{}',
    '""',
    '" "',
    '"\\u0000"',
    '"a\\u0000b"',
    '"\\ud800"',
    '"\\udfff\\ud800"',
  ],
  ...[
    '"😀"',
    '"__proto__"',
    '"constructor"',
    '"toString"',
    '"../../package"',
    '"quiz"',
    '"best"',
    '"2026-13-45T99:99:99Z"',
    '"<script>alert(1)</script>"',
    '"%s%n"',
    '"\\u202e"',
    '"7,5"',
  ],
  ...[
    `"${'x'.repeat(2001)}"`,
    `"${'😀'.repeat(300)}"`,
    `"${'<b>'.repeat(3000)}"`,
    `"${'&'.repeat(20_000)}"`,
    '"00000000-0000-0000-0000-000000000000"',
    deep(60),
    '{"__proto__":{"a":1}}',
    '"\'; drop table people; --"',
  ],
]

function fuzzed(name: Name, chance: () => number): Sent {
  const pick = <T>(all: readonly T[]): T => all[Math.floor(chance() * all.length)] as T
  const tree = (levels: number): string => {
    if (levels === 0 || chance() < 0.4) return pick(leaves)
    const parts = Array.from({ length: Math.floor(chance() * 4) }, () => tree(levels - 1))
    return chance() < 0.5
      ? `[${parts}]`
      : `{${parts.map((it, at) => `"${pick(['id', 'kind', 'title', 'answers', 'items', '__proto__', 'value', 'key'])}${at || ''}":${it}`)}}`
  }
  const { body, params } = good[name]
  const sent: Sent = {}
  if (takesBody.includes(name)) {
    const spots = leavesOf(body)
    const kind = chance()
    if (spots.length > 0 && kind < 0.7) sent.body = replaced(body, pick(spots)[0], kind < 0.6 ? pick(leaves) : tree(3))
    else if (kind < 0.85) sent.body = tree(5)
    else sent.body = Uint8Array.from({ length: 40 }, () => Math.floor(chance() * 256))
    if (chance() < 0.05)
      sent.headers = { 'content-type': pick(['text/json', 'application/json; charset=utf-16', 'application/problem+json', '*/*', '']) }
  }
  const ids = Object.keys(params ?? {})
  if (ids.length > 0 && chance() < (sent.body ? 0.1 : 0.9))
    sent.params = {
      [pick(ids)]: pick([
        randomUUID(),
        ...Object.values(good).flatMap((it) => Object.values(it.params ?? {})),
        encodeURIComponent(pick(leaves).slice(0, 500).toWellFormed()),
        '%ff',
        '.',
      ]),
    }
  if (chance() < 0.1) sent.token = `Bearer ${pick([...Object.values(tokens), ...Object.values(good).map((it) => it.token)])}`
  if (chance() < 0.1)
    sent.headers = {
      ...sent.headers,
      [pick(['accept', 'accept-language', 'cookie', 'origin', 'x-forwarded-for', 'x-http-method-override', 'sec-fetch-site'])]: pick([
        '',
        'null',
        ';;;=',
        'DELETE',
        'same-origin',
        '%00',
        'a'.repeat(2000),
      ]),
    }
  return sent
}

const calls = 200

/** What takes something away comes last. */
const inOrder = names.toSorted((a, b) => Number(a.startsWith('delete')) - Number(b.startsWith('delete')))

describe(`${calls} random calls`, () => {
  beforeAll(openScene)

  it.each(inOrder)('of %s meet no 5xx and no stack', { timeout: 60_000 }, async (name) => {
    const chance = chances(names.indexOf(name) + 1)
    const all = Array.from({ length: calls }, () => fuzzed(name, chance))
    for (let at = 0; at < calls; at += 8) {
      const part = all.slice(at, at + 8)
      const answers = await Promise.all(part.map((sent) => send(name, sent)))
      answers.forEach((answer, nth) => {
        const what = `call ${at + nth}: ${JSON.stringify(part[nth])?.slice(0, 400)} → ${answer.text.slice(0, 200)}`
        expect(answer.status, what).toBeLessThan(500)
        if (answer.status >= 400) expectProblem(answer, what)
        else expect(() => JSON.parse(answer.text), what).not.toThrow()
      })
    }
  })
})
