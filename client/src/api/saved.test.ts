// @vitest-environment jsdom
import 'fake-indexeddb/auto'
import type { Answer, AttemptView } from '@cuepoint/contracts'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openKeep } from './keep.ts'
import { openAnswers, type SavedAnswers } from './saved.ts'

const attemptId = '11111111-1111-4111-8111-111111111111'
const text = (value: string) => ({ kind: 'short-text' as const, text: value })
let attempt: AttemptView
/** What the pretended server holds, was asked, and answers next. */
let held: Map<string, Answer>
let asked: { path: string; body: { key?: string; answers: Answer[] }; keepalive: boolean }[]
let reply: 'well' | 'down' | 'hang' | { status: number; code: string; onlyFor?: string }
let letGo: (() => void)[]
let open: SavedAnswers[]

async function server(path: string, init: RequestInit): Promise<Response> {
  const body = init.body ? JSON.parse(String(init.body)) : { answers: [] }
  asked.push({ path, body, keepalive: init.keepalive ?? false })
  if (reply === 'hang') await new Promise<void>((go) => letGo.push(go))
  if (reply === 'down') throw new TypeError('Failed to fetch')
  const { onlyFor } = typeof reply === 'object' ? reply : {}
  if (typeof reply === 'object' && (!onlyFor || body.answers.some((answer: Answer) => answer.questionId === onlyFor))) {
    const problem = { type: 'about:blank', title: 'no', supportCode: 'S1', ...reply }
    return new Response(JSON.stringify(problem), { status: reply.status, headers: { 'content-type': 'application/problem+json' } })
  }
  for (const answer of body.answers as Answer[]) {
    if ((held.get(answer.questionId)?.seq ?? -1) < answer.seq) held.set(answer.questionId, answer)
  }
  const answers = [...held.values()]
  const submitted = path.endsWith('/submit')
  const view = submitted || init.method === 'GET' ? { ...attempt, answers, state: submitted ? 'submitted' : 'open' } : null
  const saved = answers.map(({ questionId, seq }) => ({ questionId, seq }))
  return Response.json(view ?? { savedAt: '2026-11-22T12:03:07.000Z', saved })
}

/** IndexedDB and promises run on the real clock's immediates, whatever the pretended clock says. */
async function settle(ms = 0) {
  for (let round = 0; round < 12; round += 1) await new Promise((done) => setImmediate(done))
  await vi.advanceTimersByTimeAsync(ms)
  for (let round = 0; round < 12; round += 1) await new Promise((done) => setImmediate(done))
}

async function reopen(options: { records?: boolean } = {}) {
  const answers = openAnswers(attempt, { records: options.records ?? true, keep: openKeep(), durable: null })
  open.push(answers)
  await settle()
  return answers
}

const puts = () => asked.filter(({ path }) => path.endsWith('/answers'))
const submits = () => asked.filter(({ path }) => path.endsWith('/submit'))
const last = <T>(items: T[]) => items.at(-1) as T

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'], now: new Date('2026-11-22T12:00:00Z') })
  held = new Map()
  asked = []
  letGo = []
  open = []
  reply = 'well'
  const questions = ['q1', 'q2', 'q3'].map((id) => ({ id, kind: 'short-text' as const, prompt: '', points: 1 }))
  attempt = {
    id: attemptId,
    number: 1,
    state: 'open',
    title: 'T',
    intro: '',
    questions,
    answers: [],
    savedAt: null,
    startedAt: '2026-11-22T12:00:00.000Z',
    deadlineAt: null,
    serverNow: '2026-11-22T12:00:00.000Z',
    maxScore: 3,
    outcome: null,
  }
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => server(path, init))
})

