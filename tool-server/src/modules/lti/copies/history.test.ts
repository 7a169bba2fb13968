import { expect, it } from 'vitest'
import { historyFrom } from './history.ts'

it.each([
  [undefined, []],
  ['', []],
  ['$Context.id.history', []],
  ['42', ['42']],
  ['42,17, 9', ['42', '17', '9']],
  ['course%2C1,course%20b', ['course,1', 'course b']],
  ['100%,x', ['100%', 'x']],
  [',,a,', ['a']],
])('reads %s', (value, wanted) => {
  expect(historyFrom(value)).toEqual(wanted)
})

it('does not take more than a course can have', () => {
  expect(historyFrom(Array.from({ length: 5000 }, (_, n) => n).join(','))).toHaveLength(50)
})
