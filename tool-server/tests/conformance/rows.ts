// What the rows of the conformance table are made of: a scene, and launches that are changed on their way.
import { createHmac } from 'node:crypto'
import type { CookieJar, Lms, Walk } from '../../../fixtures/lms-simulator/index.ts'

export interface Scene {
  origin: string
  lms: Lms
  itemId: string
  /** A second registration of the same LMS software with keys of its own. */
  other: Lms
  /** The tool is stock ltijs: what costs it much is asked less often. */
  stock?: boolean
}

/** One row: what is sent, and what must come of it. `reason` is the code of the audit line. */
export interface Row {
  id: string
  says: string
  send: (scene: Scene) => Promise<Response>
  status: number
  reason?: string
  /** Number of the attack case that the row proves as well (threats B.1). */
  attack?: number
  /** Sessions that the row itself makes on its way to the refusal. */
  sessions?: number
  /** Why another tool than ours cannot be asked the same. */
  oursOnly?: string
}

export type Claims = Record<string, unknown>

export const walk = (scene: Scene, more: Partial<Parameters<Lms['journey']['walkLaunch']>[0]> = {}): Promise<Walk> =>
  scene.lms.journey.walkLaunch({ person: 'student1', item: scene.itemId, ...more })

export function claimsOf(token: string): Claims {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Claims
}

/** A login whose parameters are changed; the answer of the tool's login. */
export const login =
  (changes: Record<string, string | undefined>, method: 'GET' | 'POST' = 'POST') =>
  async ({ origin, lms, itemId }: Scene): Promise<Response> => {
    const fields = Object.entries({ ...lms.platform.loginParams({ person: 'student1', item: itemId }), ...changes }).filter(
      (it): it is [string, string] => it[1] !== undefined,
    )
    const body = new URLSearchParams(fields)
    return method === 'GET'
      ? fetch(`${origin}/lti/login?${body}`, { redirect: 'manual' })
      : fetch(`${origin}/lti/login`, { method, body, redirect: 'manual' })
  }

/** A whole launch whose claims, signature or form fields are changed. */
export const launch =
  (change: {
    claims?: (claims: Claims, scene: Scene) => Claims
    sign?: Parameters<Lms['platform']['signIdToken']>[1]
    fields?: Record<string, string | undefined>
    walk?: Parameters<typeof walk>[1]
  }) =>
  async (scene: Scene): Promise<Response> => {
    const it = await walk(scene, change.walk)
    if (!change.claims && !change.sign) return it.launch(change.fields ?? {})
    const original = claimsOf(it.formFields.id_token ?? '')
    const claims = change.claims?.(original, scene) ?? original
    return it.launch({ id_token: scene.lms.platform.signIdToken(claims, change.sign), ...change.fields })
  }

export const with_ =
  (more: Claims) =>
  (claims: Claims): Claims =>
    Object.fromEntries(Object.entries({ ...claims, ...more }).filter(([, value]) => value !== undefined))
export const seconds = (): number => Math.floor(Date.now() / 1000)

/** Another browser's cookies under the names that this login looks for. */
export function renamed(mine: CookieJar, theirs: CookieJar): string {
  const value = mine.header.split('=')[1] ?? ''
  return theirs.header
    .split('; ')
    .map((pair) => `${pair.split('=')[0]}=${value.split(';')[0]}`)
    .join('; ')
}

export function hs256(claims: Claims, kid: string, secret: string): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ alg: 'HS256', typ: 'JWT', kid })}.${part(claims)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}
