// POST /lti/notices: what an LMS tells by itself, each notice a token of its own, checked as a launch is and taken once. An LMS does
// not send again what it could not hand over (fact 15), so each is taken for itself and copies are also noted at launches.
import { hash } from 'node:crypto'
import type { Request, Response } from 'express'
import { query, queryAlone, type Tx, transaction } from '../../../kernel/db.ts'
import { AppError } from '../../../kernel/errors.ts'
import { log } from '../../../kernel/log.ts'
import { noteCopy } from '../copies/course-copies.ts'
import { beginFlight, endFlight, type Flight } from '../flight/recorder.ts'
import type { Payload, Refusal } from '../launch/claims.ts'
import { hintsOf, verified } from '../launch/verify.ts'
import { platformKey } from '../platforms/platform-keys.ts'
import { type Registration, registrationsOf } from '../platforms/registry.ts'

export const copyNotice = 'LtiContextCopyNotice'
const lti = 'https://purl.imsglobal.org/spec/lti/claim/'
const mostNotices = 50
const mostOrigins = 20
/** Platforms queue them: a notice may be older than a launch. */
const oldestSeconds = 3600

/** Takes each; answers with the first refusal where there was one, when all have been looked at. */
export async function receiveNotices(request: Request, response: Response): Promise<void> {
  const refusals: AppError[] = []
  for (const jwt of noticesIn(request.body)) {
    const flight = beginFlight('notice')
    try {
      await take(jwt, flight)
      endFlight(flight, 'ok')
    } catch (error) {
      const known = error instanceof AppError
      endFlight(flight, known ? 'refused' : 'failed', known ? (error.reason ?? error.code) : 'internal_error', response.locals.supportCode)
      if (!known) throw error
      refusals.push(error)
    }
  }
  const [first, ...more] = refusals
  for (const { code, reason } of more)
    log.warn({ supportCode: response.locals.supportCode, code, reason, audit: 'refused' }, 'a notice was refused')
  if (first) throw first
  response.setHeader('cache-control', 'no-store')
  response.status(200).json({})
}

function noticesIn(body: unknown): string[] {
  const malformed = () => new AppError('notice_malformed', 'Send {"notices": [{"jwt": "…"}]}.', { reason: 'notices_malformed' })
  try {
    const { notices } = JSON.parse(String(body)) as { notices?: unknown }
    if (!Array.isArray(notices) || notices.length === 0 || notices.length > mostNotices) throw malformed()
    return notices.map((it: unknown) => {
      const { jwt } = (it ?? {}) as { jwt?: unknown }
      if (typeof jwt !== 'string') throw malformed()
      return jwt
    })
  } catch (error) {
    throw error instanceof AppError ? error : malformed()
  }
}

function refused({ reason, words }: Pick<Refusal, 'reason' | 'words'>): AppError {
  return new AppError('notice_refused', words, { reason })
}

async function take(jwt: string, flight: Flight): Promise<void> {
  const hints = hintsOf(jwt)
  if ('reason' in hints) throw refused(hints)
  const registration = await registrationNamed(hints.issuer, hints.audience)
  flight.registrationId = registration.id
  const key = await platformKey(registration, hints.kid)
  if (!key) throw refused({ reason: 'kid_unknown', words: 'The notice is signed with a key that the LMS does not publish.' })
  const payload = verified(jwt, hints, key, registration, oldestSeconds)
  if (isRefusal(payload)) throw refused(payload)
  const type = textOf(objectOf(payload[`${lti}notice`])?.type)
  const deploymentId = textOf(payload[`${lti}deployment_id`])
  flight.deploymentId = deploymentId || null
  flight.facts.message = type.slice(0, 60)
  if (payload[`${lti}version`] !== '1.3.0' || !type || typeof payload.nonce !== 'string' || payload.nonce === '')
    throw new AppError('notice_malformed', 'The notice does not say what it is.', { reason: 'notice_incomplete' })
  const deployment = await approved(registration, deploymentId)
  flight.institutionId = deployment.institution_id
  await transaction(async (tx) => {
    await takeOnce(tx, registration, payload)
    if (type === copyNotice && deployment.institution_id) await noteCopies(tx, deployment.institution_id, payload)
  })
}

function isRefusal(it: Payload | Refusal): it is Refusal {
  return 'reason' in it && 'words' in it
}

async function registrationNamed(issuer: string, audience: readonly string[]): Promise<Registration> {
  const registration = (await registrationsOf(issuer)).find((it) => audience.includes(it.clientId))
  if (!registration)
    throw refused({ reason: 'issuer_unknown', words: 'The notice comes from an LMS, or is meant for a tool, that is not registered here.' })
  if (registration.status !== 'active')
    throw new AppError('registration_inactive', 'This LMS is registered with Cuepoint but not active.', {
      reason: `registration_${registration.status}`,
    })
  return registration
}

/** A notice makes no deployment known: only a launch does. */
async function approved(registration: Registration, deploymentId: string): Promise<{ institution_id: string | null }> {
  const [row] = await queryAlone<{ institution_id: string | null }>(
    `select institution_id from deployments where registration_id = $1 and deployment_id = $2 and status = 'approved'`,
    [registration.id, deploymentId],
  )
  if (!row) throw new AppError('deployment_pending', 'This installation is not approved in Cuepoint.', { reason: 'deployment_pending' })
  return row
}

/** The statement that settles replays, also of two at once. What is older than the oldest is refused by its time. */
async function takeOnce(tx: Tx, registration: Registration, payload: Payload): Promise<void> {
  const until = new Date((Number(payload.iat) + oldestSeconds + 120) * 1000)
  const taken = await query(
    tx,
    'insert into taken_notices (registration_id, notice_hash, expires_at) values ($1, $2, $3) on conflict do nothing returning 1',
    [registration.id, hash('sha256', String(payload.nonce), 'buffer'), until],
  )
  if (taken.length === 0) throw refused({ reason: 'notice_replayed', words: 'This notice was taken already.' })
}

/** The first origin is what it was copied from; Canvas names one, others may name what that was copied from, too. */
async function noteCopies(tx: Tx, institutionId: string, payload: Payload): Promise<void> {
  const context = objectOf(payload[`${lti}context`])
  const externalId = textOf(context?.id)
  const origins = payload[`${lti}origin_contexts`]
  if (!externalId || !Array.isArray(origins))
    throw new AppError('notice_malformed', 'The notice does not say which course was copied.', { reason: 'notice_incomplete' })
  for (const origin of origins.slice(0, mostOrigins)) {
    const from = textOf(origin) || textOf(objectOf(origin)?.id)
    if (from) await noteCopy(tx, institutionId, { externalId, title: textOf(context?.title, 500), from }, 'notice')
  }
}

function objectOf(value: unknown): Record<string, unknown> | undefined {
  return value && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
}

function textOf(value: unknown, longest = 255): string {
  return typeof value === 'string' && value.length <= longest ? value.toWellFormed().replaceAll('\0', '').trim() : ''
}
