import { expect, test } from 'vitest'
import { serves, unserved } from './presence.ts'

test('a pattern names a listener, a room, or all', () => {
  expect(serves(['*'], 'lti.send-score')).toBe(true)
  expect(serves(['media.*'], 'media.encode-chunk')).toBe(true)
  expect(serves(['media.*'], 'lti.send-score')).toBe(false)
  expect(serves(['lti.send-score', 'media.*'], 'lti.send-score')).toBe(true)
  expect(serves(['lti.send'], 'lti.send-score')).toBe(false)
})

test('what no process serves is named', () => {
  const names = ['lti.send-score', 'media.encode-chunk', 'media.plan-transcode']
  expect(unserved(names, [])).toEqual(names)
  expect(unserved(names, [{ listens: ['lti.*'] }])).toEqual(['media.encode-chunk', 'media.plan-transcode'])
  expect(unserved(names, [{ listens: ['lti.*'] }, { listens: ['media.*'] }])).toEqual([])
})
