// The feedback texts of a question: those of the whole, and those of single answers where its kind has them.
import type { Question } from '@cuepoint/contracts'
import { plainText } from '../rich-text/clean.ts'
import { t } from '../words.ts'

export interface FeedbackText {
  readonly key: string
  /** To whom it is shown. */
  readonly label: string
  readonly html: string
  with(html: string): Question
}

const named = (html: string, number: number): string => plainText(html) || t('option', { number })

function ofAnswers(question: Question): FeedbackText[] {
  switch (question.kind) {
    case 'single-choice':
    case 'multiple-choice':
      return question.choices.map(({ id, text, feedback }, at) => ({
        key: id,
        label: t('feedbackFor', { answer: named(text, at + 1) }),
        html: feedback,
        with: (html) => ({ ...question, choices: question.choices.map((one) => (one.id === id ? { ...one, feedback: html } : one)) }),
      }))
    case 'true-false':
      return (['true', 'false'] as const).map((side) => ({
        key: side,
        label: t('feedbackFor', { answer: t(side) }),
        html: question.choiceFeedback[side],
        with: (html) => ({ ...question, choiceFeedback: { ...question.choiceFeedback, [side]: html } }),
      }))
    case 'short-text':
      return question.accepted.map(({ text, feedback }, at) => ({
        key: String(at),
        label: t('feedbackTyped', { answer: text || t('alternative', { number: at + 1 }) }),
        html: feedback,
        with: (html) => ({
          ...question,
          accepted: question.accepted.map((one, index) => (index === at ? { ...one, feedback: html } : one)),
        }),
      }))
    default:
      return []
  }
}

export function feedbackTexts(question: Question): FeedbackText[] {
  const { feedback } = question
  const whole = (['right', 'wrong'] as const).map((side) => ({
    key: `whole-${side}`,
    label: t(`feedback.${side}`),
    html: feedback[side],
    with: (html: string) => ({ ...question, feedback: { ...feedback, [side]: html } }),
  }))
  return [...ofAnswers(question), ...whole]
}

export function feedbackCount(question: Question): number {
  return feedbackTexts(question).filter((one) => one.html !== '').length
}
