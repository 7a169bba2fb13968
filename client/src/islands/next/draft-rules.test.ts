import type { AdvicePlan } from '@cuepoint/contracts'
import { describe, expect, it } from 'vitest'
import { draftOf, newRule, planOf } from './draft-rules.ts'

const view = { activity: { id: 'a', title: 'Clip', kind: 'video' as const, durationSeconds: 90 } }
const plan: AdvicePlan = {
  automatic: false,
  rules: [
    { when: 'score-below', share: 0.5, activityIds: ['b'], span: { fromSeconds: 10, toSeconds: 75.5 } },
    { when: 'watched-below', share: 0.9 },
    { when: 'topic-wrong', topicId: null, times: 3 },
    { when: 'score-from', share: 0.8, activityId: 'c' },
  ],
}

describe('rules while they are written', () => {
  it('are saved as they were read', () => {
    expect(planOf(plan.rules.map(draftOf), false, view)).toEqual({ plan, wrong: [] })
  })
  it('say by number what is missing, and are not saved then', () => {
    const drafts = [newRule('watched-below'), newRule('score-from'), newRule('score-below')]
    expect(planOf(drafts, true, view)).toEqual({
      plan: null,
      wrong: [
        { number: 2, what: 'bad.choose' },
        { number: 3, what: 'bad.nothing' },
      ],
    })
  })
  it.each([
    ['0:30', '0:10'],
    ['0:30', ''],
    ['soon', '1:00'],
    ['1:00', '2:00'],
  ])('take no part from %s to %s of a video of 1:30', (from, to) => {
    const { wrong } = planOf([{ ...newRule('score-below'), withSpan: true, from, to }], true, view)
    expect(wrong).toEqual([{ number: 1, what: 'bad.span' }])
  })
})
