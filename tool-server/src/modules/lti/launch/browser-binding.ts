// Binds a login to the browser that began it, so that nobody can be logged in as somebody else (login CSRF).
// Rung 1: a partitioned cookie, one per login, so that tabs do not disturb each other. Rung 2: the platform's storage.
// Rung 3: a window of our own, where cookies are first-party.
import { hash } from 'node:crypto'
import type { Request, Response } from 'express'
import { newToken } from '../../../kernel/clock.ts'

const loginSeconds = 600
const browserSeconds = 30 * 86_400
const browserCookie = '__Host-cuepoint'

function cookieOf(state: string): string {
  return `__Host-cp-${hash('sha256', state, 'base64url').slice(0, 16)}`
}

function cookies(request: Request): Map<string, string> {
  const pairs = (request.headers.cookie ?? '').split(';').map((pair) => pair.trim().split('=') as [string, string?])
  return new Map(pairs.map(([name, value]) => [name, value ?? '']))
}

// Chromium takes Secure cookies from http loopback addresses, so one form serves development and production.
function setCookie(response: Response, name: string, value: string, seconds: number): void {
  response.append('set-cookie', `${name}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; Secure; SameSite=None; Partitioned`)
}

export function bindLogin(response: Response, state: string, binding: string): void {
  setCookie(response, cookieOf(state), binding, loginSeconds)
}

/** The binding of this login as the cookie tells it. */
export function bindingFromCookie(request: Request, state: string): string | undefined {
  return cookies(request).get(cookieOf(state))
}

/**
 * The browser's lasting binding: the one it has from this person's last launch, else a new one. Who launches after somebody else at a shared
 * computer must not find that person's launches again by their addresses.
 */
export function browserFor(request: Request, person: string): string {
  const whose = hash('sha256', person, 'base64url').slice(0, 16)
  const known = cookies(request).get(browserCookie)
  return known && /^[\w-]{43}\.[\w-]{16}$/.test(known) && known.endsWith(`.${whose}`) ? known : `${newToken()}.${whose}`
}

/** Drops the login's cookie and gives the browser's lasting one, which lets a reload find its session. */
export function settleBinding(response: Response, state: string, browser: string): void {
  setCookie(response, cookieOf(state), '', 0)
  setCookie(response, browserCookie, browser, browserSeconds)
}

export function browserOf(request: Request): string | undefined {
  return cookies(request).get(browserCookie)
}
