import type { LearnerRow } from '@cuepoint/contracts'
import { expect, it } from 'vitest'
import { countsOf, inGroup, inOrder } from './learners.ts'

const learner = (
  name: string,
  state: LearnerRow['state'],
  score: number | null,
  sync: 'accepted' | 'refused' = 'accepted',
): LearnerRow => ({
  personId: name,
  name,
  number: null,
  state,
  attempts: [],
  result: score === null ? null : { score, maxScore: 10, attempts: 1, sync: { state: sync, reason: null, at: null } },
  lastActiveAt: null,
  enrolment: 'active',
  groupIds: [],
})
const rows = [
  learner('Zoë', 'finished', 5),
  learner('Ångström', 'started', null),
  learner('anna', 'finished', 9, 'refused'),
  learner("D'Souza", 'not-started', null),
  learner('Bo', 'finished', 5),
]
const names = (list: readonly LearnerRow[]) => list.map((row) => row.name)

it('sorts by name as the locale does', () => {
  expect(names(inOrder(rows, { by: 'name', direction: 'ascending' }, 'en'))).toEqual(['Ångström', 'anna', 'Bo', "D'Souza", 'Zoë'])
  expect(names(inOrder(rows, { by: 'name', direction: 'ascending' }, 'sv')).at(-1)).toBe('Ångström')
})

it('sorts by score with those without one last, either way round', () => {
  expect(names(inOrder(rows, { by: 'score', direction: 'ascending' }, 'en'))).toEqual(['Bo', 'Zoë', 'anna', 'Ångström', "D'Souza"])
  expect(names(inOrder(rows, { by: 'score', direction: 'descending' }, 'en'))).toEqual(['anna', 'Bo', 'Zoë', 'Ångström', "D'Souza"])
})

it('counts each group, and finds whose score the LMS refused', () => {
  expect(countsOf(rows)).toEqual({ all: 5, 'not-started': 1, started: 1, 'ran-out': 0, finished: 3, trouble: 1 })
  expect(names(inGroup(rows, 'trouble'))).toEqual(['anna'])
})

it('takes any locale', () => {
  expect(inOrder(rows, { by: 'name', direction: 'ascending' }, 'x-bad!')).toHaveLength(5)
})

it('sorts by number where there are no names', () => {
  const numbered = [3, 1, 2].map((number): LearnerRow => ({ ...learner('', 'finished', 5), personId: `${9 - number}`, number }))
  for (const by of ['name', 'score'] as const)
    expect(inOrder(numbered, { by, direction: 'ascending' }, 'en').map((row) => row.number)).toEqual([1, 2, 3])
})
