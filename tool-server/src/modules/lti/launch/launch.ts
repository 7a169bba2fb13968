// POST /lti/launch: verify, then land. Everything that could be slow (the platform's keys) is fetched before the transaction;
// one transaction then uses the login up and writes the launch.
import type { KeyObject } from 'node:crypto'
import type { Request, Response } from 'express'
import { nowMs } from '../../../kernel/clock.ts'
import { config } from '../../../kernel/config.ts'
import { type Tx, transaction } from '../../../kernel/db.ts'
import { AppError } from '../../../kernel/errors.ts'
import { log } from '../../../kernel/log.ts'
import { type Flight, mark, trailOf } from '../flight/recorder.ts'
import { lmsOf } from '../lms/index.ts'
import { type Deployment, deploymentOf, institutionOf } from '../platforms/deployments.ts'
import { type NamedAddress, notedAsForeign, outside } from '../platforms/origins.ts'
import { platformKey } from '../platforms/platform-keys.ts'
import { originsOf, type Registration, registrationById, registrationsOf } from '../platforms/registry.ts'
import { bindingFromCookie, browserFor, settleBinding } from './browser-binding.ts'
import { type Launch, launchFrom, type Refusal } from './claims.ts'
import { sendNewWindowPage, sendStorageAskPage } from './ladder-pages.ts'
import { type Landed, land } from './land.ts'
import { sendLaunchPage } from './launch-page.ts'
import { isOurs } from './login.ts'
import { type Consumed, consumeLogin, peekLogin } from './login-attempts.ts'
import { hintsOf, type TokenHints, verified } from './verify.ts'

function refuse(refusal: Refusal): AppError {
  return new AppError(refusal.status === 400 ? 'launch_malformed' : 'launch_refused', refusal.words, { reason: refusal.reason })
}
const refusal = (reason: string, words: string, status: 400 | 401 = 401): Refusal => ({ reason, words, status })
const again = 'Open the activity again from your course.'

/** Canvas, of a hint that was used: by a reload, or by the try inside the course that a new window came from. */
function spent(): string {
  return `Your course lets each opening be used once, and this one was used already. ${again} If you came here by “Open in a new window”, your browser has to let Cuepoint recognise you inside the course: allow cookies for ${new URL(config().publicUrl).host} there, use another browser, or ask your teacher to let the activity open in a new tab.`
}

export async function receiveLaunch(request: Request, response: Response, flight: Flight): Promise<void> {
  const body = (request.body ?? {}) as Record<string, unknown>
  const field = (name: string): string => (typeof body[name] === 'string' ? (body[name] as string) : '')
  const state = field('state')
  if (state) flight.trail = trailOf(state)
  if (field('error'))
    throw refuse(
      refusal(
        `platform_error_${field('error').replace(/\W/g, '').slice(0, 40)}`,
        field('error') === 'launch_no_longer_valid' ? spent() : `Your LMS did not let this launch through. ${again}`,
        400,
      ),
    )
  if (!field('id_token')) throw refuse(refusal('id_token_missing', 'The LMS sent no launch token.', 400))
  if (!state) throw refuse(refusal('state_missing', 'The launch belongs to no login (state).', 400))
  const token = field('id_token')
  const hints = hintsOf(token)
  if ('reason' in hints)
    throw hints.reason === 'token_too_large' ? new AppError('body_too_large', hints.words, { reason: hints.reason }) : refuse(hints)
  const binding = bindingFromCookie(request, state) ?? field('storage_binding')
  mark(flight, 'token')
  if (!binding) return climb(response, token, state, field('storage_asked') !== '', flight)

  mark(flight, 'browser')
  flight.facts.issuer = hints.issuer.slice(0, 200)
  const registration = await registrationNamed(hints.issuer, hints.audience)
  flight.registrationId = registration.id
  mark(flight, 'registration')
  const key = await platformKey(registration, hints.kid)
  mark(flight, 'keys')
  const checked = checkedLaunch(token, hints, key, registration, flight)
  if (!isRefusal(checked)) noteLaunch(flight, checked.launch)
  const browser = isRefusal(checked) ? '' : browserFor(request, `${registration.id} ${checked.launch.subject ?? ''}`)
  const outcome = await transaction(async (tx) => {
    const consumed = consumeLogin(tx, state, binding)
    // A refused token is returned, not thrown, so that the login stays used up.
    if (isRefusal(checked)) return wrongLogin(await consumed, registration) ?? checked
    // Asked together, so that they share a round trip; nothing is committed before the login is known to be right. What the landing throws
    // (a student who wants to add content) undoes all of it: nobody is signed in, and the login may be tried again.
    const loginRight = consumed.then((login) => {
      const wrong = wrongLogin(login, registration, checked.nonce)
      if (wrong) throw new Undone(wrong)
    })
    const [, landed] = await Promise.all([loginRight, landOn(tx, checked, registration, { browser, loginRight })])
    return landed
  }).catch(async (error: unknown) => {
    if (!(error instanceof Undone)) throw error
    await transaction((tx) => consumeLogin(tx, state, binding))
    return error.refusal
  })
  if (!isRefusal(outcome) && !isRefusal(checked)) mark(flight, 'state')
  if ('unapproved' in outcome) throw unapproved(registration, outcome.unapproved)
  if (isRefusal(outcome)) throw refuse(outcome.reason === 'login_unknown' ? await whyUnknown(state, binding) : outcome)
  settleBinding(response, state, browser)
  response.locals.tenant = outcome.entered.caller.institutionId
  flight.institutionId = outcome.entered.caller.institutionId
  mark(flight, 'landing')
  await sendLaunchPage(response, registration, outcome)
  mark(flight, 'page')
}

