import type { ActivitySummary } from '@cuepoint/contracts'
import { describe, expect, it } from 'vitest'
import { chosenOf, itemsOf, pointsFrom, readyItems, toggled } from './selection.ts'

const activity = (id: string, published = true): ActivitySummary => ({
  id,
  kind: 'quiz',
  title: `Quiz ${id}`,
  questionCount: 3,
  maxScore: 9,
  published: published ? { versionId: `v${id}`, number: 2, publishedAt: '2026-01-01T00:00:00Z', maxScore: 7.5 } : null,
  draftAhead: false,
  updatedAt: '2026-01-01T00:00:00Z',
})

describe('choosing', () => {
  it('one link: another choice replaces the first', () => {
    expect(toggled(['a'], 'b', false)).toEqual(['b'])
    expect(toggled(['a'], 'a', false)).toEqual(['a'])
  })

  it('several links: on and off, in the order of choosing, up to what the LMS call takes', () => {
    expect(toggled(['a'], 'b', true)).toEqual(['a', 'b'])
    expect(toggled(['a', 'b'], 'a', true)).toEqual(['b'])
    const full = Array.from({ length: 50 }, (_, at) => String(at))
    expect(toggled(full, 'one more', true)).toEqual(full)
  })

  it('leaves out what is not published or no longer there', () => {
    expect(chosenOf([activity('a'), activity('b', false)], ['b', 'gone', 'a']).map((one) => one.id)).toEqual(['a'])
  })
})

describe('what the LMS is told', () => {
  it('starts from the title and the published points', () => {
    expect(itemsOf([activity('a')], '')).toEqual([{ activityId: 'a', title: 'Quiz a', points: '7.5' }])
  })

  it('takes the title typed in the LMS, when there is one item to give it to', () => {
    expect(itemsOf([activity('a')], ' Week 3 ')[0]?.title).toBe('Week 3')
    expect(itemsOf([activity('a'), activity('b')], 'Week 3').map((one) => one.title)).toEqual(['Quiz a', 'Quiz b'])
  })

  it('takes no title that is only the name of the tool: every link would be called so', () => {
    expect(itemsOf([activity('a')], 'Cuepoint')[0]?.title).toBe('Quiz a')
  })

  it('keeps what was already typed in the review', () => {
    const typed = { activityId: 'a', title: 'Mine', points: '3' }
    expect(itemsOf([activity('a'), activity('b')], '', [typed]).map((one) => one.title)).toEqual(['Mine', 'Quiz b'])
  })

  it('is not sent while a title or points are missing', () => {
    expect(readyItems([{ activityId: 'a', title: ' ', points: '1' }])).toBeNull()
    expect(readyItems([{ activityId: 'a', title: 'A', points: '' }])).toBeNull()
    expect(readyItems([])).toBeNull()
    expect(readyItems([{ activityId: 'a', title: ' A ', points: '7,5' }])).toEqual([{ activityId: 'a', title: 'A', points: 7.5 }])
  })

  it.each(['-1', '1e3', 'ten', '100001', 'NaN', ' '])('refuses %j as points', (text) => expect(pointsFrom(text)).toBeNull())
})
