import type { CourseGroup, LearnerRow } from '@cuepoint/contracts'
import { expect, it } from 'vitest'
import { everyone, firstSectionOf, groupName, inSection } from './sections.ts'

const group = (id: string, kind: CourseGroup['kind'], own: boolean): CourseGroup => ({ id, kind, name: id, named: true, own })

it('shows a teacher of one section their section first, and everybody else everyone', () => {
  expect(firstSectionOf([group('a', 'section', true), group('b', 'section', false)])).toBe('a')
  expect(firstSectionOf([group('a', 'section', true), group('b', 'section', true)])).toBe(everyone)
  expect(firstSectionOf([group('a', 'section', false), group('b', 'section', false)])).toBe(everyone)
  expect(firstSectionOf([group('a', 'section', true)])).toBe(everyone)
  expect(firstSectionOf([group('a', 'section', false), group('g', 'group', true)])).toBe(everyone)
})

it('shows those of the section', () => {
  const rows = [{ groupIds: ['a'] }, { groupIds: ['a', 'b'] }, { groupIds: [] }] as unknown as LearnerRow[]
  expect(inSection(rows, everyone)).toHaveLength(3)
  expect(inSection(rows, 'a')).toHaveLength(2)
  expect(inSection(rows, 'b')).toEqual([rows[1]])
})

it('calls a section or group without a name by its number, and says which are one’s own', () => {
  expect(groupName({ ...group('Monday', 'section', false) })).toBe('Monday')
  expect(groupName({ ...group('7', 'section', false), named: false })).toBe('Section 7')
  expect(groupName({ ...group('8', 'group', true), named: false })).toBe('Group 8 (yours)')
})
