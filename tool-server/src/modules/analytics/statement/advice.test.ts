// Advice as statements, judged as all others are.
import { type EventData, eventKind, type LearningEvent } from '@cuepoint/contracts'
import { expect, it } from 'vitest'
import { findingsIn } from '../../../../../fixtures/xapi/profile.ts'
import { warningsOf } from '../../../../tests/_xapi-warnings.ts'
import type { Facts } from './context.ts'
import { statementsOf } from './statements-of.ts'

const uuid = (last: number) => `6c1d3d6e-2c2f-4a52-8c3a-${String(last).padStart(12, '0')}`
const facts: Facts = {
  base: 'https://tool.example.org',
  actor: { objectType: 'Agent', account: { homePage: 'https://lms.example.edu', name: 'sub-1' } },
  target: '',
  course: { id: uuid(50), externalId: '55', title: 'Biology' },
  sections: [],
  version: null,
  activityTitle: 'Cells',
}
const advised = {
  ...{ recommendationId: uuid(70), activityId: uuid(2), attemptId: uuid(1), reason: 'watched-below' as const },
  target: { activityId: uuid(71), title: 'Roots', span: { fromSeconds: 10, toSeconds: 20.5 } },
}

type Name = 'personalization.recommendation.shown' | 'personalization.recommendation.followed'
function event<N extends Name>(name: N, data: EventData<N>, last: number): LearningEvent<N> {
  const scope = { institutionId: uuid(90), courseId: uuid(50), personId: uuid(91), placementId: uuid(92) }
  const kind = eventKind(name)
  return { id: uuid(last), name, version: kind.version, occurredAt: new Date('2026-11-22T16:00:00Z'), ...scope, data }
}

it('is experienced when it was shown and interacted with when followed, and says why, where from and what it leads to', () => {
  const statements = [
    ...statementsOf(event('personalization.recommendation.shown', advised, 80), facts),
    ...statementsOf(event('personalization.recommendation.followed', { ...advised, how: 'played' }, 81), facts),
  ]
  expect(statements.map(({ verb }) => verb.id.split('/').at(-1))).toEqual(['experienced', 'interacted'])
  expect(statements.map(warningsOf)).toEqual([[], []])
  expect(findingsIn(statements)).toEqual([])
  for (const { object, context } of statements) {
    expect(object).toMatchObject({ id: `${facts.base}/xapi/advice/${uuid(70)}`, definition: { name: { und: 'Roots' } } })
    expect(context.registration).toBe(uuid(1))
    expect(context.contextActivities.parent?.[0]?.id).toContain(uuid(2))
    expect(context.contextActivities.other?.[0]?.id).toContain(uuid(71))
    expect(context.extensions).toMatchObject({
      [`${facts.base}/xapi/extensions/advice-reason`]: 'watched-below',
      [`${facts.base}/xapi/extensions/advice-to`]: 20.5,
    })
  }
  expect(statements[1]?.context.extensions).toMatchObject({ [`${facts.base}/xapi/extensions/advice-followed`]: 'played' })
})