afterEach(async () => {
  for (const answers of open) answers.close()
  await openKeep().then((keep) => keep.drop(attemptId))
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('saving', () => {
  it('sends a choice at once, keeps it in the browser, and tells the time of the server', async () => {
    const answers = await reopen()
    answers.give('q1', text('a'), 'chosen')
    expect(answers.state().save).toBe('saving')
    await settle()
    expect(puts()).toHaveLength(1)
    expect(answers.state()).toMatchObject({ save: 'saved', savedAt: '2026-11-22T12:03:07.000Z', durable: true })
    expect(await openKeep().then((keep) => keep.answers(attemptId))).toHaveLength(1)
  })

  it('waits for a pause in the typing, but never long', async () => {
    const answers = await reopen()
    answers.give('q1', text('a'), 'typed')
    await settle(600)
    expect(puts()).toHaveLength(0)
    for (const word of ['ab', 'abc', 'abcd']) {
      answers.give('q1', text(word), 'typed')
      await settle(300)
    }
    expect(puts().length).toBe(1)
    await settle(1000)
    expect(held.get('q1')?.value).toEqual(text('abcd'))
  })

  it('has one request in flight, and sends what came meanwhile in one batch after it', async () => {
    const answers = await reopen()
    reply = 'hang'
    answers.give('q1', text('a'), 'chosen')
    await settle()
    answers.give('q2', text('b'), 'chosen')
    answers.give('q3', text('c'), 'chosen')
    await settle(3000)
    expect(puts()).toHaveLength(1)
    reply = 'well'
    for (const go of letGo) go()
    await settle(10)
    expect(puts()).toHaveLength(2)
    expect(last(puts()).body.answers.map(({ questionId }) => questionId)).toEqual(['q2', 'q3'])
    expect(answers.state().save).toBe('saved')
  })

  it('raises seq with every change, also above that of a device whose clock is ahead', async () => {
    attempt.answers = [{ questionId: 'q1', seq: Date.now() + 60_000, value: text('ahead') }]
    const answers = await reopen()
    answers.give('q1', text('now'), 'chosen')
    await settle()
    expect(held.get('q1')?.seq).toBe(Date.now() + 60_001)
  })

  it('records nothing where nothing is to be recorded', async () => {
    const answers = await reopen({ records: false })
    answers.give('q1', text('a'), 'chosen')
    answers.submit()
    await settle(5000)
    expect(asked).toHaveLength(0)
    expect(answers.state().values.get('q1')).toEqual(text('a'))
  })
})

describe('a dead network', () => {
  it('says so, tries again with growing pauses, and sends everything on return', async () => {
    const answers = await reopen()
    reply = 'down'
    answers.give('q1', text('a'), 'chosen')
    await settle()
    expect(answers.state().save).toBe('waiting')
    answers.give('q2', text('b'), 'chosen')
    expect(answers.state().save).toBe('waiting')
    await settle(1001)
    await settle(2001)
    await settle(4001)
    expect(puts()).toHaveLength(4)
    reply = 'well'
    window.dispatchEvent(new Event('online'))
    await settle()
    expect(answers.state().save).toBe('saved')
    expect([...held.keys()]).toEqual(['q1', 'q2'])
  })

  it('sends a leaving page’s answers with keepalive', async () => {
    const answers = await reopen()
    answers.give('q1', text('half a wo'), 'typed')
    window.dispatchEvent(new Event('pagehide'))
    await settle()
    expect(last(puts())).toMatchObject({ keepalive: true })
    expect(held.get('q1')?.value).toEqual(text('half a wo'))
  })

  it('brings back what only the browser had, and lets the higher seq win', async () => {
    const first = await reopen()
    reply = 'down'
    first.give('q1', text('mine'), 'chosen')
    first.give('q2', text('old'), 'chosen')
    await settle()
    first.close()
    attempt.answers = [{ questionId: 'q2', seq: Date.now() + 5000, value: text('other device') }]
    reply = 'well'
    const again = await reopen()
    await settle()
    expect(again.state()).toMatchObject({ restored: 1, save: 'saved' })
    expect(again.state().values.get('q2')).toEqual(text('other device'))
    expect(last(puts()).body.answers.map(({ questionId }) => questionId)).toEqual(['q1'])
  })

  it('works in memory and still saves where the browser refuses storage', async () => {
    vi.stubGlobal('indexedDB', undefined)
    Object.defineProperty(globalThis, 'indexedDB', {
      configurable: true,
      get() {
        throw new DOMException('denied', 'SecurityError')
      },
    })
    const answers = await reopen()
    expect(answers.state().durable).toBe(false)
    answers.give('q1', text('a'), 'chosen')
    await settle()
    expect(answers.state().save).toBe('saved')
  })
})

describe('handing in', () => {
  it('hands in once, however often it is asked for', async () => {
    const answers = await reopen()
    answers.give('q1', text('a'), 'chosen')
    answers.submit()
    answers.submit()
    await settle()
    answers.submit()
    await settle()
    expect(submits()).toHaveLength(1)
    expect(answers.state().submitted?.state).toBe('submitted')
    expect(await openKeep().then((keep) => keep.answers(attemptId))).toEqual([])
  })

  it('queues a hand-in asked for offline and sends it after the tab was reopened, with the same key', async () => {
    const first = await reopen()
    reply = 'down'
    first.give('q1', text('a'), 'chosen')
    await settle()
    first.submit()
    await settle()
    expect(first.state().submit).toBe('waiting')
    const { key } = last(submits()).body
    first.give('q1', text('too late'), 'chosen')
    first.close()
    reply = 'well'
    const again = await reopen()
    await settle()
    expect(again.state().submit).toBe('done')
    expect(last(submits()).body).toMatchObject({ key, answers: [{ value: text('a') }] })
  })

  it('shows the attempt as it is when it was handed in elsewhere', async () => {
    const answers = await reopen()
    reply = { status: 409, code: 'attempt_closed', onlyFor: 'q1' }
    answers.give('q2', text('b'), 'chosen')
    await settle()
    answers.give('q1', text('a'), 'chosen')
    answers.submit()
    await settle()
    expect(answers.state().submit).toBe('done')
  })
})

describe('a server that says no', () => {
  it('stops when the session is over, and keeps the answers for the next launch', async () => {
    const answers = await reopen()
    reply = { status: 401, code: 'session_expired' }
    answers.give('q1', text('a'), 'chosen')
    await settle()
    answers.give('q2', text('b'), 'chosen')
    await settle(20_000)
    expect(answers.state()).toMatchObject({ save: 'stopped', problem: { code: 'session_expired' } })
    expect(puts()).toHaveLength(1)
    reply = 'well'
    await reopen()
    await settle()
    expect([...held.keys()]).toEqual(['q1', 'q2'])
  })

  it('keeps a copy when the attempt was closed', async () => {
    const answers = await reopen()
    reply = { status: 409, code: 'attempt_closed' }
    answers.give('q1', text('a'), 'chosen')
    await settle(5000)
    expect(answers.state()).toMatchObject({ save: 'stopped', problem: { code: 'attempt_closed' } })
    expect(await openKeep().then((keep) => keep.answers(attemptId))).toHaveLength(1)
  })

  it('saves all other answers when one is not taken, and still hands in', async () => {
    const answers = await reopen()
    reply = { status: 400, code: 'answer_invalid', onlyFor: 'q2' }
    for (const id of ['q1', 'q2', 'q3']) answers.give(id, text(id), 'chosen')
    await settle(50)
    await settle(50)
    await settle(50)
    expect([...held.keys()].sort()).toEqual(['q1', 'q3'])
    expect([...answers.state().refused]).toEqual(['q2'])
    answers.submit()
    await settle()
    expect(answers.state().submit).toBe('done')
  })
})
