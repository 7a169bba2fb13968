// Calls of identity.
import { getLooksCsv, getOperator, getSession, listLooks, signInOperator, signOutOperator } from '@cuepoint/contracts'
import { implement } from '../../kernel/http/implement.ts'
import { signIn, signOut } from './operators.ts'
import { looksCsv, looksOf } from './privacy/looks-read.ts'
import { sessionOf } from './sessions.ts'

export const identityRoutes = [
  implement(getSession, ({ caller }) => sessionOf(caller)),
  implement(signInOperator, ({ body, request }) => signIn(body.link, request.ip ?? '')),
  implement(getOperator, async ({ caller }) => ({ id: caller.operatorSessionId, expiresAt: caller.expiresAt.toISOString() })),
  implement(signOutOperator, async ({ caller }) => {
    await signOut(caller)
    return { ok: true as const }
  }),
  implement(listLooks, ({ body }) => looksOf(body.institutionId, body.text, body.before)),
  implement(getLooksCsv, ({ body }) => looksCsv(body.institutionId, body.text)),
]
