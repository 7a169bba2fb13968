// PURE: what is missing before a draft can be published, in whole sentences for its author; which question they are about is said
// by `questionId`, so whoever shows them names it once.
import type { ActivityDocument, DraftIssue } from '@cuepoint/contracts'
import { questionsOf } from './document-parts.ts'
import { questionIssues } from './question-issues.ts'
import { maxScoreOf } from './scores.ts'

/** All that publishing asks for and the document lacks; empty = it can be published. */
export function issuesOf(document: ActivityDocument): DraftIssue[] {
  if (questionsOf(document).length === 0) return [whole('questions_missing', 'Add at least one question.')]
  const issues: DraftIssue[] = []
  if (maxScoreOf(document) === 0) issues.push(whole('points_missing', 'Give at least one question points.'))
  const seen = new Set<string>()
  questionsOf(document).forEach((question) => {
    const found = questionIssues(question)
    if (seen.has(question.id))
      found.push({ code: 'question_id_twice', message: 'This question has the same id as another. Make a copy and delete it.' })
    seen.add(question.id)
    for (const { code, message } of found) issues.push({ questionId: question.id, code, message })
  })
  return issues
}

function whole(code: string, message: string): DraftIssue {
  return { questionId: null, code, message }
}
