// Every endpoint of the contracts, called wrongly in every way we know: a clear 4xx, no stack, nothing changed.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queryAlone } from '../src/kernel/db.ts'
import { callTool, startSchool } from './_app.ts'
import {
  deep,
  endpointOf,
  expectRefusal,
  leavesOf,
  type Name,
  names,
  openScene,
  replaced,
  type Scene,
  type Sent,
  send as sendIn,
  stateOf,
  takesBody,
} from './_endpoints.ts'

let scene: Scene
beforeAll(async () => {
  scene = await openScene(await startSchool({ worker: false, env: { LOG_LEVEL: 'silent' } }))
})
afterAll(() => scene?.school.stop())

const send = (name: Name, sent?: Sent) => sendIn(scene, name, sent)
const needsBody = takesBody.filter((name) => !endpointOf(name).body.safeParse(undefined).success)
const takesIds = names.filter((name) => endpointOf(name).path.includes(':'))
const needsSession = names.filter((name) => endpointOf(name).for !== 'anyone')

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
    const objects = ['[]', '[{}]', '"text"', 'null', 'true', '1', '1e309', deep(1000), `${'{"a":'.repeat(1000)}1${'}'.repeat(999)}`]
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
    const body = JSON.stringify(scene.good[name].body ?? {})
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
    const tooLong = Math.max(1_100_000, (endpointOf(name).maxBytes ?? 65_536) + 1000)
    expectRefusal(await send(name, { body: `{"a":"${'x'.repeat(tooLong)}"}` }), [413], `${tooLong} bytes`)
    expect(await stateOf()).toEqual(before)
  })

  it.each(needsBody)('%s: a field of the wrong kind', async (name) => {
    const before = await stateOf()
    const whole = scene.good[name].body
    // Events of a page are judged one by one: a broken one is refused by itself (player-events.test.ts).
    const leaves = leavesOf(whole).filter(([path]) => name !== 'tellEvents' || path[0] !== 'events')
    for (const [path, value] of leaves) {
      const wrong =
        typeof value === 'number'
          ? ['1e309', '-1e309', '"7,5"', '"1"', 'true', '[]', '{}', deep(1000)]
          : ['1', '1e309', '["x"]', '{}', deep(1000), `${'{"a":'.repeat(1000)}1${'}'.repeat(1000)}`]
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
    const [id = ''] = Object.keys(scene.good[name].params ?? {})
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
    const { token } = scene.good[name]
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
    for (const header of ['none', ...forged, `Bearer ${scene.tokens.expired}`])
      expectRefusal(await send(name, header === 'none' ? { token: ' ' } : { token: header }), [401], header.slice(0, 30))
    const roles = endpointOf(name).for
    for (const role of ['learner', 'viewer'] as const)
      if (!roles.includes(role)) expectRefusal(await send(name, { token: `Bearer ${scene.tokens[role]}` }), [403], role)
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
          await send(name, { body: JSON.stringify({ ...(scene.good[name].body as object), revision }) }),
          [400, 409],
          `${name} ${revision}`,
        )
  })
})

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
    const { revision, title, document } = scene.good.saveDraft.body as {
      revision: number
      title: string
      document: { questions: object[]; settings: object }
    }
    const marked = {
      ...document,
      ...more,
      questions: document.questions.map((it: object) => ({ ...it, intruder: 1 })),
      settings: { ...document.settings, intruder: 1 },
    }
    const reply = await json('saveDraft', { ...more, revision, title, document: marked })
    for (const name of ['saveDraft', 'publishActivity'] as const)
      Object.assign(scene.good[name].body as object, { revision: reply.revision })
    const [row] = await queryAlone<{ document: object }>('select document from activities where id = $1', [
      scene.good.saveDraft.params?.activityId,
    ])
    expect(JSON.stringify(row?.document)).not.toMatch(/intruder|institutionId|isCorrect/)
  })

  it('in answers, and a score sent along counts for nothing', async () => {
    const { answers } = scene.good.saveAnswers.body as { answers: { seq: number; value: object }[] }
    const marked = answers.slice(0, 1).map((it) => ({ ...it, ...more, seq: 2, value: { ...it.value, ...more } }))
    await json('saveAnswers', { ...more, answers: marked })
    const [row] = await queryAlone<{ value: object }>('select value from answers where attempt_id = $1 and seq = 2', [
      scene.good.saveAnswers.params?.attemptId,
    ])
    expect(Object.keys(row?.value ?? {}).sort()).toEqual(Object.keys(answers[0]?.value ?? {}).sort())
    const { json: before } = await callTool(
      scene.school.origin,
      scene.good.getAttempt.token,
      'GET',
      `/api/attempts/${scene.good.getAttempt.params?.attemptId}`,
    )
    const reply = await json('submitAttempt', { ...more, key: randomUUID(), answers: marked.map((it) => ({ ...it, seq: 3 })) })
    expect(reply.outcome).toMatchObject({ score: 1, maxScore: before.maxScore })
    expect(reply.outcome.maxScore).not.toBe(999)
  })
})
