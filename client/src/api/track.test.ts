// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { track } from './track.ts'

type Body = { sentAt: string; events: { id: string; name: string }[] }
let bodies: Body[] = []
let answer: (body: Body) => Response | Promise<Response>
const all = (body: Body) => Response.json({ taken: body.events.map(({ id }) => id), refused: [] })

beforeEach(() => {
  bodies = []
  answer = all
  localStorage.clear()
  vi.useFakeTimers()
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    const body = JSON.parse(String(init.body)) as Body
    bodies.push(body)
    return answer(body)
  })
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})
const shown = { questionId: 'one' }

describe('what a page tells', () => {
  it('goes in one batch after a while, and no second time', async () => {
    const it = track('a', { records: true })
    it.tell('question.shown', shown)
    it.tell('question.shown', { questionId: 'two' })
    await vi.advanceTimersByTimeAsync(20_000)
    expect(bodies.map(({ events }) => events.length)).toEqual([2])
    expect(localStorage.length).toBe(0)
    it.close()
  })
  it('is told again with the same id after a dead network', async () => {
    answer = () => Promise.reject(new TypeError('offline'))
    const it = track('a', { records: true })
    it.tell('question.shown', shown)
    await vi.advanceTimersByTimeAsync(6_000)
    answer = all
    await vi.advanceTimersByTimeAsync(6_000)
    expect(bodies).toHaveLength(2)
    expect(bodies[0]?.events[0]?.id).toBe(bodies[1]?.events[0]?.id)
    it.close()
  })
  it('outlives the page where the browser keeps things', async () => {
    answer = () => Promise.reject(new TypeError('offline'))
    const before = track('a', { records: true })
    before.tell('question.shown', shown)
    before.close()
    await vi.advanceTimersByTimeAsync(0)
    answer = all
    const after = track('a', { records: true })
    await vi.advanceTimersByTimeAsync(6_000)
    expect(bodies.at(-1)?.events[0]?.id).toBe(bodies[0]?.events[0]?.id)
    expect(localStorage.length).toBe(0)
    after.close()
  })
  it('is dropped where the server will never take it, and goes on behind it', async () => {
    answer = (body) => Response.json({ taken: [], refused: body.events.map(({ id }) => ({ id, why: 'no' })) })
    const it = track('a', { records: true })
    it.tell('question.shown', shown)
    await vi.advanceTimersByTimeAsync(12_000)
    expect(bodies).toHaveLength(1)
    it.close()
  })
  it('is nothing where nothing is recorded', async () => {
    const it = track('a', { records: false })
    it.tell('question.shown', shown)
    await vi.advanceTimersByTimeAsync(12_000)
    it.close()
    expect(bodies).toEqual([])
  })
})
