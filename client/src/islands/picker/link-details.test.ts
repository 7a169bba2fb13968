import { describe, expect, it } from 'vitest'
import { sentDetails, sentWindow } from './link-details.ts'

describe('windows', () => {
  it('are sent in UTC, each end by itself', () => {
    const local = '2026-12-01T08:30'
    expect(sentWindow(local, '')).toEqual({ startDateTime: new Date(2026, 11, 1, 8, 30).toISOString() })
    expect(sentWindow('', local)).toEqual({ endDateTime: new Date(2026, 11, 1, 8, 30).toISOString() })
    expect(sentWindow('', '')).toEqual({})
  })

  it('are refused where the end does not come after the start', () => {
    expect(sentWindow('2026-12-01T08:30', '2026-12-01T08:30')).toBeNull()
    expect(sentDetails({ submitFrom: '2026-12-02T08:30', submitUntil: '2026-12-01T08:30' })).toBeNull()
  })
})

it('only what was written is sent', () => {
  expect(sentDetails({})).toEqual({})
  expect(sentDetails({ text: ' Do it ', label: ' ', tag: 'homework' })).toEqual({ text: 'Do it', tag: 'homework' })
  expect(sentDetails({ tag: 'x'.repeat(101) })).toBeNull()
})
