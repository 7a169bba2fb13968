// PURE: what one question lacks before it can be asked.
import type { Question, QuestionOf } from '@cuepoint/contracts'
import { wordsOf } from './words.ts'

export interface Lack {
  code: string
  message: string
}

/** Everything this question lacks; messages continue the sentence "Question 3: …". */
export function questionIssues(question: Question): Lack[] {
  const prompt = wordsOf(question.prompt) === '' ? [lack('prompt_missing', 'write the question.')] : []
  return [...prompt, ...ofKind(question)]
}

function ofKind(question: Question): Lack[] {
  switch (question.kind) {
    case 'single-choice':
    case 'multiple-choice':
      return choiceIssues(question)
    case 'true-false':
      return []
    case 'short-text':
      return textIssues(question)
    case 'number':
      return numberIssues(question)
    case 'ordering':
      return orderingIssues(question)
    case 'matching':
      return matchingIssues(question)
  }
}

function choiceIssues(question: QuestionOf<'single-choice'> | QuestionOf<'multiple-choice'>): Lack[] {
  const issues: Lack[] = []
  const right = question.choices.filter((choice) => choice.correct).length
  if (question.choices.length < 2) issues.push(lack('choices_missing', 'give at least two choices.'))
  if (right === 0) issues.push(lack('right_choice_missing', 'mark the right choice.'))
  else if (right > 1 && question.kind === 'single-choice') issues.push(lack('right_choice_many', 'mark only one choice as right.'))
  return [...issues, ...listIssues(question.choices, 'choice')]
}

function textIssues(question: QuestionOf<'short-text'>): Lack[] {
  const given = question.accepted.filter((one) => one.text.trim() !== '')
  if (given.length === 0) return [lack('accepted_missing', 'give at least one accepted answer.')]
  return given.length < question.accepted.length ? [lack('accepted_empty', 'one accepted answer is empty.')] : []
}

function numberIssues({ tolerance, value }: QuestionOf<'number'>): Lack[] {
  if (tolerance.kind !== 'relative') return []
  if (value === 0) return [lack('tolerance_void', 'a tolerance in percent of 0 is 0. Give it as an absolute amount.')]
  return tolerance.amount >= 1 ? [lack('tolerance_wide', 'a tolerance of 100 % or more accepts nearly everything.')] : []
}

function orderingIssues(question: QuestionOf<'ordering'>): Lack[] {
  const few = question.items.length < 2 ? [lack('items_missing', 'give at least two items to put in order.')] : []
  return [...few, ...listIssues(question.items, 'item')]
}

function matchingIssues(question: QuestionOf<'matching'>): Lack[] {
  const few = question.pairs.length < 2 ? [lack('pairs_missing', 'give at least two pairs.')] : []
  const matches = [...question.pairs.map((pair) => pair.match), ...question.distractors]
  return [...few, ...listIssues(question.pairs, 'prompt'), ...listIssues(matches, 'match', (text) => text.trim())]
}

/** Empty texts, texts and ids that occur twice. Learners could not tell such options apart. */
function listIssues(options: readonly { id: string; text: string }[], noun: string, read = wordsOf): Lack[] {
  const many = noun === 'match' ? 'matches' : `${noun}s`
  const words = options.map((option) => read(option.text))
  const filled = words.filter((text) => text !== '')
  const issues: Lack[] = []
  if (filled.length < words.length) issues.push(lack(`${noun}_empty`, `one ${noun} is empty.`))
  if (new Set(filled).size < filled.length) issues.push(lack(`${noun}_twice`, `two ${many} say the same.`))
  const ids = new Set(options.map((option) => option.id))
  if (ids.size < options.length) issues.push(lack(`${noun}_id_twice`, `two ${many} have the same id.`))
  return issues
}

function lack(code: string, message: string): Lack {
  return { code, message }
}
