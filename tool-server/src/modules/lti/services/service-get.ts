// A reading call to a service of the LMS: bearer token, one fresh token after a 401. What the answer means is the caller's.
import type { SafeResponse } from '../../../kernel/safe-fetch.ts'
import { platformFetch } from '../flight/recorded.ts'
import type { Registration } from '../platforms/registry.ts'
import { accessToken, dropToken } from './access-token.ts'

export interface ServiceGet {
  url: string
  scope: string
  accept: string
  timeoutMs?: number
}

export async function serviceGet(registration: Registration, { url, scope, accept, timeoutMs }: ServiceGet): Promise<SafeResponse> {
  const once = async (): Promise<[SafeResponse, string]> => {
    const token = await accessToken(registration, [scope])
    const headers = { accept, authorization: `Bearer ${token}` }
    return [
      await platformFetch({ registration, kind: 'roster' }, url, { headers, ...(timeoutMs === undefined ? {} : { timeoutMs }) }),
      token,
    ]
  }
  const [answer, token] = await once()
  if (answer.status !== 401) return answer
  await dropToken(registration, [scope], token)
  return (await once())[0]
}
