// @vitest-environment jsdom
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ApiProblem, useToken as bearWith, call, Unreachable } from './call.ts'

const attemptId = '11111111-1111-4111-8111-111111111111'
const get = () => call('GET /api/attempts/:attemptId', { params: { attemptId } })
const answering = (response: () => Response | Promise<Response>) => {
  const fetch = vi.fn(async (_path: string, _init: RequestInit) => response())
  vi.stubGlobal('fetch', fetch)
  return fetch
}

afterEach(() => {
  vi.unstubAllGlobals()
  bearWith('')
})

describe('call', () => {
  it('fills the path, carries the token in a header and never in the address', async () => {
    const fetch = answering(() => Response.json({ id: attemptId }))
    bearWith('s3cret')
    await expect(get()).resolves.toEqual({ id: attemptId })
    const [path, init] = fetch.mock.calls[0] ?? []
    expect(path).toBe(`/api/attempts/${attemptId}`)
    expect(init?.headers).toMatchObject({ authorization: 'Bearer s3cret' })
    expect(init?.method).toBe('GET')
  })

  it('turns problem+json into an ApiProblem with its code and support code', async () => {
    const problem = { type: 'about:blank', title: 'Gone', status: 410, code: 'activity_deleted', supportCode: 'K7Q2' }
    answering(() => new Response(JSON.stringify(problem), { status: 410, headers: { 'content-type': 'application/problem+json' } }))
    const error = await get().catch((thrown: unknown) => thrown)
    expect(error).toBeInstanceOf(ApiProblem)
    expect(error).toMatchObject({ code: 'activity_deleted', status: 410, problem: { supportCode: 'K7Q2' } })
  })

  it.each([
    ['no network', () => Promise.reject(new TypeError('Failed to fetch'))],
    ['a proxy’s page', () => new Response('<h1>502</h1>', { status: 502, headers: { 'content-type': 'text/html' } })],
    ['an answer that is no JSON', () => new Response('<h1>Sign in to Wi-Fi</h1>', { status: 200 })],
  ])('calls %s unreachable', async (_, response) => {
    answering(response)
    await expect(get()).rejects.toBeInstanceOf(Unreachable)
  })
})
