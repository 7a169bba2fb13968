// A video's draft as its author tries it out: what a learner would be given, and answers checked as theirs would be. Nothing is written.
import type { AnswerValue, AttemptView, Caller, CueOutcome } from '@cuepoint/contracts'
import { now } from '../../kernel/clock.ts'
import { draftOf, questionViewsOf } from '../content/index.ts'
import { checkAnswers } from './answer-check.ts'
import { cueOutcomeOf, tellsAtOnce } from './cue-outcome.ts'
import { checkedCue, cueIn } from './cues.ts'
import { isVideo, type VideoVersion } from './video-length.ts'
import { videoLookOf } from './video-view.ts'
import { notVideo } from './watching.ts'

/** activity_not_found, activity_deleted, activity_kind_unsupported. */
export async function tryOutOf(caller: Caller, activityId: string): Promise<AttemptView> {
  const draft = await draftAsVersion(caller, activityId)
  const { title, document, maxScore } = draft
  const at = now().toISOString()
  const video = { ...(await videoLookOf(caller, draft)), freeToSeek: document.settings.skipping === 'allowed' }
  return {
    ...{ id: activityId, number: 1, state: 'open', title, intro: document.intro, maxScore, video },
    questions: questionViewsOf(document, activityId),
    ...{ answers: [], savedAt: null, startedAt: at, deadlineAt: null, serverNow: at, outcome: null },
  }
}

/** As checkCue, but that the page says how many tries were used. activity_not_found, activity_deleted, cue_not_found, answer_invalid. */
export async function checkTryOut(
  caller: Caller,
  activityId: string,
  cueId: string,
  { answer, triesUsed }: { answer: AnswerValue; triesUsed: number },
): Promise<CueOutcome> {
  const draft = await draftAsVersion(caller, activityId)
  const cue = cueIn(draft, cueId)
  checkAnswers(draft, [{ questionId: cue.question.id, seq: 0, value: answer }])
  const how = { tells: tellsAtOnce(draft.document.settings), locale: caller.locale }
  return cueOutcomeOf(cue, checkedCue(cue, triesUsed, { answer, seq: 0 }, caller.locale), how)
}

async function draftAsVersion(caller: Caller, activityId: string): Promise<VideoVersion> {
  const draft = { id: activityId, activityId, number: 0, ...(await draftOf(caller, activityId)) }
  if (!isVideo(draft)) throw notVideo()
  return draft
}
