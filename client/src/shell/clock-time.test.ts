import { expect, it } from 'vitest'
import { clockOf, preciseClockOf, secondsIn } from './clock-time.ts'

it('writes moments as people do', () => {
  expect([0, 4.9, 64, 600, 3729].map(clockOf)).toEqual(['0:00', '0:04', '1:04', '10:00', '1:02:09'])
  expect([64, 64.52, 59.97].map(preciseClockOf)).toEqual(['1:04', '1:04.5', '1:00'])
})

it('reads what is typed, and says no to what is no moment', () => {
  expect(['64', '1:04', '1:04,5', '1:02:09', ' 0:00 ', '90:00'].map(secondsIn)).toEqual([64, 64, 64.5, 3729, 0, 5400])
  expect(['', 'later', '1:75', '1:75:00', '-3', '1:'].map(secondsIn)).toEqual([null, null, null, null, null, null])
})
