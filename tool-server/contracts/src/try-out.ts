// A video's draft tried out by its author as a learner would meet it: nothing of that is recorded, and the keys stay on the server.
import { z } from 'zod'
import { AttemptView } from './attempt.ts'
import { endpoint } from './endpoint.ts'
import { AnswerValue, LocalId } from './question.ts'
import { Id, NoBody } from './session.ts'
import { CueOutcome } from './video.ts'

/** The draft as a learner's first attempt would show it; its id is the activity's. activity_kind_unsupported where it is no video. */
export const showTryOut = endpoint({
  method: 'GET',
  path: '/api/activities/:activityId/try-out',
  for: ['instructor'],
  params: z.object({ activityId: Id }),
  body: NoBody,
  reply: AttemptView,
})

/** An answer checked as checkCue does, after `triesUsed` others. activity_kind_unsupported, cue_not_found, answer_invalid. */
export const checkTryOut = endpoint({
  method: 'POST',
  path: '/api/activities/:activityId/try-out/cues/:cueId/check',
  for: ['instructor'],
  params: z.object({ activityId: Id, cueId: LocalId }),
  body: z.object({ answer: AnswerValue, triesUsed: z.number().int().min(0).max(1000) }),
  reply: CueOutcome,
})
