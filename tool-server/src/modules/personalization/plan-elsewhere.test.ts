import type { AdvicePlan } from '@cuepoint/contracts'
import { expect, it } from 'vitest'
import { namedIn, planHere, topicsNamedIn } from './plan-elsewhere.ts'

const span = { activityId: null, fromSeconds: 1, toSeconds: 2 }
const plan: AdvicePlan = {
  automatic: true,
  rules: [
    { when: 'score-below', share: 0.5, activityIds: ['a', 'b'], span: { ...span, activityId: 'clip' } },
    { when: 'watched-below', share: 0.9 },
    { when: 'topic-wrong', topicId: 'roots', times: 2 },
    { when: 'topic-wrong', topicId: null, times: 3 },
    { when: 'score-from', share: 0.8, activityId: 'c' },
  ],
}

it('names what stands for it here, part of a video and topics as well', () => {
  const pairs = [...namedIn(plan), ...topicsNamedIn(plan)].map((id): [string, string] => [id, `${id} here`])
  const here = planHere(plan, { activities: new Map(pairs), topics: new Map(pairs) })
  expect(here.missing).toEqual({ activityIds: [], topicIds: [] })
  expect(here.plan.rules).toEqual([
    { when: 'score-below', share: 0.5, activityIds: ['a here', 'b here'], span: { ...span, activityId: 'clip here' } },
    { when: 'watched-below', share: 0.9 },
    { when: 'topic-wrong', topicId: 'roots here', times: 2 },
    { when: 'topic-wrong', topicId: null, times: 3 },
    { when: 'score-from', share: 0.8, activityId: 'c here' },
  ])
})

it('leaves out what is not here, and says what that is', () => {
  const { plan: here, missing } = planHere(plan, { activities: new Map([['b', 'b here']]), topics: new Map() })
  expect(here.rules).toEqual([
    { when: 'score-below', share: 0.5, activityIds: ['b here'], span: null },
    { when: 'watched-below', share: 0.9 },
    { when: 'topic-wrong', topicId: null, times: 3 },
  ])
  expect(missing).toEqual({ activityIds: ['a', 'clip', 'c'], topicIds: ['roots'] })
})

it('keeps a part of the activity’s own video wherever it is', () => {
  const own: AdvicePlan = { automatic: false, rules: [{ when: 'score-below', share: 0.5, activityIds: ['gone'], span }] }
  const { plan: here } = planHere(own, { activities: new Map(), topics: new Map() })
  expect(here).toEqual({ automatic: false, rules: [{ when: 'score-below', share: 0.5, activityIds: [], span }] })
})
