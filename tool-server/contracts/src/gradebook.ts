// Scores on their way to the LMS: why one is refused, sending again, and what is not in the gradebook.
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Id, NoBody } from './session.ts'

/**
 * Why the LMS has no score, as far as it matters to what to do. `person`: it knows no such student in the course; `attempts`: they are
 * used up there; `column`: the gradebook column is gone; `permission`: an administrator must allow it; `value`: anything else that the
 * LMS said; `inactive`: this LMS is switched off in Cuepoint; `given-up`: it could not be reached for days.
 */
export const RefusalKind = z.enum(['person', 'attempts', 'column', 'permission', 'value', 'inactive', 'given-up'])
export type RefusalKind = z.infer<typeof RefusalKind>

/** Some time after the LMS took a score its gradebook was read: it holds this one, or another (a teacher's, say). */
export const SeenInGradebook = z.enum(['same', 'other'])
export type SeenInGradebook = z.infer<typeof SeenInGradebook>

const params = z.object({ placementId: Id })

/** Sends scores of this placement once more: of these people, or (null) of all whose score is not in the gradebook. */
export const resendScores = endpoint({
  method: 'POST',
  path: '/api/placements/:placementId/scores/resend',
  for: ['instructor'],
  params,
  body: z.object({ personIds: z.array(Id).min(1).max(1000).nullable() }),
  reply: z.object({ asked: z.number().int() }),
})
/** A learner's own refused score, once more. */
export const resendMyScore = endpoint({
  method: 'POST',
  path: '/api/placements/:placementId/scores/mine/resend',
  for: ['learner'],
  params,
  body: NoBody,
  reply: z.object({ asked: z.number().int() }),
})
/** A CSV (RFC 4180, UTF-8) of the Results of this placement that are not in the gradebook, to be typed in by hand. */
export const listMissingScores = endpoint({
  method: 'GET',
  path: '/api/placements/:placementId/scores/missing',
  for: ['instructor'],
  params,
  body: NoBody,
  reply: z.object({ fileName: z.string(), csv: z.string(), rows: z.number().int() }),
})
