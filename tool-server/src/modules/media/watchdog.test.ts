// What is ended because it gets no further, and what is waited for.
import { expect, test } from 'vitest'
import { isStarved, type Running, watchdog } from './watchdog.ts'

test('who wants a processor and hardly gets one is starved; who stands, sleeps or turns in a circle is not', () => {
  const of = (states: string, cpuSeconds: number) => isStarved({ states: [...states], cpuSeconds }, 10)
  expect(of('R', 0.2)).toBe(true)
  expect(of('SSRS', 1.9)).toBe(true)
  expect(of('T', 0)).toBe(false)
  expect(of('SS', 0)).toBe(false)
  expect(of('DS', 0)).toBe(false)
  expect(of('R', 10)).toBe(false)
})

test('an encoder that is starved is waited for; it is ended when it gets a processor and goes no further', async () => {
  let now: Running | null = { states: ['R'], cpuSeconds: 5 }
  let looks = 0
  const ended = new Promise<number>((resolve) => {
    const look = () => {
      looks++
      if (looks > 6 && now) now = { ...now, cpuSeconds: now.cpuSeconds + 1 }
      return now
    }
    watchdog(0.01, look, () => resolve(looks))
  })
  expect(await ended).toBeGreaterThan(6)
  now = null
  await expect(
    new Promise<string>(
      (resolve) =>
        void watchdog(
          0.01,
          () => now,
          () => resolve('ended'),
        ),
    ),
  ).resolves.toBe('ended')
})
