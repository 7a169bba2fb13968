// What an author does to a quiz document, as pure functions: each gives a new document and leaves the old one alone.
import type { Question, QuizDocument, QuizSettings } from '@cuepoint/contracts'
import { localId } from './local-id.ts'

/** The list with the entry at `from` standing at `to`; the same list where that is no move. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const entry = list[from]
  if (entry === undefined || to < 0 || to >= list.length || from === to) return [...list]
  const rest = list.filter((_, at) => at !== from)
  return [...rest.slice(0, to), entry, ...rest.slice(to)]
}

/** The list with the entry of that id changed. */
export function changed<T extends { id: string }>(list: readonly T[], id: string, change: Partial<T>): T[] {
  return list.map((entry) => (entry.id === id ? { ...entry, ...change } : entry))
}

function without<T extends { id: string }>(list: readonly T[], id: string): T[] {
  return list.filter((entry) => entry.id !== id)
}

export function withSettings(document: QuizDocument, settings: Partial<QuizSettings>): QuizDocument {
  return { ...document, settings: { ...document.settings, ...settings } }
}

/** `at` beyond the end is the end. */
export function withQuestion(document: QuizDocument, question: Question, at = document.questions.length): QuizDocument {
  const { questions } = document
  return { ...document, questions: [...questions.slice(0, at), question, ...questions.slice(at)] }
}

export function withChangedQuestion(document: QuizDocument, question: Question): QuizDocument {
  return { ...document, questions: document.questions.map((one) => (one.id === question.id ? question : one)) }
}

export function withoutQuestion(document: QuizDocument, id: string): QuizDocument {
  return { ...document, questions: without(document.questions, id) }
}

export function withMovedQuestion(document: QuizDocument, id: string, by: number): QuizDocument {
  const from = document.questions.findIndex((one) => one.id === id)
  return { ...document, questions: moved(document.questions, from, from + by) }
}

/** A copy with fresh ids throughout, so that nothing is shared with the original. */
export function copyOf(question: Question, newId = localId): Question {
  const renew = <T extends { id: string }>(list: readonly T[]): T[] => list.map((entry) => ({ ...entry, id: newId() }))
  const id = newId()
  switch (question.kind) {
    case 'single-choice':
    case 'multiple-choice':
      return { ...question, id, choices: renew(question.choices) }
    case 'ordering':
      return { ...question, id, items: renew(question.items) }
    case 'matching':
      return {
        ...question,
        id,
        pairs: renew(question.pairs).map((pair) => ({ ...pair, match: { ...pair.match, id: newId() } })),
        distractors: renew(question.distractors),
      }
    default:
      return { ...question, id }
  }
}

/** The document without one topic: a deleted topic must not stay behind on questions. */
export function withoutTopic(document: QuizDocument, topicId: string): QuizDocument {
  if (!document.questions.some((one) => one.topicIds.includes(topicId))) return document
  const questions = document.questions.map((one) => ({ ...one, topicIds: one.topicIds.filter((id) => id !== topicId) }))
  return { ...document, questions }
}

/** What a fully right attempt earns; rounded to hide floating dust such as 0.1 + 0.2. */
export function maxScoreOf(document: QuizDocument): number {
  return Math.round(document.questions.reduce((sum, one) => sum + one.points, 0) * 1e6) / 1e6
}
