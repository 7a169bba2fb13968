// One-time links behind which an LMS registers itself. Only a hash of the link is kept. One registration comes of a link: whoever
// registers by it claims it for a minute, a failure gives it back, success uses it up.
import { createHash } from 'node:crypto'
import { newId, newToken, now, nowMs } from '../../../kernel/clock.ts'
import { config } from '../../../kernel/config.ts'
import { queryAlone } from '../../../kernel/db.ts'
import { AppError, notFound } from '../../../kernel/errors.ts'

const claimMs = 60_000
const mostTries = 20
const defaultHours = 72

export interface RegistrationLink {
  id: string
  name: string
  lms: string | null
  createdAt: Date
  expiresAt: Date
  state: 'open' | 'used' | 'expired' | 'revoked' | 'exhausted'
  registrationId: string | null
  /** Why the last try by this link came to nothing. */
  lastFailure: string | null
}

interface LinkRow {
  id: string
  name: string
  lms: string | null
  created_at: Date
  expires_at: Date
  tries: number
  used_at: Date | null
  revoked_at: Date | null
  registration_id: string | null
  last_failure: string | null
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest()

function stateOf(row: LinkRow): RegistrationLink['state'] {
  if (row.used_at) return 'used'
  if (row.revoked_at) return 'revoked'
  if (row.tries >= mostTries) return 'exhausted'
  return row.expires_at.getTime() <= nowMs() ? 'expired' : 'open'
}

function linkFrom(row: LinkRow): RegistrationLink {
  return {
    id: row.id,
    name: row.name,
    lms: row.lms,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    state: stateOf(row),
    registrationId: row.registration_id,
    lastFailure: row.last_failure,
  }
}

/** Makes a link; its address can be seen only now. */
export async function makeRegistrationLink(wanted: {
  name: string
  lms?: string | undefined
  hours?: number | undefined
}): Promise<{ link: RegistrationLink; address: string }> {
  const token = newToken(24)
  const [row] = await queryAlone<LinkRow>(
    `insert into registration_links (id, token_hash, name, lms, created_at, expires_at) values ($1, $2, $3, $4, $5, $6) returning *`,
    [newId(), hashOf(token), wanted.name, wanted.lms ?? null, now(), new Date(nowMs() + (wanted.hours ?? defaultHours) * 3_600_000)],
  )
  return { link: linkFrom(row as LinkRow), address: `${config().publicUrl}/lti/register?link=${token}` }
}

/** Newest first. */
export async function listRegistrationLinks(): Promise<RegistrationLink[]> {
  return (await queryAlone<LinkRow>('select * from registration_links order by created_at desc limit 200')).map(linkFrom)
}

export async function revokeRegistrationLink(id: string): Promise<void> {
  const changed = await queryAlone('update registration_links set revoked_at = $2 where id = $1 and used_at is null returning id', [
    id,
    now(),
  ])
  if (changed.length === 0) throw notFound('resource_not_found', 'There is no such link, or it was used already.')
}

/** The link of this token, whatever its state; throws where there is none. */
export async function registrationLink(token: string): Promise<RegistrationLink> {
  const [row] = token ? await queryAlone<LinkRow>('select * from registration_links where token_hash = $1', [hashOf(token)]) : []
  if (!row) throw refused('registration_link_unknown', 'This address needs a registration link that an administrator of Cuepoint made.')
  return linkFrom(row)
}

/** Takes the link for one try; throws with the reason where it may not be used. */
export async function claimRegistrationLink(token: string): Promise<RegistrationLink> {
  const [row] = await queryAlone<LinkRow>(
    `update registration_links set claimed_at = $2, tries = tries + 1
     where token_hash = $1 and used_at is null and revoked_at is null and expires_at > $2 and tries < $4
       and (claimed_at is null or claimed_at < $3) returning *`,
    [hashOf(token), now(), new Date(nowMs() - claimMs), mostTries],
  )
  if (row) return linkFrom(row)
  throw unusable(await registrationLink(token))
}

/** Why an open-looking link cannot be taken. */
export function unusable({ state }: RegistrationLink): AppError {
  const ask = 'Ask an administrator of Cuepoint for a new one.'
  const words = {
    used: `This registration link was used already: each registers one LMS. If you have just registered, nothing more is to be done here. ${ask}`,
    expired: `This registration link is too old. ${ask}`,
    revoked: `This registration link was withdrawn. ${ask}`,
    exhausted: `Too many registrations by this link have failed. ${ask}`,
    open: 'A registration by this link is under way. Wait a minute, then try again.',
  }
  return refused(`registration_link_${state === 'open' ? 'busy' : state}`, words[state])
}

/** The try came to nothing: the link may be used again. */
export async function releaseRegistrationLink(id: string, why: string): Promise<void> {
  await queryAlone('update registration_links set claimed_at = null, last_failure = $2 where id = $1', [id, why.slice(0, 300)])
}

function refused(reason: string, words: string): AppError {
  return new AppError('registration_refused', words, { reason })
}
