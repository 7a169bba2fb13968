// LTI Dynamic Registration 1.0: an LMS registers itself by a one-time link. What comes of it is pending until an administrator
// approves it; a registration that is here already is never changed this way.
import { registrationBody, wantedScopes } from '@cuepoint/lti-config'
import { newId } from '../../../kernel/clock.ts'
import { config } from '../../../kernel/config.ts'
import { query, type Tx, transaction } from '../../../kernel/db.ts'
import { AppError } from '../../../kernel/errors.ts'
import { log } from '../../../kernel/log.ts'
import type { Lms } from '../lms/index.ts'
import { askPlatform, objectOf, type PlatformConfiguration, platformConfiguration, refused, text } from './platform-configuration.ts'
import { claimRegistrationLink, type RegistrationLink, releaseRegistrationLink } from './registration-links.ts'
import { forgetRegistrations } from './registry.ts'

const capMs = 5_000
const maxBytes = 262_144

/** What a platform answered to our registration, kept to be shown. */
export interface Granted {
  product: string
  version: string
  account: string
  scopes: string[]
  /** Asked for, and not granted. */
  refusedScopes: string[]
  messages: string[]
  /** The deployment that the platform made along with it. */
  deploymentId: string | null
}

export interface Registered {
  id: string
  name: string
  lms: Lms
  granted: Granted
}

/** Registers the LMS whose configuration is at `openIdConfiguration`. Throws registration_refused with words for the person in front. */
export async function registerPlatform(given: { link: string; openIdConfiguration: string; token: string }): Promise<Registered> {
  const link = await claimRegistrationLink(given.link)
  try {
    const platform = await platformConfiguration(given.openIdConfiguration, given.token, link.lms)
    const answer = await postRegistration(platform, given.token)
    return await keep(link, platform, answer)
  } catch (error) {
    await releaseRegistrationLink(link.id, error instanceof AppError ? error.message : 'something went wrong')
    throw error
  }
}

interface Answer {
  clientId: string
  granted: Granted
}

async function postRegistration(platform: PlatformConfiguration, token: string): Promise<Answer> {
  const offer = { lms: platform.lms.name, scopes: platform.scopes, messages: platform.messages }
  const said = await askPlatform(
    platform.registrationUrl,
    {
      method: 'POST',
      // Brightspace gives no token and must be sent none (fact 31); Moodle answers 401 without (fact 18).
      headers: { 'content-type': 'application/json', ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: JSON.stringify(registrationBody(config().publicUrl, offer)),
      timeoutMs: capMs,
      maxBytes,
    },
    'The registration service',
  )
  const clientId = text(said.client_id, 255)
  if (!clientId) throw refused('registration_answer', 'Your LMS took the registration but named no client id.')
  return { clientId, granted: grantedFrom(said, platform, wantedScopes(offer)) }
}

function grantedFrom(said: Record<string, unknown>, platform: PlatformConfiguration, wanted: readonly string[]): Granted {
  const tool = objectOf(said['https://purl.imsglobal.org/spec/lti-tool-configuration'])
  // No scope in the answer means all that were asked for (RFC 7591, section 3.2.1).
  const scopes = typeof said.scope === 'string' ? text(said.scope, 5000).split(/\s+/).filter(Boolean) : [...wanted]
  const messages = Array.isArray(tool?.messages) ? tool.messages.slice(0, 50).flatMap((it) => text(objectOf(it)?.type, 100) || []) : []
  return {
    product: platform.product,
    version: platform.version,
    account: platform.account,
    scopes: scopes.slice(0, 100),
    refusedScopes: wanted.filter((it) => !scopes.includes(it)),
    messages: [...new Set(messages)],
    deploymentId: text(tool?.deployment_id, 255) || null,
  }
}

/** One transaction: the registration is there and the link is used up, or neither. */
async function keep(link: RegistrationLink, platform: PlatformConfiguration, { clientId, granted }: Answer): Promise<Registered> {
  const id = newId()
  await transaction(async (tx) => {
    const added = await query(
      tx,
      `insert into registrations (id, name, lms, issuer, client_id, auth_url, token_url, jwks_url, audience, status, granted)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'pending', $10) on conflict (issuer, client_id) do nothing returning id`,
      [
        id,
        link.name,
        platform.lms.name,
        platform.issuer,
        clientId,
        platform.authUrl,
        platform.tokenUrl,
        platform.jwksUrl,
        platform.audience,
        JSON.stringify(granted),
      ],
    )
    // Whoever holds a link must not be able to move a registration that is in use to addresses of their own.
    if (added.length === 0) throw refused('registration_exists', 'Your LMS gave a client id that is registered here already.')
    if (granted.deploymentId) await noteDeployment(tx, id, granted.deploymentId)
    const used = await query(
      tx,
      'update registration_links set used_at = now(), registration_id = $2, last_failure = null where id = $1 and used_at is null and revoked_at is null returning id',
      [link.id, id],
    )
    if (used.length === 0) throw refused('registration_link_revoked', 'This registration link was withdrawn meanwhile.')
  })
  forgetRegistrations()
  log.warn(
    { audit: 'registration-pending', registrationId: id, lms: platform.lms.name },
    'an LMS has registered itself and waits for approval',
  )
  return { id, name: link.name, lms: platform.lms, granted }
}

async function noteDeployment(tx: Tx, registrationId: string, deploymentId: string): Promise<void> {
  await query(tx, 'insert into deployments (id, registration_id, deployment_id) values ($1, $2, $3) on conflict do nothing', [
    newId(),
    registrationId,
    deploymentId,
  ])
}
