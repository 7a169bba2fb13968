// PURE: who a statement is about, as the institution chose for that LRS.
import { createHmac } from 'node:crypto'
import type { Agent } from './statement.ts'

export type ActorChoice =
  /** The account at the LMS: issuer and `sub`. Says no name and no address. */
  | { readonly as: 'account' }
  /** A name that only this tool can lead back to the person, another one in each LRS. */
  | { readonly as: 'pseudonym'; readonly salt: string }
  /** The mail address, where the LMS gave one; else the account. */
  | { readonly as: 'mail' }

export interface Who {
  readonly personId: string
  /** The LMS's id for the person (`sub`). */
  readonly externalId: string
  readonly email: string
  /** The LMS's issuer; '' where none is known. */
  readonly homePage: string
}

export function actorOf(who: Who, choice: ActorChoice, base: string): Agent {
  // An account needs a home page that is an address: without a known issuer it is the tool's.
  const home = /^https?:\/\//.test(who.homePage) ? who.homePage : base
  if (choice.as === 'pseudonym') {
    const name = createHmac('sha256', choice.salt).update(who.personId).digest('base64url').slice(0, 32)
    return { objectType: 'Agent', account: { homePage: base, name } }
  }
  if (choice.as === 'mail' && /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/.test(who.email))
    return { objectType: 'Agent', mbox: `mailto:${who.email}` }
  return { objectType: 'Agent', account: { homePage: home, name: who.externalId } }
}