/** Of a verified launch: what it is for, never who. */
function noteLaunch(flight: Flight, launch: Launch): void {
  mark(flight, 'claims')
  flight.deploymentId = launch.deploymentId
  Object.assign(flight.facts, { message: launch.message, role: launch.role, scopes: launch.grades?.scopes.length ?? 0 })
}

/** The landing is there but its login is not: the transaction is undone. */
class Undone extends Error {
  refusal: Refusal

  constructor(refusal: Refusal) {
    super(refusal.reason)
    this.refusal = refusal
  }
}

/** All that can be said of the token without its login. */
function checkedLaunch(
  token: string,
  hints: TokenHints,
  key: KeyObject | undefined,
  registration: Registration,
  flight: Flight,
): CheckedLaunch | Refusal {
  if (!key) return refusal('kid_unknown', 'The launch is signed with a key that your LMS does not publish.')
  const payload = verified(token, hints, key, registration)
  if (isRefusal(payload) && payload.reason === 'signature_invalid') return payload
  mark(flight, 'signature')
  // Signed by the LMS, so its clock can be believed to be its clock.
  if (typeof hints.payload.iat === 'number') flight.facts.skewSeconds = Math.round(hints.payload.iat - nowMs() / 1000)
  if (isRefusal(payload)) return payload
  const launch = launchFrom(payload)
  if (isRefusal(launch)) return launch
  if (launch.targetLinkUri !== null && !isOurs(launch.targetLinkUri))
    return refusal('target_link_uri_foreign', 'The launch leads to an address that is not Cuepoint’s.', 400)
  return { launch, nonce: payload.nonce, outside: outside(registration, addressesIn(launch)) }
}

interface CheckedLaunch {
  launch: Launch
  nonce: unknown
  /** Addresses that only the deployment's own origins can allow. */
  outside: readonly NamedAddress[]
}

/** `nonce`: the token's, where the token is right. */
function wrongLogin(login: Consumed | undefined, registration: Registration, nonce?: unknown): Refusal | undefined {
  if (!login) return refusal('login_unknown', again)
  if (login.registration_id !== registration.id) return refusal('registration_differs', 'The launch comes from another LMS than its login.')
  return login.nonce === nonce || nonce === undefined ? undefined : refusal('nonce_differs', 'The launch does not belong to this login.')
}

async function landOn(
  tx: Tx,
  { launch, outside }: CheckedLaunch,
  registration: Registration,
  of: { browser: string; loginRight: Promise<void> },
): Promise<Landed | Refusal | { unapproved: Deployment }> {
  const deployment = await deploymentOf(tx, registration.id, launch.deploymentId)
  if (deployment.status !== 'approved') return { unapproved: deployment }
  // The first launch of a deployment may take its time: nothing more is asked for a login that is not right.
  if (!deployment.institutionId) await of.loginRight
  // Kept by the same transaction that uses the login up: only a whole, signed launch can ask for an origin.
  const foreign = outside.length > 0 ? await notedAsForeign(tx, registration, deployment, outside) : undefined
  if (foreign) return foreignAddress(foreign.service, foreign.origin)
  const institutionId = await institutionOf(tx, deployment, { ...launch.platform, issuer: registration.issuer })
  return land(tx, { launch, registration, deployment, institutionId, ...of })
}

function isRefusal(it: object): it is Refusal {
  return 'reason' in it && 'words' in it
}

