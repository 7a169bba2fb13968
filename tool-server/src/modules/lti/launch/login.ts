// OIDC third-party initiated login: GET and POST /lti/login. Checks who asks and where to, then sends the browser to the
// platform's authorisation endpoint, bound to this browser.
import type { Request, Response } from 'express'
import { config } from '../../../kernel/config.ts'
import { AppError } from '../../../kernel/errors.ts'
import { log } from '../../../kernel/log.ts'
import { type Flight, trailOf } from '../flight/recorder.ts'
import { lmsOf } from '../lms/index.ts'
import { originsOf, type Registration, registrationById, registrationsOf } from '../platforms/registry.ts'
import { bindingFromCookie, bindLogin } from './browser-binding.ts'
import { sendNewWindowPage, sendStoragePage } from './ladder-pages.ts'
import { beginLogin, type LoginState, type NewLogin, peekLogin } from './login-attempts.ts'

const longest = 2000

function refused(reason: string, words: string): AppError {
  return new AppError('login_refused', words, { reason })
}

function parameter(request: Request, name: string): string {
  const source = (request.method === 'POST' ? request.body : request.query) as Record<string, unknown> | undefined
  const value = source?.[name]
  return typeof value === 'string' && value.length <= longest ? value : ''
}

/** The registration that a login names; several with one issuer need a client_id (Canvas, Blackboard). */
async function registrationFor(issuer: string, clientId: string): Promise<Registration> {
  const known = await registrationsOf(issuer)
  if (known.length === 0)
    throw new AppError('platform_unknown', 'The LMS that opened this page is not registered with Cuepoint.', { reason: 'issuer_unknown' })
  const named = clientId ? known.filter((it) => it.clientId === clientId) : known.filter((it) => it.status !== 'retired')
  const [registration] = named
  if (!registration)
    throw new AppError('platform_unknown', 'This LMS is registered with Cuepoint under another client id.', { reason: 'client_unknown' })
  if (named.length > 1) throw refused('client_id_missing', 'The LMS does not say which of its registrations it means.')
  if (registration.status !== 'active')
    throw new AppError('registration_inactive', 'This LMS is registered with Cuepoint but not active yet, or not any more.', {
      reason: `registration_${registration.status}`,
    })
  return registration
}

/** Is this address our own? Compared by origin, so that no spelling of a foreign host slips through. */
export function isOurs(address: string): boolean {
  // Scheme, host, port and the slash that ends them: what follows cannot change them.
  if (address.startsWith(`${config().publicUrl}/`)) return true
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return false
  const url = new URL(address)
  return url.origin === new URL(config().publicUrl).origin && url.username === '' && url.password === ''
}

export async function beginFromRequest(request: Request, response: Response, flight: Flight): Promise<void> {
  const issuer = parameter(request, 'iss')
  const loginHint = parameter(request, 'login_hint')
  const target = parameter(request, 'target_link_uri')
  if (!issuer) throw refused('iss_missing', 'The login does not say which LMS it comes from (iss).')
  if (!loginHint) throw refused('login_hint_missing', 'The login does not say who logs in (login_hint).')
  if (!target) throw refused('target_link_uri_missing', 'The login does not say where it goes (target_link_uri).')
  // Said by nobody whom we know yet: cut short, and shown as text only.
  Object.assign(flight.facts, { issuer: issuer.slice(0, 200), clientId: parameter(request, 'client_id').slice(0, 100) })
  if (!isOurs(target)) throw refused('target_link_uri_foreign', 'The login leads to an address that is not Cuepoint’s.')
  const registration = await registrationFor(issuer, parameter(request, 'client_id'))
  flight.registrationId = registration.id
  const storage = parameter(request, 'lti_storage_target')
  if (storage && !/^[\w.:-]{1,100}$/.test(storage))
    throw refused('storage_target_invalid', 'The login names a storage frame that cannot be one.')
  const login = {
    registrationId: registration.id,
    target,
    storageTarget: storage || null,
    loginHint,
    messageHint: parameter(request, 'lti_message_hint') || null,
  }
  await goToPlatform(response, registration, login)
}

