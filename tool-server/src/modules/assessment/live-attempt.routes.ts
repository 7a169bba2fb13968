// A learner's page hears at once when the end of its attempt moves, or when it is handed in from elsewhere.
import type { Request, Response } from 'express'
import { now } from '../../kernel/clock.ts'
import { queryAlone } from '../../kernel/db.ts'
import { openStream } from '../../kernel/http/event-stream.ts'
import { page } from '../../kernel/http/implement.ts'
import { subscribe } from '../../kernel/live.ts'
import { callerBehind } from '../identity/index.ts'
import { attemptNotFound } from './attempt-rows.ts'

/** `publish(tx, attemptChannel, attemptId)` after what an open page of it must hear. */
export const attemptChannel = 'assessment.attempt'

interface AttemptClock {
  state: 'open' | 'submitted'
  deadlineAt: string | null
  serverNow: string
}

async function clockOf(owner: { personId: string | null; courseId: string }, attemptId: string): Promise<AttemptClock> {
  const [row] = await queryAlone<{ state: 'open' | 'submitted'; deadlineAt: Date | null }>(
    'select state, deadline_at as "deadlineAt" from attempts where id = $1 and person_id = $2 and course_id = $3',
    [attemptId, owner.personId, owner.courseId],
    'assessment-clock',
  )
  if (!row) throw attemptNotFound()
  return { state: row.state, deadlineAt: row.deadlineAt?.toISOString() ?? null, serverNow: now().toISOString() }
}

async function follow(request: Request, response: Response): Promise<void> {
  const caller = await callerBehind(request.headers.authorization)
  const attemptId = String(request.params.attemptId).toLowerCase()
  if (!/^[0-9a-f-]{36}$/.test(attemptId)) throw attemptNotFound()
  let leave = () => {}
  let send: ((data: object) => void) | undefined
  const tell = () =>
    void clockOf(caller, attemptId).then(
      (clock) => send?.(clock),
      () => response.end(),
    )
  // Heard before it is read: a change in between is told twice rather than not at all.
  leave = subscribe(attemptChannel, (id) => id === attemptId && tell(), tell)
  try {
    const clock = await clockOf(caller, attemptId)
    send = openStream(request, response, leave)
    send(clock)
  } catch (error) {
    leave()
    throw error
  }
}

export const liveAttemptRoute = page({
  method: 'GET',
  path: '/api/attempts/:attemptId/live',
  says: 'server-sent events: the end of an attempt under way, whenever it moves',
  handle: follow,
})
