// Events as they were recorded, of every kind and of every version that there was: they still fit, and become the same statements.
import { readFileSync } from 'node:fs'
import { eventKind, events, type LearningEvent } from '@cuepoint/contracts'
import { expect, it } from 'vitest'
import { findingsIn } from '../../../../../fixtures/xapi/profile.ts'
import { warningsOf } from '../../../../tests/_xapi-warnings.ts'
import type { Facts } from './context.ts'
import { statementsOf } from './statements-of.ts'

const golden = JSON.parse(
  readFileSync(new URL('../../../../../fixtures/golden/events-0.1.json', import.meta.url), 'utf8'),
) as (LearningEvent & { occurredAt: string })[]

const common = { points: 1, topicIds: [], feedback: { right: '', wrong: '' } }
const choices = ['a', 'b'].map((id) => ({ id, text: id, correct: id === 'b', feedback: '' }))
const settings = {
  attemptsAllowed: null,
  counting: 'best',
  shuffleQuestions: false,
  shuffleChoices: false,
  showAnswers: 'after-submit',
  timeLimitSeconds: null,
} as const
const facts: Facts = {
  base: 'https://tool.example.org',
  actor: { objectType: 'Agent', account: { homePage: 'https://lms.example.edu', name: 'sub-1' } },
  ...{ target: '', course: null, sections: [], activityTitle: 'Cells' },
  version: {
    ...{ id: 'version', activityId: 'activity', number: 4, title: 'Cells', maxScore: 2 },
    document: {
      kind: 'quiz',
      intro: '',
      settings,
      questions: [
        { ...common, id: 'single', kind: 'single-choice', prompt: 'Which?', choices },
        { ...common, id: 'g', kind: 'number', prompt: 'g?', value: 9.81, tolerance: { kind: 'absolute', amount: 0.1 }, unit: '' },
      ],
    },
  },
}

it('there is one of every event in the version that it has now, and of the versions before', () => {
  const held = new Set(golden.map(({ name, version }) => `${name} ${version}`))
  const wanted = events.flatMap(({ name, version }) => Array.from({ length: version }, (_, at) => `${name} ${at + 1}`))
  expect(wanted.filter((one) => !held.has(one))).toEqual([])
})

it('they still fit their declarations, word for word', () => {
  for (const { name, data } of golden) expect(eventKind(name).data.parse(data)).toEqual(data)
})

it('they still become the same statements', () => {
  const told = golden.flatMap((one) => statementsOf({ ...one, occurredAt: new Date(one.occurredAt) } as LearningEvent, facts))
  for (const one of told) expect({ verb: one.verb.id, warnings: warningsOf(one) }).toEqual({ verb: one.verb.id, warnings: [] })
  expect(findingsIn(told)).toEqual([])
  expect(told.map(({ id, verb }) => `${verb.id.split('/').at(-1)} ${id}`)).toMatchInlineSnapshot(`
    [
      "attempted 82296dda-9f2b-47e8-bf9b-b07f0edfa14b",
      "answered c08fc734-b97b-43a6-b656-a4bc8f2931d5",
      "completed a04ecca6-aff6-4713-aa9f-e426855fbae5",
      "terminated 74b4cf11-ab06-44a2-9420-ed3c4d359b62",
      "scored 3748887b-e7ca-4c9d-83f5-15a511ee40fd",
      "paused e74697bb-0c05-4056-a482-bfb933368583",
      "seeked c7deff98-5c20-4ab8-9c06-7148b522e089",
      "initialized 71bd2ef8-8d97-4741-8cc9-74f34e25f3ef",
      "interacted 943f8985-150f-4727-bddd-f51d00897b4c",
      "answered 1085fa14-ca37-420e-b821-19ff183b1908",
      "completed 5332202b-a292-4eab-b089-24756ffceffa",
      "passed 3fcd5513-a615-40b2-a061-abc4ab1738ad",
      "terminated ffdbc7a9-00c8-4563-a6fe-29c7081353ee",
      "answered 88de8bf2-89c4-4f16-934f-95af1b94c037",
      "completed 749f7741-57a1-4b80-bd02-0a82f93cbab7",
      "passed de2cb037-bc43-4444-b937-591b21945bd6",
      "terminated e2222cbd-ed9e-44fa-8149-8a5efa30ed6f",
      "attempted ac6b8376-b5c1-4eea-9499-e6bb201abbd3",
      "experienced 9edef3b6-f209-4906-9ecb-3ec17a8e1ea2",
      "answered 8aef10e3-3686-4bc5-9e11-6a7bae2d0573",
      "initialized 6b3d89e0-eb2d-44bf-a5f4-0fb4a74a44b3",
      "played 918ee025-965f-43e8-bfdf-e315afb03f91",
      "paused 151bbc06-ecbe-4da3-9d67-bdac1000a543",
      "seeked 41d77c62-afa2-4a16-bed8-0d55c41c6048",
      "completed d73a38b8-d810-47b8-8979-5f63ec071b4f",
      "terminated 16be731a-010b-4d3c-b987-404253c94add",
      "interacted 387b1c18-3eaa-4bf6-8dbf-4413c3719d38",
      "experienced 699263af-380b-4cac-85bc-548a51cb77ca",
      "interacted 32e398bb-6125-455b-9058-722cd3689fd3",
    ]
  `)
})
