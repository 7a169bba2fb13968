// PURE: what was given, in the words that stand in the question.
import type { AnswerValueOf, Question, QuestionOf } from '@cuepoint/contracts'
import { gradeQuestion } from '../../assessment/index.ts'

export interface OptionWords {
  /** Options that could have been chosen; empty where answers are typed, ordered or matched. */
  options: string[]
  /** Which of what can be given is right; null where it cannot be listed. */
  right: ReadonlySet<string> | null
  wordsOf(given: string): string
  /** Of what was typed too; null where it cannot be told from what is kept of it. */
  isRight(given: string): boolean | null
}

/** Plain words of rich text, for tables. */
export function plain(html: string): string {
  return html
    .replace(/<[^>]+>/g, ' ')
    .replace(
      /&(nbsp|amp|lt|gt|quot|#39);/g,
      (_all, name: string) => ({ nbsp: ' ', amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" })[name] ?? ' ',
    )
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200)
}

export function optionWordsOf(question: Question): OptionWords {
  const words = listedWordsOf(question)
  const { right } = words
  const isRight = (given: string): boolean | null =>
    right ? right.has(given) : question.kind === 'short-text' || question.kind === 'number' ? isTypedRight(question, given) : null
  return { ...words, isRight }
}

/** What was typed is kept in small letters, and without its learner's language: is 1,5 a number and a half, or fifteen? */
function isTypedRight(question: QuestionOf<'short-text' | 'number'>, text: string): boolean | null {
  if (question.kind === 'short-text' ? question.caseSensitive : text.includes(',')) return null
  const answer = { kind: question.kind, text } as AnswerValueOf<'short-text' | 'number'>
  const { score } = gradeQuestion({ ...question, points: 1 }, answer, 'en')
  return score >= 1
}

function listedWordsOf(question: Question): Omit<OptionWords, 'isRight'> {
  switch (question.kind) {
    case 'single-choice':
    case 'multiple-choice': {
      const words = new Map(question.choices.map(({ id, text }) => [id, plain(text)]))
      const right = new Set(question.choices.filter(({ correct }) => correct).map(({ id }) => id))
      return { options: [...words.keys()], right, wordsOf: (id) => words.get(id) ?? id }
    }
    case 'true-false':
      return { options: ['true', 'false'], right: new Set([String(question.correct)]), wordsOf: (it) => it }
    case 'short-text':
    case 'number':
      return { options: [], right: null, wordsOf: (text) => text }
    case 'ordering': {
      const words = new Map(question.items.map(({ id, text }) => [id, plain(text)]))
      const right = question.items.map(({ id }) => id).join('>')
      const wordsOf = (order: string) =>
        order
          .split('>')
          .map((id) => words.get(id) ?? id)
          .join(' → ')
      return { options: [], right: new Set([right]), wordsOf }
    }
    case 'matching': {
      const prompts = new Map(question.pairs.map(({ id, text }) => [id, plain(text)]))
      const matches = new Map([...question.pairs.map(({ match }) => match), ...question.distractors].map(({ id, text }) => [id, text]))
      const wordsOf = (pair: string) => {
        const [prompt = '', match = ''] = pair.split('=')
        return `${prompts.get(prompt) ?? prompt} – ${matches.get(match) ?? match}`
      }
      return { options: [], right: new Set(question.pairs.map(({ id, match }) => `${id}=${match.id}`)), wordsOf }
    }
  }
}
