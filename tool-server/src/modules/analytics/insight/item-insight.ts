// PURE: one question of the dashboard, from its sums and from what its author wrote.
import type { ItemInsight, Question } from '@cuepoint/contracts'
import type { Aggregate, ItemSums } from './aggregates.ts'
import { alertsOf } from './item-alerts.ts'
import { discriminationOf, facilityOf, givenOf, medianSeconds, secondsOfMedians, type Thirds } from './item-statistics.ts'
import { optionWordsOf } from './option-words.ts'

const nothing: ItemSums = {
  ...{ n: 0, x: 0, xx: 0, restN: 0, restX: 0, restXX: 0, r: 0, rr: 0, xr: 0, right: 0, blank: 0, changed: 0 },
  ...{ seconds: {}, given: {} },
}

export function itemInsightsOf(questions: readonly Question[], aggregate: Aggregate, thirds: Thirds): ItemInsight[] {
  const typicalSeconds = secondsOfMedians(questions.map(({ id }) => aggregate.items[id]?.seconds ?? {}))
  return questions.map((question, at) => {
    const sums = aggregate.items[question.id] ?? nothing
    const { options, right, wordsOf, isRight } = optionWordsOf(question)
    const given = givenOf(sums, thirds)
    const alerts = alertsOf(sums, { given, thirds, right, options, typicalSeconds })
    const unchosen = options.filter((option) => sums.n > 0 && !given.some(({ what }) => what === option))
    return {
      questionId: question.id,
      number: at + 1,
      kind: question.kind,
      prompt: question.prompt,
      n: sums.n,
      facility: facilityOf(sums),
      discrimination: discriminationOf(sums),
      right: sums.right,
      blank: sums.blank,
      medianSeconds: medianSeconds(sums.seconds),
      changed: sums.changed,
      given: [...given, ...unchosen.map((what) => ({ what, count: 0, thirds: [0, 0, 0] as [number, number, number] }))].map((one) => ({
        text: wordsOf(one.what),
        right: isRight(one.what),
        count: one.count,
        thirds: one.thirds,
      })),
      alerts: alerts.map(({ code, n, what }) => ({ code, n, what: what === undefined ? null : wordsOf(what) })),
    }
  })
}
