// Calls of identity.
import { getSession } from '@cuepoint/contracts'
import { implement } from '../../kernel/http/implement.ts'
import { sessionOf } from './sessions.ts'

export const identityRoutes = [implement(getSession, ({ caller }) => sessionOf(caller))]
