// What statements say of what was played: exact to the moments that the page told, and nothing beyond what the server's clock credits.
import { describe, expect, it } from 'vitest'
import { type Credit, type Move, playedUpTo } from './played-told.ts'

const credit = (watched: [number, number][], spareSeconds = 0): Credit => ({ watched, lengthSeconds: 100, spareSeconds })
const move = (name: string, seconds: number, over: Partial<Move> = {}): Move => ({
  name,
  viewId: 'a',
  at: seconds * 1000,
  seconds,
  ...over,
})
const seek = (from: number, to: number, over: Partial<Move> = {}): Move =>
  move('video.seeked', from, { seconds: null, fromSeconds: from, toSeconds: to, ...over })

const story = [
  move('assessment.video.initialized', 0, { seconds: null }),
  move('assessment.video.played', 0),
  move('assessment.video.paused', 12.346),
  seek(12.346, 30),
  move('video.played', 30),
  seek(34.5, 50),
  move('video.paused', 52),
]

describe('What was played up to an event', () => {
  it('is exact to the times that were told, though the reports say it a little differently and all came at once', () => {
    const reported = credit([
      [0.02, 12.31],
      [30, 34.4],
      [50.1, 51.9],
    ])
    const upTo = story.map((_, place) => playedUpTo(story, place, reported))
    expect(upTo[1]).toEqual([])
    expect(upTo[2]).toEqual([[0, 12.346]])
    expect(upTo[4]).toEqual([[0, 12.346]])
    expect(upTo[5]).toEqual([
      [0, 12.346],
      [30, 34.5],
    ])
    expect(upTo[6]?.at(-1)).toEqual([50, 52])
  })
  it('is not what a page claims: what was not credited is left out', () => {
    const claimed = [move('video.played', 0), move('video.paused', 90)]
    expect(playedUpTo(claimed, 1, credit([[0, 10]]))).toEqual([[0, 10]])
    expect(playedUpTo(claimed, 1, credit([]))).toEqual([])
    // Many small ones are no more.
    const crumbs = Array.from({ length: 50 }, (_, at) => [move('video.played', at * 2), move('video.paused', at * 2 + 0.7)]).flat()
    expect(playedUpTo(crumbs, 99, credit([[0, 1]]))).toEqual([[0, 0.7]])
  })
  it('believes a page that leaves what it can have played since its last report, once', () => {
    const leaving = [move('video.played', 0), move('video.paused', 14), move('video.terminated', 14)]
    expect(playedUpTo(leaving, 2, credit([[0, 10]], 5))).toEqual([[0, 14]])
    expect(playedUpTo(leaving, 2, credit([[0, 10]], 3))).toEqual([[0, 10]])
    const twice = [...leaving, move('video.played', 50), move('video.paused', 54)]
    expect(playedUpTo(twice, 4, credit([[0, 10]], 5))).toEqual([[0, 14]])
  })
  it('has what was credited to a page that was lost before it could tell', () => {
    const lost = [move('video.played', 0), move('video.played', 40, { viewId: 'b' }), move('video.paused', 45, { viewId: 'b' })]
    const reported = credit([
      [0, 20],
      [40, 45],
    ])
    expect(playedUpTo(lost, 2, reported)).toEqual([
      [0, 20],
      [40, 45],
    ])
    // What plays now has no end yet.
    const plays = [move('video.played', 0), seek(20, 40)]
    expect(playedUpTo(plays, 1, reported)).toEqual([[0, 20]])
  })
})
