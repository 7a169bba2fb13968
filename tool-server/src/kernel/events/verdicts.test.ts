import { expect, test } from 'vitest'
import { GiveUp, TryLater } from '../errors.ts'
import type { Delivery } from '../module.ts'
import { deadlyRows, verdictsOf, verdictsOfError, waitSeconds } from './verdicts.ts'

const retry = { firstSeconds: 2, capSeconds: 60, attempts: 5 }
const row = (id: string, attempt: number) => ({ id, attempt }) as Delivery

test('waits double up to the cap, a quarter more or less', () => {
  expect([1, 2, 3, 4, 5, 6, 50].map((attempt) => waitSeconds(retry, attempt, 0.5))).toEqual([2, 4, 8, 16, 32, 60, 60])
  expect([waitSeconds(retry, 1, 0), waitSeconds(retry, 1, 1)]).toEqual([1.5, 2.5])
})

test('a row that the listener does not name is done, the others get what it says', () => {
  const outcomes = new Map([
    ['2', { giveUp: 'the learner is gone' }],
    ['3', { retry: 'busy', afterSeconds: 30 }],
  ])
  const [one, two, three] = verdictsOf([row('1', 1), row('2', 1), row('3', 1)], outcomes, retry)
  expect(one).toEqual({ id: '1', state: 'done' })
  expect(two).toEqual({ id: '2', state: 'parked', reason: 'the learner is gone' })
  expect(three).toMatchObject({ state: 'due', reason: 'busy' })
  expect(three?.state === 'due' && three.afterSeconds).toBeGreaterThanOrEqual(30)
  expect(three?.state === 'due' && three.afterSeconds).toBeLessThanOrEqual(33)
})

test('what is thrown concerns the whole batch, and parks the rows that have had all their tries', () => {
  const states = (error: unknown) => verdictsOfError([row('1', 4), row('2', 5)], error, retry).map((verdict) => verdict.state)
  expect(states(new Error('a bug'))).toEqual(['due', 'parked'])
  expect(states(new TryLater('slow down', 9))).toEqual(['due', 'parked'])
  expect(states(new GiveUp('never'))).toEqual(['parked', 'parked'])
  expect(states(undefined)).toEqual(['due', 'parked'])
})

test('a row is not run again once it has ended more workers than it may fail', () => {
  expect(deadlyRows([row('1', 8), row('2', 9)], retry).map((verdict) => verdict.id)).toEqual(['2'])
})

test.each([
  ['401 for Bearer abc.def-1', '401 for Bearer [token]'],
  ['{"access_token":"s3cret","x":1}', '{"access_token":"[removed]","x":1}'],
  ['client_assertion=eyJhbGciOi.eyJpc3Mi.c2ln&scope=a', 'client_assertion=[removed]&scope=a'],
  ['token eyJhbGciOi.eyJpc3Mi.c2ln was refused', 'token [token] was refused'],
  ['connect to postgres://me:pw@host failed', 'connect to postgres://[removed]@host failed'],
])('of "%s" is kept "%s"', (message, kept) => {
  const [verdict] = verdictsOfError([row('1', 1)], new Error(message), retry)
  expect(verdict?.state === 'due' && verdict.reason).toBe(kept)
})
