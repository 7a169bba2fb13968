import { describe, expect, it } from 'vitest'
import { hotSpotsOf, pausesOf } from './hot-spots.ts'

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
    paused: zeros,
    backTo: zeros.map((_, at) => backTo[at] ?? 0),
    leftAt: zeros,
  }
}

describe('Where a video may be hard to follow', () => {
  it('is where it was watched again and gone back to far more than elsewhere', () => {
    const spots = hotSpotsOf(watch([10, 10, 22, 10, 10, 10], [10, 10, 10, 10, 10, 10], [0, 0, 6]))
    expect(spots).toEqual([{ from: 10, to: 15, again: 12, back: 6, paused: 0 }])
  })
  it('is nowhere when all is alike, or when hardly anybody was there', () => {
    expect(hotSpotsOf(watch([12, 12, 12], [10, 10, 10]))).toEqual([])
    expect(hotSpotsOf(watch([9, 2, 1], [2, 2, 1]))).toEqual([])
  })
  it('is not where the player paused for a question', () => {
    const asked = { questionId: 'q', number: 1, firstTries: 9, wrong: 1 }
    const cues = [
      { ...asked, atSeconds: 7 },
      { ...asked, atSeconds: 15.2 },
    ]
    const paused = [1, 60, 2, 50, 3]
    expect(pausesOf({ paused, cues, bucketSeconds: 5 })).toEqual([1, 0, 0, 0, 3])
    const all = new Array(5).fill(10)
    expect(hotSpotsOf({ ...watch(all, all), paused, cues }).map(({ from }) => from)).toEqual([20])
  })
  it('is one stretch where two lie side by side', () => {
    expect(hotSpotsOf(watch([10, 10, 40, 38, 10, 10, 10, 10, 10, 10], new Array(10).fill(10), [0, 0, 1, 2]))).toEqual([
      { from: 10, to: 20, again: 30, back: 3, paused: 0 },
    ])
  })
})
