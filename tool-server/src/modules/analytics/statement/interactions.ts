// PURE: a question kind as xAPI's interaction: its type, its parts, its right answers (a pattern per alternative), and what was given.
import type { AnswerValue, AnswerValueOf, Question, QuestionKind, QuestionOf } from '@cuepoint/contracts'
import { givenNumber } from '../../assessment/index.ts'
import { rounded } from './numbers.ts'
import { plainText } from './plain-text.ts'
import type { Component, Definition } from './statement.ts'

type Interaction = Omit<Definition, 'type' | 'name' | 'description'>

interface Form<K extends QuestionKind> {
  parts(question: QuestionOf<K>): Interaction
  /** Alternatives; a response is right if it matches one of them. null = cannot be listed. */
  pattern(question: QuestionOf<K>): readonly string[] | null
  /** null: nothing was given, or it cannot be said in this interaction's form. */
  response(question: QuestionOf<K>, answer: AnswerValueOf<K>, locale: string): string | null
}

const part = ({ id, text }: { id: string; text: string }): Component => ({ id, description: { und: plainText(text) || id } })
/** Where the order of writing is the key, the order of ids tells nothing. */
const byId = (parts: readonly Component[]): Component[] => [...parts].sort((a, b) => (a.id < b.id ? -1 : 1))
const listed = (ids: readonly string[]): string | null => (ids.length > 0 ? ids.join('[,]') : null)

const forms: { readonly [K in QuestionKind]: Form<K> } = {
  'single-choice': {
    parts: ({ choices }) => ({ interactionType: 'choice', choices: choices.map(part) }),
    pattern: ({ choices }) => choices.filter((it) => it.correct).map((it) => it.id),
    response: (_, { choiceId }) => choiceId,
  },
  'multiple-choice': {
    parts: ({ choices }) => ({ interactionType: 'choice', choices: choices.map(part) }),
    pattern: ({ choices }) => [
      choices
        .filter((it) => it.correct)
        .map((it) => it.id)
        .join('[,]'),
    ],
    // In the order of the choices, as in the pattern.
    response: ({ choices }, { choiceIds }) => listed(choices.map((it) => it.id).filter((id) => choiceIds.includes(id))),
  },
  'true-false': {
    parts: () => ({ interactionType: 'true-false' }),
    pattern: ({ correct }) => [String(correct)],
    response: (_, { value }) => (value === null ? null : String(value)),
  },
  'short-text': {
    parts: () => ({ interactionType: 'fill-in' }),
    pattern: ({ accepted, caseSensitive }) => accepted.map(({ text }) => `{case_matters=${caseSensitive}}${text.trim()}`),
    response: (_, { text }) => text.trim() || null,
  },
  number: {
    parts: () => ({ interactionType: 'numeric' }),
    pattern: ({ value, tolerance }) => {
      if (value === null) return null
      const margin = tolerance.kind === 'absolute' ? tolerance.amount : tolerance.amount * Math.abs(value)
      return [margin === 0 ? String(value) : `${decimal(value - margin)}[:]${decimal(value + margin)}`]
    },
    response: (question, { text }, locale) => {
      const given = givenNumber(question, text, locale)
      return given === null ? null : String(given)
    },
  },
  ordering: {
    parts: ({ items }) => ({ interactionType: 'sequencing', choices: byId(items.map(part)) }),
    pattern: ({ items }) => [items.map((it) => it.id).join('[,]')],
    response: (_, { itemIds }) => listed(itemIds),
  },
  matching: {
    parts: ({ pairs, distractors }) => ({
      interactionType: 'matching',
      source: byId(pairs.map(part)),
      target: byId([...pairs.map(({ match }) => match), ...distractors].map(part)),
    }),
    pattern: ({ pairs }) => [pairs.map(({ id, match }) => `${id}[.]${match.id}`).join('[,]')],
    response: ({ pairs }, { matches }) =>
      listed(
        pairs.flatMap(({ id }) => {
          const given = matches.find(({ promptId }) => promptId === id)
          return given ? [`${id}[.]${given.matchId}`] : []
        }),
      ),
  },
}

/** 9.71 and not 9.709999999999999. */
function decimal(value: number): string {
  return String(Number(rounded(value, 9).toPrecision(12)))
}

/** TypeScript cannot see that the form at `question.kind` takes that very question; the map's type has settled it. */
function formOf(question: Question): Form<QuestionKind> {
  return forms[question.kind] as unknown as Form<QuestionKind>
}

export function interactionOf(question: Question, withPattern: boolean): Interaction {
  const form = formOf(question)
  const pattern = withPattern ? form.pattern(question) : null
  return { ...form.parts(question), ...(pattern ? { correctResponsesPattern: pattern } : {}) }
}

/** What was given, in the form of the interaction; null = nothing, or nothing that its form can say (`abc` for a number). */
export function responseOf(question: Question, answer: AnswerValue | null, locale: string): string | null {
  if (answer?.kind !== question.kind) return null
  return formOf(question).response(question, answer as AnswerValueOf<QuestionKind>, locale)
}

/** Was anything given at all? */
export function isGiven(question: Question, answer: AnswerValue | null, locale: string): answer is AnswerValue {
  if (answer?.kind === 'number') return answer.text.trim() !== ''
  return responseOf(question, answer, locale) !== null
}
