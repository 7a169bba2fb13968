// The two calls to an LRS: statements to it, and one statement back from it. Both through safe-fetch.
import { nowMs } from '../../../kernel/clock.ts'
import { TryLater } from '../../../kernel/errors.ts'
import { FetchError, safeFetch } from '../../../kernel/safe-fetch.ts'
import { type Meaning, meaningOf } from './answers.ts'
import { authorizationOf, type Lrs } from './endpoints.ts'
import type { Held, Sendable } from './sending.ts'

export type Reachable = Pick<Lrs, 'url' | 'xapiVersion' | 'username' | 'secretSealed'>

function headersOf(lrs: Reachable): Record<string, string> {
  return { authorization: authorizationOf(lrs), 'x-experience-api-version': lrs.xapiVersion, 'content-type': 'application/json' }
}

/** Never throws: a call that could not be made is `away`. */
export async function postStatements(lrs: Reachable, statements: readonly Sendable[]): Promise<Meaning> {
  try {
    const answer = await safeFetch(`${lrs.url}/statements`, {
      method: 'POST',
      headers: headersOf(lrs),
      body: JSON.stringify(statements),
    })
    return meaningOf(answer, statements.length, nowMs())
  } catch (error) {
    if (error instanceof FetchError) return { is: 'away', words: error.message }
    throw error
  }
}

/** The statement under that id; null = it has none, or says none to these credentials. Never throws, as above. */
export async function getStatement(lrs: Reachable, id: string): Promise<Held> {
  try {
    const answer = await safeFetch(`${lrs.url}/statements?statementId=${id}`, { headers: headersOf(lrs) })
    if (answer.status === 429 || answer.status >= 500) return meaningOf(answer, 1, nowMs()) as Extract<Meaning, { is: 'away' }>
    return { is: 'held', statement: answer.status === 200 ? parsed(answer.body) : null }
  } catch (error) {
    if (error instanceof FetchError) return { is: 'away', words: error.message }
    throw error
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return null
  }
}

/** Has it a statement under that id that is not void? null: it does not say to these credentials. Throws where it cannot be asked now. */
export async function holdsStatement(lrs: Reachable, id: string): Promise<boolean | null> {
  const { status } = await safeFetch(`${lrs.url}/statements?statementId=${id}`, { headers: headersOf(lrs) })
  if (status === 200) return true
  if (status === 404) return false
  if (status === 401 || status === 403 || status === 405) return null
  throw new TryLater(`The LRS answered ${status} when it was asked for a statement.`, 60)
}
