// PURE: what is missing before a draft can be published, in whole sentences for its author; which question they are about is said
// by `questionId`, so whoever shows them names it once.
import type { ActivityDocument, DraftIssue } from '@cuepoint/contracts'
import type { AssetFacts } from '../media/index.ts'
import { questionsOf } from './document-parts.ts'
import { type Lack, questionIssues } from './question-issues.ts'
import { maxScoreOf } from './scores.ts'
import { cueIssues, videoIssues } from './video-issues.ts'

/** All that publishing asks for and the document lacks; empty = it can be published. `asset`: the one that a video names. */
export function issuesOf(document: ActivityDocument, asset: AssetFacts | null = null): DraftIssue[] {
  const questions = questionsOf(document)
  const issues: DraftIssue[] = []
  if (document.kind === 'video') issues.push(...videoIssues(document, asset), ...pointless(document, 'Give watching or a question points.'))
  else if (questions.length === 0) return [whole('questions_missing', 'Add at least one question.')]
  else issues.push(...pointless(document, 'Give at least one question points.'))
  const seen = new Set<string>()
  questions.forEach((question, at) => {
    const found = [...questionIssues(question), ...ofCue(document, at, asset)]
    if (seen.has(question.id))
      found.push({ code: 'question_id_twice', message: 'This question has the same id as another. Make a copy and delete it.' })
    seen.add(question.id)
    for (const { code, message } of found) issues.push({ questionId: question.id, code, message })
  })
  return issues
}

function ofCue(document: ActivityDocument, at: number, asset: AssetFacts | null): Lack[] {
  const cue = document.kind === 'video' ? document.cues[at] : undefined
  if (document.kind !== 'video' || !cue) return []
  const twice = document.cues.findIndex(({ id }) => id === cue.id) < at
  const again = twice ? [{ code: 'cue_id_twice', message: 'Its moment has the same id as another. Make a copy and delete it.' }] : []
  return [...cueIssues(cue, asset?.durationSeconds ?? null), ...again]
}

function pointless(document: ActivityDocument, message: string): DraftIssue[] {
  return maxScoreOf(document) === 0 ? [whole('points_missing', message)] : []
}

function whole(code: string, message: string): DraftIssue {
  return { questionId: null, code, message }
}
