// Sessions: per launch, opaque, sent in the Authorization header. Only their hash is stored.
import { hash } from 'node:crypto'
import type { Caller, Purpose, Role, Session } from '@cuepoint/contracts'
import { now, nowMs } from '../../kernel/clock.ts'
import { queryAlone } from '../../kernel/db.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import { subscribe } from '../../kernel/live.ts'

export function hashOf(token: string): Buffer {
  return hash('sha256', token, 'buffer')
}

interface CallerRow {
  id: string
  institution_id: string
  course_id: string
  person_id: string | null
  placement_id: string | null
  activity_id: string | null
  role: Role
  purpose: Purpose
  locale: string
  expires_at: Date
  testing: boolean
  review_placement_id: string | null
  review_person_id: string | null
  review_attempt_id: string | null
}

// A session never changes but for its end: remembered for some seconds, so that an answer save needs no look-up.
const rememberedMs = 10_000
const mostRemembered = 5_000
const remembered = new Map<string, { caller: Caller; until: number }>()

/** Who calls, by an Authorization header: for pages and streams, which are no endpoints. session_missing, session_expired. */
export async function callerBehind(authorization = ''): Promise<Caller> {
  if (!authorization.startsWith('Bearer ')) throw new AppError('session_missing', 'Open this activity again from your course.')
  const caller = await callerOf(authorization.slice(7))
  if (!caller) throw new AppError('session_expired', 'Your session has ended. Open this activity again from your course.')
  return caller
}

/** The session of a bearer token; null = unknown, ended or expired. */
export async function callerOf(token: string): Promise<Caller | null> {
  const known = remembered.get(token)
  if (known && known.until > nowMs()) return known.caller.expiresAt.getTime() > nowMs() ? known.caller : null
  if (token.length > 100) return null
  const [row] = await queryAlone<CallerRow>(
    `select s.id, s.institution_id, s.course_id, s.person_id, s.placement_id, p.activity_id, s.role, s.purpose, s.locale, s.expires_at, s.testing,
       s.review_placement_id, s.review_person_id, s.review_attempt_id
     from sessions s left join placements p on p.id = s.placement_id
     where s.token_hash = $1 and s.ended_at is null and s.expires_at > $2`,
    [hashOf(token), now()],
    'caller-of',
  )
  if (!row) {
    remembered.delete(token)
    return null
  }
  const caller = callerFrom(row)
  if (remembered.size >= mostRemembered) remembered.delete(remembered.keys().next().value as string)
  remembered.set(token, { caller, until: nowMs() + rememberedMs })
  return caller
}

function callerFrom(row: CallerRow): Caller {
  return {
    sessionId: row.id,
    institutionId: row.institution_id,
    courseId: row.course_id,
    personId: row.person_id,
    placementId: row.placement_id,
    activityId: row.activity_id,
    role: row.role,
    purpose: row.purpose,
    locale: row.locale,
    expiresAt: row.expires_at,
    testing: row.testing,
    review:
      row.review_placement_id === null
        ? null
        : {
            placementId: row.review_placement_id,
            personId: row.review_person_id,
            attemptId: row.review_attempt_id,
          },
  }
}

/** Forgets remembered sessions at once, e.g. after a placement was pointed elsewhere. */
export function forgetSessions(): void {
  remembered.clear()
}

/** `publish` here where sessions ended before their time: no process remembers them any longer. */
export const sessionsChannel = 'identity.sessions'
subscribe(sessionsChannel, forgetSessions, forgetSessions)

interface SessionRow {
  id: string
  person_id: string | null
  person_name: string | null
  course_id: string
  course_title: string
  placement_id: string | null
  placement_title: string | null
  activity_id: string | null
  role: Role
  purpose: Purpose
  locale: string
  platform_name: string
  return_url: string | null
  expires_at: Date
}

/** The session as its browser sees it. */
export async function sessionOf(caller: Caller): Promise<Session> {
  const [row] = await queryAlone<SessionRow>(
    `select s.id, s.person_id, pe.name person_name, s.course_id, c.title course_title, s.placement_id, pl.title placement_title,
            pl.activity_id, s.role, s.purpose, s.locale, s.platform_name, s.return_url, s.expires_at
     from sessions s join courses c on c.id = s.course_id
     left join people pe on pe.id = s.person_id left join placements pl on pl.id = s.placement_id
     where s.id = $1 and s.institution_id = $2`,
    [caller.sessionId, caller.institutionId],
  )
  if (!row) throw notFound()
  return {
    id: row.id,
    person: row.person_id ? { id: row.person_id, name: row.person_name ?? '' } : null,
    course: { id: row.course_id, title: row.course_title },
    placement: row.placement_id ? { id: row.placement_id, title: row.placement_title ?? '', activityId: row.activity_id } : null,
    role: row.role,
    purpose: row.purpose,
    locale: row.locale,
    platform: { name: row.platform_name, returnUrl: row.return_url },
    expiresAt: row.expires_at.toISOString(),
  }
}

/**
 * Gives a session a new token, for a reload whose tab lost it. Only the browser that made the login (its binding) may,
 * and the old token ends with it. Returns null when session or binding are not right.
 */
export async function renewToken(sessionId: string, binding: string, token: string): Promise<Caller | null> {
  const [row] = await queryAlone<{ id: string }>(
    `update sessions set token_hash = $3 where id = $1 and binding_hash = $2 and ended_at is null and expires_at > $4 returning id`,
    [sessionId, hashOf(binding), hashOf(token), now()],
  )
  return row ? callerOf(token) : null
}

/** The placement that a session was opened at; null where there is none, or no such session. */
export async function placementOfSession(sessionId: string): Promise<string | null> {
  const [row] = await queryAlone<{ placement_id: string | null }>('select placement_id from sessions where id = $1', [sessionId])
  return row?.placement_id ?? null
}
