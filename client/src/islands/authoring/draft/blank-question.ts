// A new question of each kind, ready to be filled in.
import type { Question, QuestionKind } from '@cuepoint/contracts'
import { localId } from './local-id.ts'

/** All kinds, in the order in which the "Add" menu offers them. */
export const questionKinds = [
  'single-choice',
  'multiple-choice',
  'true-false',
  'short-text',
  'number',
  'ordering',
  'matching',
] as const satisfies readonly QuestionKind[]

export const blankChoice = (correct = false) => ({ id: localId(), text: '', correct, feedback: '' })
export const blankItem = () => ({ id: localId(), text: '' })
export const blankPair = () => ({ id: localId(), text: '', match: blankItem() })
export const blankAlternative = () => ({ text: '', feedback: '' })

export function blankQuestion(kind: QuestionKind): Question {
  const start = { id: localId(), prompt: '', points: 1, topicIds: [], feedback: { right: '', wrong: '' } }
  switch (kind) {
    case 'single-choice':
      return { ...start, kind, choices: [blankChoice(true), blankChoice(), blankChoice()] }
    case 'multiple-choice':
      return { ...start, kind, choices: [blankChoice(), blankChoice(), blankChoice(), blankChoice()], scoring: 'right-minus-wrong' }
    case 'true-false':
      return { ...start, kind, correct: true, choiceFeedback: { true: '', false: '' } }
    case 'short-text':
      return { ...start, kind, accepted: [blankAlternative()], caseSensitive: false, accentSensitive: false }
    case 'number':
      return { ...start, kind, value: null, tolerance: { kind: 'absolute', amount: 0 }, unit: '' }
    case 'ordering':
      return { ...start, kind, items: [blankItem(), blankItem(), blankItem()], scoring: 'each-right' }
    case 'matching':
      return { ...start, kind, pairs: [blankPair(), blankPair(), blankPair()], distractors: [], scoring: 'each-right' }
  }
}
