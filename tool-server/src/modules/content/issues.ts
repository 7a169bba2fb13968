// PURE: what is missing before a draft can be published, in words for its author.
import type { ActivityDocument, DraftIssue } from '@cuepoint/contracts'
import { questionIssues } from './question-issues.ts'
import { maxScoreOf } from './scores.ts'

/** All that publishing asks for and the document lacks; empty = it can be published. */
export function issuesOf(document: ActivityDocument): DraftIssue[] {
  if (document.questions.length === 0) return [whole('questions_missing', 'Add at least one question.')]
  const issues: DraftIssue[] = []
  if (maxScoreOf(document) === 0) issues.push(whole('points_missing', 'Give at least one question points.'))
  const seen = new Set<string>()
  document.questions.forEach((question, at) => {
    const found = questionIssues(question)
    if (seen.has(question.id))
      found.push({ code: 'question_id_twice', message: 'this question has the same id as another. Make a copy and delete it.' })
    seen.add(question.id)
    for (const { code, message } of found) issues.push({ questionId: question.id, code, message: `Question ${at + 1}: ${message}` })
  })
  return issues
}

function whole(code: string, message: string): DraftIssue {
  return { questionId: null, code, message }
}
