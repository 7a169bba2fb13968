// What the server said was missing when publishing was tried, as the draft's own issues: each entry's path names its question.
import type { DraftIssue, Problem, Question } from '@cuepoint/contracts'

export function refusedIssues(problem: Problem, questions: readonly Question[]): DraftIssue[] {
  return (problem.issues ?? []).map(({ path, code, message }) => {
    const parts = path.split(/[./[\]]+/)
    const found = questions.find((one, at) => parts.includes(one.id) || (parts[0] === 'questions' && parts[1] === String(at)))
    return { questionId: found?.id ?? null, code, message }
  })
}
