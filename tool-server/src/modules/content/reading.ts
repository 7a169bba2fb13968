// PURE: a Version as one attempt shows it. No key leaves here: every view is built field by field, and what is in the right
// order in the document (ordering items, matches) is always shuffled.
import type { ActivityDocument, Question, QuestionView } from '@cuepoint/contracts'
import { randomFrom, shuffled } from './random.ts'

/** The questions in this attempt's order, with this attempt's order of options. `seed` is the attempt's secret UUID. */
export function questionViewsOf(document: ActivityDocument, seed: string): QuestionView[] {
  // The questions of a video come in the order of its moments.
  if (document.kind === 'video') return document.cues.map(({ question }) => viewOf(question, seed, false))
  const { shuffleQuestions, shuffleChoices } = document.settings
  const questions = shuffleQuestions ? shuffled(document.questions, randomFrom(seed, 'questions')) : document.questions
  return questions.map((question) => viewOf(question, seed, shuffleChoices))
}

function viewOf(question: Question, seed: string, shuffleChoices: boolean): QuestionView {
  const { id, prompt, points } = question
  const random = () => randomFrom(seed, `question ${id}`)
  switch (question.kind) {
    case 'single-choice':
    case 'multiple-choice': {
      const choices = question.choices.map((choice) => ({ id: choice.id, text: choice.text }))
      return { id, prompt, points, kind: question.kind, choices: shuffleChoices ? shuffled(choices, random()) : choices }
    }
    case 'true-false':
    case 'short-text':
      return { id, prompt, points, kind: question.kind }
    case 'number':
      return { id, prompt, points, kind: question.kind, unit: question.unit }
    case 'ordering': {
      const items = question.items.map((item) => ({ id: item.id, text: item.text }))
      return { id, prompt, points, kind: question.kind, items: disordered(items, random()) }
    }
    case 'matching': {
      const matches = [...question.pairs.map((pair) => pair.match), ...question.distractors]
      return {
        id,
        prompt,
        points,
        kind: question.kind,
        prompts: question.pairs.map((pair) => ({ id: pair.id, text: pair.text })),
        matches: disordered(
          matches.map((match) => ({ id: match.id, text: match.text })),
          random(),
        ),
      }
    }
  }
}

/** Shuffled, and not left in the right order. Two are the exception: "never right" would say "the other way round". */
function disordered<T>(inOrder: readonly T[], random: () => number): T[] {
  let order = shuffled(inOrder, random)
  while (inOrder.length > 2 && order.every((one, at) => one === inOrder[at])) order = shuffled(inOrder, random)
  return order
}
