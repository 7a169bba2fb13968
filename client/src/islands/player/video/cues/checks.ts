// Has answers checked on the server. Without a connection the answer is kept (api/saved.ts) and checked when the line is back.
import type { Answer, CueOutcome, CueState } from '@cuepoint/contracts'
import { ApiProblem, call } from '../../../../api/call.ts'
import type { SavedAnswers } from '../../../../api/saved.ts'

export interface ChecksNews {
  checking(cueId: string): void
  outcome(cueId: string, outcome: CueOutcome): void
  /** No connection: it waits. */
  waits(cueId: string): void
  problem(problem: ApiProblem): void
}

const PATIENCE = 10_000
const AGAIN_MS = 4000

/** Has one answer checked. The same seq is the same try: asking again after a lost reply costs none. */
export type AskCheck = (cue: CueState, given: Answer, signal: AbortSignal) => Promise<CueOutcome>

export const attemptCheck =
  (attemptId: string): AskCheck =>
  ({ id: cueId }, { value: answer, seq }, signal) =>
    call('POST /api/attempts/:attemptId/cues/:cueId/check', { params: { attemptId, cueId }, body: { answer, seq }, signal })

/** Of an author's try-out: the tries are counted by the page. */
export const tryOutCheck =
  (activityId: string): AskCheck =>
  ({ id: cueId, triesUsed }, { value: answer }, signal) =>
    call('POST /api/activities/:activityId/try-out/cues/:cueId/check', {
      params: { activityId, cueId },
      body: { answer, triesUsed },
      signal,
    })

export function cueChecks(ask: AskCheck, answers: SavedAnswers, news: ChecksNews): { check(cue: CueState): void; close(): void } {
  const waiting = new Map<string, CueState>()
  let timer: ReturnType<typeof setTimeout> | undefined

  async function run(cue: CueState): Promise<void> {
    const given = answers.latest(cue.questionId)
    if (!given) return
    try {
      const outcome = await ask(cue, given, AbortSignal.timeout(PATIENCE))
      waiting.delete(cue.id)
      news.outcome(cue.id, outcome)
    } catch (error) {
      if (error instanceof ApiProblem && error.status < 500 && error.status !== 429) {
        waiting.delete(cue.id)
        news.problem(error)
        return
      }
      waiting.set(cue.id, cue)
      news.waits(cue.id)
      clearTimeout(timer)
      timer = setTimeout(again, AGAIN_MS)
    }
  }
  const again = async () => {
    clearTimeout(timer)
    for (const cue of [...waiting.values()]) await run(cue)
  }
  const back = () => void again()
  window.addEventListener('online', back)
  return {
    check(cue) {
      news.checking(cue.id)
      void run(cue)
    },
    close() {
      clearTimeout(timer)
      window.removeEventListener('online', back)
    },
  }
}
