import { describe, expect, it } from 'vitest'
import { againIn, hotSpotsOf } from './hot-spots.ts'

const watch = (plays: number[], viewers: number[], backTo: number[] = []) => {
  const zeros = plays.map(() => 0)
  const some = { attempts: 10, completed: 3, speeds: [], cues: [] }
  return {
    assetId: null,
    durationSeconds: plays.length * 5,
    bucketSeconds: 5,
    ...some,
    plays,
    viewers,
    sent: zeros,
    paused: zeros,
    backTo: zeros.map((_, at) => backTo[at] ?? 0),
    slowed: zeros,
    leftAt: zeros,
  }
}

describe('Where a video may be hard to follow', () => {
  it('is where it was watched again and gone back to far more than elsewhere', () => {
    const spots = hotSpotsOf(watch([10, 10, 22, 10, 10, 10], [10, 10, 10, 10, 10, 10], [0, 0, 6]))
    expect(spots).toEqual([{ from: 10, to: 15, again: 12, back: 6, paused: 0, slowed: 0 }])
  })
  it('is nowhere when all is alike, or when hardly anybody was there', () => {
    expect(hotSpotsOf(watch([12, 12, 12], [10, 10, 10]))).toEqual([])
    expect(hotSpotsOf(watch([9, 2, 1], [2, 2, 1]))).toEqual([])
  })
  it('is not where a question sent back to, but where somebody wished to see it again', () => {
    const all = [10, 10, 10, 10, 10]
    const sentBack = { ...watch([10, 40, 10, 14, 10], all), sent: [0, 30, 0, 0, 0] }
    expect(againIn(sentBack)).toEqual([0, 0, 0, 4, 0])
    expect(hotSpotsOf(sentBack)).toEqual([{ from: 15, to: 20, again: 4, back: 0, paused: 0, slowed: 0 }])
  })
  it('is where the speed was turned down', () => {
    const slowed = [0, 0, 0, 5, 0, 0]
    const all = [10, 10, 10, 10, 10, 10]
    expect(hotSpotsOf({ ...watch(all, all), slowed })).toEqual([{ from: 15, to: 20, again: 0, back: 0, paused: 0, slowed: 5 }])
  })
  it('is one stretch where two lie side by side', () => {
    expect(hotSpotsOf(watch([10, 10, 40, 38, 10, 10, 10, 10, 10, 10], new Array(10).fill(10), [0, 0, 1, 2]))).toEqual([
      { from: 10, to: 20, again: 30, back: 3, paused: 0, slowed: 0 },
    ])
  })
})
