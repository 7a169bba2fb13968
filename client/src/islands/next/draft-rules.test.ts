import type { AdvicePlan } from '@cuepoint/contracts'
import { describe, expect, it } from 'vitest'
import { draftOf, newRule, planOf } from './draft-rules.ts'

const clip = { id: 'a', title: 'Clip', kind: 'video' as const, durationSeconds: 90 }
const view = { activity: clip, activities: [{ ...clip, id: 'other', durationSeconds: 30, placed: true }] }
const plan: AdvicePlan = {
  automatic: false,
  rules: [
    { when: 'score-below', share: 0.5, activityIds: ['b'], span: { activityId: null, fromSeconds: 10, toSeconds: 75.5 } },
    { when: 'score-below', share: 0.4, activityIds: [], span: { activityId: 'other', fromSeconds: 10, toSeconds: 30 } },
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
  it('take a part of another video by its own length, and of a quiz only of a video that was chosen', () => {
    const part = { ...newRule('score-below'), withSpan: true, from: '0:10', to: '1:00' }
    expect(planOf([{ ...part, spanOf: 'other' }], true, view).wrong).toEqual([{ number: 1, what: 'bad.span' }])
    const quiz = { ...view, activity: { ...clip, kind: 'quiz' as const, durationSeconds: null } }
    expect(planOf([part], true, quiz).wrong).toEqual([{ number: 1, what: 'bad.video' }])
    expect(planOf([{ ...part, spanOf: 'other', to: '0:20' }], true, quiz).wrong).toEqual([])
  })
})
