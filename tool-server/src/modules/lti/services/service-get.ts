// A call to a service of the LMS that reads or asks: bearer token, one fresh token after a 401. What the answer means is the caller's.
import type { SafeResponse } from '../../../kernel/safe-fetch.ts'
import { type CallKind, platformFetch } from '../flight/recorded.ts'
import type { Registration } from '../platforms/registry.ts'
import { accessToken, dropToken } from './access-token.ts'

export interface ServiceGet {
  url: string
  scope: string
  accept: string
  timeoutMs?: number
  /** For the flight recorder; the class list where absent. */
  kind?: CallKind
}

export function serviceGet(registration: Registration, get: ServiceGet): Promise<SafeResponse> {
  return withToken(registration, { ...get, method: 'GET', headers: { accept: get.accept } })
}

/** Puts JSON. */
export function servicePut(registration: Registration, put: ServiceGet & { body: object }): Promise<SafeResponse> {
  const headers = { accept: put.accept, 'content-type': 'application/json' }
  return withToken(registration, { ...put, method: 'PUT', headers, body: JSON.stringify(put.body) })
}

interface ServiceCall {
  method: 'GET' | 'PUT'
  url: string
  scope: string
  headers: Record<string, string>
  body?: string
  timeoutMs?: number
  kind?: CallKind
}

async function withToken(registration: Registration, call: ServiceCall): Promise<SafeResponse> {
  const { url, scope, kind = 'roster', headers, method, body, timeoutMs } = call
  const once = async (): Promise<[SafeResponse, string]> => {
    const token = await accessToken(registration, [scope])
    const request = {
      method,
      headers: { ...headers, authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body }),
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    }
    return [await platformFetch({ registration, kind }, url, request), token]
  }
  const [answer, token] = await once()
  if (answer.status !== 401) return answer
  await dropToken(registration, [scope], token)
  return (await once())[0]
}
