// Which name is whose, where only the list of all is told.
import { expect, it } from 'vitest'
import { nameLeft } from './name-left.ts'

const group = (externalId: string, name = '') => ({ externalId, name })

it.each([
  ['the last of two', [group('7', 'Monday'), group('8')], ['Tuesday', 'Monday'], group('8', 'Tuesday')],
  ['one that has a new name', [group('7', 'Monday'), group('8', 'Tuesday')], ['Friday', 'Monday'], group('8', 'Friday')],
  ['the second of one name', [group('7', 'Lab'), group('8')], ['Lab', 'Lab'], group('8', 'Lab')],
  ['none of two that are not known', [group('7'), group('8')], ['Monday', 'Tuesday'], undefined],
  ['none where all are known', [group('7', 'Monday'), group('8', 'Tuesday')], ['Tuesday', 'Monday'], undefined],
  ['none where more are told than there are', [group('7', 'Monday'), group('8')], ['Monday', 'Tuesday', 'Friday'], undefined],
] as const)('tells %s', (_says, groups, names, wanted) => {
  expect(nameLeft(groups, names)).toEqual(wanted)
})
