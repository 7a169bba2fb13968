// Do answers fit the Version that they are given to? Questions must exist and be of the answer's kind; more is the graders' business.
import type { Answer, QuestionKind } from '@cuepoint/contracts'
import { invalid } from '../../kernel/errors.ts'
import { questionsOf, type Version } from '../content/index.ts'

const kinds = new WeakMap<Version, ReadonlyMap<string, QuestionKind>>()

/** answer_invalid, with one issue per answer that does not fit. */
export function checkAnswers(version: Version, answers: readonly Answer[]): void {
  const known = kindsOf(version)
  for (const answer of answers) if (known.get(answer.questionId) !== answer.value.kind) throw unfit(known, answers)
}

function kindsOf(version: Version): ReadonlyMap<string, QuestionKind> {
  let known = kinds.get(version)
  if (!known) {
    known = new Map(questionsOf(version.document).map(({ id, kind }) => [id, kind]))
    kinds.set(version, known)
  }
  return known
}

function unfit(known: ReadonlyMap<string, QuestionKind>, answers: readonly Answer[]) {
  const issues = answers.flatMap(({ questionId, value }, at) => {
    const kind = known.get(questionId)
    if (kind === value.kind) return []
    const message = kind ? `This question takes another kind of answer: ${kind}.` : 'This attempt has no such question.'
    return [{ path: `answers.${at}`, code: kind ? 'kind_differs' : 'question_unknown', message }]
  })
  return invalid('Some answers do not fit this attempt.', issues, 'answer_invalid')
}
