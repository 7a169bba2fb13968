import { beforeEach, expect, it, vi } from 'vitest'
import { Refresher } from './refresher.ts'

let ask: ReturnType<typeof vi.fn<() => Promise<number>>>
let told: number[]
let failed: unknown[]
let refresher: Refresher<number>
beforeEach(() => {
  vi.useFakeTimers()
  ask = vi.fn(async () => ask.mock.calls.length)
  told = []
  failed = []
  refresher = new Refresher({
    ask,
    tell: (fresh) => told.push(fresh),
    fail: (error) => failed.push(error),
    lasting: (error) => error === 'over',
    later: (ms, run) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
  })
  refresher.start(true)
})

it('asks every five seconds while seen, once a minute while hidden, at once when seen again', async () => {
  await vi.advanceTimersByTimeAsync(10_000)
  expect(told).toEqual([1, 2])
  refresher.show(false)
  await vi.advanceTimersByTimeAsync(59_000)
  expect(ask).toHaveBeenCalledTimes(2)
  refresher.show(true)
  await vi.advanceTimersByTimeAsync(0)
  expect(ask).toHaveBeenCalledTimes(3)
})

it('asks more rarely while nobody answers, and as before once somebody does', async () => {
  ask.mockRejectedValueOnce('away').mockRejectedValueOnce('away')
  await vi.advanceTimersByTimeAsync(5_000)
  await vi.advanceTimersByTimeAsync(9_000)
  expect(failed).toEqual(['away'])
  await vi.advanceTimersByTimeAsync(1_000)
  expect(failed).toEqual(['away', 'away'])
  await vi.advanceTimersByTimeAsync(20_000)
  expect(told).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(5_000)
  expect(told).toHaveLength(2)
})

it('stops where asking again cannot help', async () => {
  ask.mockRejectedValue('over')
  await vi.advanceTimersByTimeAsync(600_000)
  expect(ask).toHaveBeenCalledTimes(1)
})

it('makes one call of two at once, and none after closing', async () => {
  await Promise.all([refresher.refresh(), refresher.refresh()])
  expect(ask).toHaveBeenCalledTimes(1)
  refresher.close()
  await vi.advanceTimersByTimeAsync(60_000)
  expect(ask).toHaveBeenCalledTimes(1)
})
