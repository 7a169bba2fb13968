// An operator signed in at /admin, for tests.
import { newAdminAddress } from '../src/app/admin-address.ts'
import { callTool, type Wire } from './_app.ts'

/** The token of a new one-time link. */
export async function newLink(): Promise<string> {
  return new URL(await newAdminAddress()).hash.slice('#link='.length)
}

/** Calls as an operator who has just signed in; throws where the answer is not 200. */
export async function operatorOf(
  origin: string,
): Promise<{ token: string; ask(method: string, path: string, body?: unknown): Promise<Wire> }> {
  const signedIn = await callTool(origin, '', 'POST', '/api/admin/sign-in', { link: await newLink() })
  if (signedIn.status !== 200) throw new Error(signedIn.text)
  const { token } = signedIn.json
  return {
    token,
    async ask(method, path, body) {
      const answer = await callTool(origin, token, method, path, body)
      if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
      return answer.json
    },
  }
}
