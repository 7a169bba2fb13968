// The three rules of a multiple-choice question, worked out on the question's own options and points.
import type { QuestionOf } from '@cuepoint/contracts'
import { numeral } from '../../../shell/locale.ts'
import { t } from '../words.ts'

type Rule = QuestionOf<'multiple-choice'>['scoring']
export const tickRules = ['all-or-nothing', 'right-minus-wrong', 'each-option'] as const satisfies readonly Rule[]

/** Points for so many right and wrong ticks, where `right` of `options` are right. */
export function tickPoints(
  rule: Rule,
  ticked: { right: number; wrong: number },
  all: { right: number; options: number },
  points: number,
): number {
  if (ticked.right + ticked.wrong === 0 || all.right === 0) return 0
  switch (rule) {
    case 'all-or-nothing':
      return ticked.right === all.right && ticked.wrong === 0 ? points : 0
    case 'right-minus-wrong':
      return (points * Math.max(0, ticked.right - ticked.wrong)) / all.right
    case 'each-option':
      return (points * (ticked.right + (all.options - all.right - ticked.wrong))) / all.options
  }
}

/** One sentence: what some of the right ones earn, and what one wrong tick besides costs. */
export function tickExample(rule: Rule, choices: readonly { correct: boolean }[], points: number): string {
  const rightOnes = choices.filter((one) => one.correct).length
  const all = rightOnes > 0 && rightOnes < choices.length ? { right: rightOnes, options: choices.length } : { right: 2, options: 4 }
  const some = Math.max(1, all.right - 1)
  const earned = (right: number, wrong: number) => numeral(tickPoints(rule, { right, wrong }, all, points))
  return t(all.right === 1 ? 'ticks.exampleOne' : 'ticks.example', {
    all: all.right,
    some,
    full: earned(all.right, 0),
    part: earned(some, 0),
    wrong: earned(all.right, 1),
  })
}
