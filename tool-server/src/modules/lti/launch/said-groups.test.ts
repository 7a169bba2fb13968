// What Canvas and Moodle put into custom parameters of sections and groups.
import { expect, it } from 'vitest'
import { saidGroupsFrom } from './said-groups.ts'

const section = (externalId: string, name = '') => ({ externalId, name })

it.each([
  ['nothing of it', {}, null],
  [
    'a variable that the LMS does not know',
    { section_ids: '$Canvas.course.sectionIds', section_names: '$com.instructure.User.sectionNames' },
    null,
  ],
  ['none', { section_ids: '' }, []],
  ['one, with its name', { section_ids: '7', section_names: '["Monday"]' }, [section('7', 'Monday')]],
  ['two, whose names stand in another order', { section_ids: '7, 8', section_names: '["Tuesday","Monday"]' }, [section('7'), section('8')]],
  ['one twice', { section_ids: '7,7', section_names: '["Monday"]' }, [section('7', 'Monday')]],
  ['names that are none', { section_ids: '7', section_names: '{"a":1}' }, [section('7')]],
  ['names that cannot be read', { section_ids: '7', section_names: '["Mon' }, [section('7')]],
])('reads %s', (_says, custom, wanted) => {
  expect(saidGroupsFrom(custom).section).toEqual(wanted)
})

it('reads the ids of groups, and not more than a person can have', () => {
  expect(saidGroupsFrom({ group_ids: '4,5' })).toEqual({ section: null, group: [section('4'), section('5')], sectionNames: [] })
  expect(saidGroupsFrom({ group_ids: Array.from({ length: 5000 }, (_, n) => n).join(',') }).group).toHaveLength(100)
})