/** Rung 3 of the ladder: the same login again in a window of our own, where our cookie is first-party. */
export async function beginAgain(state: string, response: Response): Promise<void> {
  const { old, registration } = await loginOf(state)
  await goToPlatform(response, registration, { ...sameAgain(old, registration), storageTarget: null })
}

/**
 * The LMS announced a storage and nobody answered there: is the browser known by its cookie? If so the login goes on. If not, a launch in this
 * frame could not be recognised, and would spend the hint that Canvas lets be used once: so the window of our own is offered now, with the
 * hint unspent.
 */
export async function goOnUnstored(request: Request, response: Response, flight: Flight): Promise<void> {
  const state = String(request.params.state ?? '')
  flight.trail = trailOf(state)
  const { old, registration } = await loginOf(state)
  flight.registrationId = registration.id
  if (bindingFromCookie(request, state) !== undefined) return goToPlatform(response, registration, sameAgain(old, registration), true)
  flight.ended = { outcome: 'waiting', reason: 'window_offered' }
  const supportCode = String(response.locals.supportCode)
  log.warn({ audit: 'refused', supportCode, reason: 'new_window_offered' }, 'login not kept by the browser')
  sendNewWindowPage(response, { href: `/lti/again/${encodeURIComponent(state)}`, lms: lmsOf(registration.lms), supportCode })
}

async function loginOf(state: string): Promise<{ old: LoginState; registration: Registration }> {
  const old = await peekLogin(state)
  const registration = old && (await registrationById(old.registration_id))
  if (!old || old.expired || registration?.status !== 'active')
    throw refused('state_expired', 'This page is too old. Open the activity again from your course.')
  return { old, registration }
}

const sameAgain = (old: LoginState, { id }: Registration): NewLogin => ({
  registrationId: id,
  target: old.target,
  storageTarget: old.storage_target,
  loginHint: old.login_hint,
  messageHint: old.message_hint,
})

/** `storeAsked`: the LMS's storage was asked already. */
async function goToPlatform(response: Response, registration: Registration, login: NewLogin, storeAsked = false): Promise<void> {
  const attempt = await beginLogin(login)
  bindLogin(response, attempt.state, attempt.binding)
  const { origin, before } = authAddressOf(registration)
  const fields = {
    scope: 'openid',
    response_type: 'id_token',
    response_mode: 'form_post',
    prompt: 'none',
    client_id: registration.clientId,
    redirect_uri: `${config().publicUrl}/lti/launch`,
    login_hint: login.loginHint,
    state: attempt.state,
    nonce: attempt.nonce,
    ...(login.messageHint ? { lti_message_hint: login.messageHint } : {}),
  }
  const address = before + new URLSearchParams(fields).toString()
  response.setHeader('cache-control', 'no-store')
  if (login.storageTarget && !storeAsked)
    sendStoragePage(response, {
      storageTarget: login.storageTarget,
      platformOrigin: origin,
      origins: originsOf(registration),
      key: attempt.state,
      value: attempt.binding,
      next: address,
      unanswered: `/lti/unstored/${encodeURIComponent(attempt.state)}`,
    })
  else response.writeHead(302, { location: address }).end()
}

const authAddresses = new WeakMap<Registration, { origin: string; before: string }>()

/** The authorisation endpoint up to our first parameter: parsed once, for every login goes there. */
function authAddressOf(registration: Registration): { origin: string; before: string } {
  const known = authAddresses.get(registration)
  if (known) return known
  const url = new URL(registration.authUrl)
  const own = url.searchParams.toString()
  const address = { origin: url.origin, before: `${url.origin}${url.pathname}?${own ? `${own}&` : ''}` }
  authAddresses.set(registration, address)
  return address
}
