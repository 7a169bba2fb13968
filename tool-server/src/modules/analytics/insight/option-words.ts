// PURE: what was given, in the words that stand in the question.
import type { Question } from '@cuepoint/contracts'

export interface OptionWords {
  /** Options that could have been chosen; empty where answers are typed, ordered or matched. */
  options: string[]
  /** Which of what can be given is right; null where it cannot be listed. */
  right: ReadonlySet<string> | null
  wordsOf(given: string): string
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
