// Quizzes as the tests know them: the samples' files, what answers are right, and what an answer must be worth. A stranger to the
// tool's graders on purpose.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { home } from './school.ts'

interface Common {
  id: string
  prompt: string
  points: number
  topicIds?: string[]
  feedback?: { right: string; wrong: string }
}
interface Choice {
  id: string
  text: string
  correct: boolean
  feedback?: string
}
interface Item {
  id: string
  text: string
}
export type Question = Common &
  (
    | { kind: 'single-choice'; choices: Choice[] }
    | { kind: 'multiple-choice'; choices: Choice[]; scoring: 'all-or-nothing' | 'right-minus-wrong' | 'each-option' }
    | { kind: 'true-false'; correct: boolean }
    | { kind: 'short-text'; accepted: { text: string; feedback: string }[] }
    | { kind: 'number'; value: number; tolerance: { kind: 'absolute' | 'relative'; amount: number }; unit: string }
    | { kind: 'ordering'; items: Item[]; scoring: 'all-or-nothing' | 'each-right' }
    | { kind: 'matching'; pairs: (Item & { match: Item })[]; distractors: Item[]; scoring: 'all-or-nothing' | 'each-right' }
  )

export interface Quiz {
  id: string
  title: string
  document: { kind: 'quiz'; intro: string; questions: Question[]; settings: Record<string, unknown> }
}

export type Sample = 'photosynthesis-and-cell-energy' | 'rivers-and-climate' | 'statistics-and-probability'

export function sampleQuiz(id: Sample): Quiz {
  return JSON.parse(readFileSync(join(home, `fixtures/content/${id}.json`), 'utf8')) as Quiz
}

export const maxScoreOf = (quiz: Quiz): number => quiz.document.questions.reduce((sum, question) => sum + question.points, 0)

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", nbsp: ' ' }

/** Rich text as a reader sees it. */
export function plain(html: string): string {
  return html
    .replace(/<(?:\/p|\/li|br)[^>]*>/g, ' ')
    .replace(/<[^>]+>/g, '')
    .replace(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole)
    .replace(/\s+/g, ' ')
    .trim()
}

/** How well a question is answered; `partly` is as good as `right` or `wrong` where a kind knows no halves. */
export type How = 'right' | 'partly' | 'wrong'

/** What an answer of `player.ts` must be worth. */
export function worth(question: Question, how: How): number {
  if (how === 'right') return question.points
  if (how === 'wrong') return 0
  switch (question.kind) {
    case 'multiple-choice': {
      // One right choice is ticked and nothing else.
      const right = question.choices.filter((choice) => choice.correct).length
      const wrong = question.choices.length - right
      if (right === 1) return question.points
      if (question.scoring === 'all-or-nothing') return 0
      return question.points * (question.scoring === 'right-minus-wrong' ? 1 / right : (1 + wrong) / question.choices.length)
    }
    case 'ordering': // The last two stand the wrong way round.
      return question.scoring === 'all-or-nothing' ? 0 : (question.points * (question.items.length - 2)) / question.items.length
    case 'matching': // The first pair is wrong.
      return question.scoring === 'all-or-nothing' ? 0 : (question.points * (question.pairs.length - 1)) / question.pairs.length
    default:
      return 0
  }
}
