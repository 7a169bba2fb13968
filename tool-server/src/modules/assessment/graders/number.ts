// A number within a tolerance.
import type { QuestionOf } from '@cuepoint/contracts'
import { type Grader, marked, unanswered } from './grader.ts'
import { formatter, numberIn } from './number-text.ts'

export const number: Grader<'number'> = {
  grade(question, answer, locale) {
    if ((answer?.text ?? '').trim() === '') return unanswered(question)
    const given = givenNumber(question, answer?.text ?? '', locale)
    return marked(question, given !== null && isWithin(given, question) ? 1 : 0)
  },
  // Without grouping: what the key says must be readable as an answer.
  keyOf: (question, locale) => ({ kind: 'number', text: question.value === null ? '' : written(question.value, locale) }),
  keyInWords(question, locale) {
    const { kind, amount } = question.tolerance
    if (amount === 0 || question.value === null) return null
    const unit = question.unit === '' ? '' : ` ${question.unit}`
    const margin = kind === 'absolute' ? `${written(amount, locale)}${unit}` : `${written(amount * 100, locale)} %`
    return `${written(question.value, locale)}${unit} ± ${margin}`
  },
}

/** What was typed, as a number; null where it is none. */
export function givenNumber({ unit }: Pick<QuestionOf<'number'>, 'unit'>, typed: string, locale: string): number | null {
  return numberIn(withoutUnit(typed.trim(), unit), locale)
}

function isWithin(given: number, { value, tolerance }: QuestionOf<'number'>): boolean {
  // A draft without its number: nothing is right yet.
  if (value === null) return false
  const margin = tolerance.kind === 'absolute' ? tolerance.amount : tolerance.amount * Math.abs(value)
  // 0.4 - 0.3 is 0.10000000000000003: what binary fractions add must not fail a learner at the very edge.
  const dust = 1e-12 * Math.max(Math.abs(given), Math.abs(value))
  return Math.abs(given - value) <= margin + dust
}

/** The unit stands behind the field and is not graded; who types it all the same is not punished. */
function withoutUnit(typed: string, unit: string): string {
  return unit !== '' && typed.toLowerCase().endsWith(unit.toLowerCase()) ? typed.slice(0, -unit.length) : typed
}

function written(value: number, locale: string): string {
  const size = Math.abs(value)
  if (size !== 0 && (size >= 1e15 || size < 1e-6)) return String(value)
  return formatter(locale)
    .formatToParts(value)
    .filter((part) => part.type !== 'group')
    .map((part) => part.value)
    .join('')
}