async function registrationNamed(issuer: string, audience: readonly string[]): Promise<Registration> {
  const known = await registrationsOf(issuer)
  const registration = known.find((it) => audience.includes(it.clientId))
  if (!registration)
    throw refuse(
      refusal(
        known.length > 0 ? 'audience_differs' : 'issuer_unknown',
        'The launch comes from an LMS, or is meant for a tool, that is not registered here.',
      ),
    )
  if (registration.status !== 'active')
    throw new AppError('registration_inactive', 'This LMS is registered with Cuepoint but not active.', {
      reason: `registration_${registration.status}`,
    })
  return registration
}

/** Addresses that the platform gives must lie on its allowed origins: else a token would be sent to a stranger, or nothing be shown. */
function addressesIn(launch: Launch): NamedAddress[] {
  const named = {
    line_item: launch.grades?.lineItemUrl,
    line_items: launch.grades?.lineItemsUrl,
    memberships: launch.membershipsUrl,
    groups: launch.others.groupsUrl,
    group_sets: launch.others.groupSetsUrl,
    notices: launch.others.noticesUrl,
    deep_link_return: launch.deepLinking?.returnUrl,
    // Apps name addresses of their own kind here (canvas-courses:), which no page of ours can lead to.
    return: /^https?:/i.test(launch.returnUrl ?? '') ? launch.returnUrl : null,
  }
  return Object.entries(named).flatMap(([service, address]) => (address ? [{ service, address }] : []))
}

const serviceWords: Record<string, string> = {
  line_item: 'grade service',
  line_items: 'grade service',
  memberships: 'roster service',
  groups: 'groups service',
  group_sets: 'groups service',
  notices: 'notices of copied courses',
  deep_link_return: 'return of chosen content',
  return: 'way back to the course',
}

function foreignAddress(service: string, origin: string): Refusal {
  return refusal(
    `${service}_foreign`,
    `The LMS names an address for its ${serviceWords[service] ?? service} that lies outside its own site, at ${origin}. An administrator of Cuepoint can approve that origin for this installation.`,
    400,
  )
}

function unapproved({ name }: Registration, { deploymentId, status }: Deployment): AppError {
  return status === 'refused'
    ? new AppError(
        'deployment_refused',
        `An administrator of Cuepoint has refused this installation of ${name} (deployment ${deploymentId}).`,
        {
          reason: 'deployment_refused',
        },
      )
    : new AppError(
        'deployment_pending',
        `This installation of ${name} (deployment ${deploymentId}) has not been approved in Cuepoint yet. An administrator of Cuepoint sees it in their list and can approve it; then open it again.`,
        { reason: 'deployment_pending' },
      )
}

/** The cookie did not come back: the next rung. Nothing is used up, nobody is signed in. */
async function climb(response: Response, token: string, state: string, storageAsked: boolean, flight: Flight): Promise<void> {
  const login = await peekLogin(state)
  const registration = login && (await registrationById(login.registration_id))
  if (!login || !registration) throw refuse(refusal('state_unknown', again))
  flight.registrationId = registration.id
  if (login.used) throw refuse(refusal('state_used', `This launch was used already. ${again}`))
  if (login.expired) throw refuse(refusal('state_expired', `This page is too old. ${again}`))
  const lms = lmsOf(registration.lms)
  const own = lms.relaunchUrl?.(registration.issuer, login.message_hint ?? '')
  const where = { href: own ?? `/lti/again/${encodeURIComponent(state)}`, lms }
  if (login.storage_target && !storageAsked) {
    flight.ended = { outcome: 'waiting', reason: 'storage_asked' }
    const platformOrigin = new URL(registration.authUrl).origin
    const task = { storageTarget: login.storage_target, platformOrigin, origins: originsOf(registration), key: state }
    return sendStorageAskPage(response, task, { idToken: token, state }, where)
  }
  // Not signed in, under a support code that a person may ask about.
  log.warn({ audit: 'refused', supportCode: response.locals.supportCode, reason: 'new_window_offered' }, 'launch not recognised')
  flight.ended = { outcome: 'waiting', reason: 'window_offered' }
  sendNewWindowPage(response, { ...where, supportCode: String(response.locals.supportCode) })
}

async function whyUnknown(state: string, binding: string): Promise<Refusal> {
  const login = await peekLogin(state, binding)
  if (!login) return refusal('state_unknown', again)
  if (!login.bound) return refusal('browser_differs', `This launch was begun in another browser. ${again}`)
  if (login.used) return refusal('state_used', `This launch was used already. ${again}`)
  return refusal('state_expired', `This page is too old. ${again}`)
}
