// Watching is counted by the server's clock: whatever is claimed, in whatever order, by however many views.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { furthestOf, secondsIn, unionOf, watchedShareOf } from './stretches.ts'
import { creditedOf, unwatched, type Watching, type WatchReport, watchScoreOf } from './watch.ts'

const lengthSeconds = 100
const seconds = fc.double({ min: -10, max: 130, noNaN: true })
const stretch = fc.tuple(seconds, seconds)
const stretches = fc.array(stretch, { maxLength: 30 })

describe('the union of stretches', () => {
  it('does not depend on their order, nor on how they are put together', () => {
    fc.assert(
      fc.property(stretches, fc.nat(30), (all, at) => {
        const whole = unionOf(all, lengthSeconds)
        expect(unionOf(all.toReversed(), lengthSeconds)).toEqual(whole)
        const [first, second] = [unionOf(all.slice(0, at), lengthSeconds), unionOf(all.slice(at), lengthSeconds)]
        expect(unionOf([...second, ...first], lengthSeconds)).toEqual(whole)
        expect(unionOf(whole, lengthSeconds)).toEqual(whole)
      }),
    )
  })
  it('is in order, without overlaps, and never longer than the video', () => {
    fc.assert(
      fc.property(stretches, (all) => {
        const union = unionOf(all, lengthSeconds)
        for (const [from, to] of union) expect(to).toBeGreaterThan(from)
        union.slice(1).forEach(([from], at) => {
          expect(from).toBeGreaterThan(union[at]?.[1] ?? Infinity)
        })
        expect(secondsIn(union)).toBeLessThanOrEqual(lengthSeconds)
        expect(furthestOf(union)).toBeLessThanOrEqual(lengthSeconds)
        expect(watchedShareOf(union, lengthSeconds)).toBeLessThanOrEqual(1)
      }),
    )
  })
  it('holds every moment of each of them', () => {
    fc.assert(
      fc.property(stretches, fc.double({ min: 0, max: lengthSeconds, noNaN: true }), (all, moment) => {
        const near = (from: number, to: number) => from - 0.001 <= moment && moment <= to + 0.001
        // Of what lies inside the video; shorter than the rounding is nothing.
        const inside = ([from, to]: Readonly<[number, number]>) => Math.min(to, lengthSeconds) - Math.max(from, 0)
        if (!all.some((one) => inside(one) > 0.01 && one[0] < moment && moment < one[1])) return
        expect(unionOf(all, lengthSeconds).some(([from, to]) => near(from, to))).toBe(true)
      }),
    )
  })
  it('is all of a video that lacks its last moment, and nothing of one that has no length', () => {
    expect(watchedShareOf([[0, 99.2]], 100)).toBe(1)
    expect(watchedShareOf([[0, 98]], 100)).toBe(0.98)
    expect(watchedShareOf([[0, 5]], 10)).toBe(0.5)
    expect(watchedShareOf([], 0)).toBe(0)
  })
})

const t0 = 1_000_000

/** A server's clock and one attempt's state. */
class Attempt {
  state: Watching = unwatched
  at = t0
  maySkip = true
  seq = 0
  lengthSeconds = lengthSeconds
  hear(report: Partial<WatchReport> & { stretch?: [number, number]; speed?: number } = {}) {
    const { stretch: one, speed = 1, ...rest } = report
    const intervals = one ? [{ from: one[0], to: one[1], speed }] : (rest.intervals ?? [])
    const full = { viewId: 'a', seq: ++this.seq, positionSeconds: one?.[1] ?? 0, ...rest, intervals }
    const { after, refused } = creditedOf(this.state, full, { at: this.at, lengthSeconds: this.lengthSeconds, maySkip: this.maySkip })
    this.state = after
    return refused.map(({ why }) => why)
  }
  after(seconds: number) {
    this.at += seconds * 1000
    return this
  }
  get credited() {
    return secondsIn(this.state.watched)
  }
}

describe('a report', () => {
  it('of what was played since the last one is credited, second by second', () => {
    const attempt = new Attempt()
    attempt.hear()
    for (let from = 0; from < 100; from += 5) expect(attempt.after(5).hear({ stretch: [from, from + 5] })).toEqual([])
    expect(attempt.state).toMatchObject({ watched: [[0, 100]], positionSeconds: 100, refused: 0 })
  })
  it('at double speed is credited though every other one comes late, and at four times the speed is not', () => {
    const attempt = new Attempt()
    attempt.hear()
    for (let from = 0; from < 100; from += 10)
      expect(attempt.after(from % 20 === 0 ? 7 : 3).hear({ stretch: [from, from + 10], speed: 2 })).toEqual([])
    expect(attempt.credited).toBe(100)
    const fast = new Attempt()
    fast.hear()
    expect(fast.after(5).hear({ stretch: [0, 20], speed: 4 })).toEqual(['too-fast'])
    expect(fast.after(5).hear({ stretch: [0, 20], speed: 1 })).toEqual([])
  })
  it('that claims more than the clock allows earns nothing of it', () => {
    const attempt = new Attempt()
    attempt.hear()
    expect(attempt.after(5).hear({ stretch: [0, 100] })).toEqual(['too-fast'])
    expect(attempt.credited).toBe(0)
    expect(attempt.state.refused).toBe(1)
  })
  it('that is the first of its view opens it and is not credited', () => {
    const attempt = new Attempt()
    expect(attempt.hear({ stretch: [0, 5] })).toEqual(['first'])
    expect(attempt.credited).toBe(0)
  })
  it('that was heard before earns nothing, changes nothing and is counted', () => {
    const attempt = new Attempt()
    attempt.hear()
    attempt.after(5).hear({ stretch: [0, 5] })
    const before = attempt.state
    expect(attempt.after(60).hear({ seq: 2, stretch: [50, 90] })).toEqual(['replayed'])
    expect(attempt.state).toEqual({ ...before, refused: 1 })
  })
  it('of what was credited already costs nothing: an unanswered one may go along with the next', () => {
    const attempt = new Attempt()
    attempt.hear()
    attempt.after(5).hear({ stretch: [0, 10], speed: 2 })
    const both = [
      { from: 0, to: 10, speed: 2 },
      { from: 10, to: 20, speed: 2 },
    ]
    expect(attempt.after(5).hear({ intervals: both })).toEqual([])
    expect(attempt.credited).toBe(20)
  })
  it('after twenty seconds without a line is credited in full', () => {
    const attempt = new Attempt()
    attempt.hear()
    expect(attempt.after(20).hear({ stretch: [0, 20] })).toEqual([])
    expect(attempt.credited).toBe(20)
  })
  it('after days of silence is believed for some minutes at most', () => {
    const attempt = new Attempt()
    attempt.lengthSeconds = 5000
    attempt.hear()
    expect(attempt.after(200_000).hear({ stretch: [0, 5000] })).toEqual(['too-fast'])
    expect(attempt.after(200_000).hear({ stretch: [0, 700] })).toEqual(['too-fast'])
    expect(attempt.after(200_000).hear({ stretch: [0, 600] })).toEqual([])
  })
  it('of no part of the video is not credited', () => {
    const attempt = new Attempt()
    attempt.hear()
    expect(attempt.after(60).hear({ stretch: [100, 101] })).toEqual(['outside'])
    expect(attempt.after(60).hear({ stretch: [90, 100.5] })).toEqual([])
    expect(attempt.state.watched).toEqual([[90, 100]])
  })
  it('of a skipped part is not credited where skipping is forbidden, and playing on is', () => {
    const attempt = new Attempt()
    attempt.maySkip = false
    attempt.hear()
    expect(attempt.after(5).hear({ stretch: [40, 45] })).toEqual(['skipped'])
    expect(attempt.after(5).hear({ stretch: [0, 5] })).toEqual([])
    expect(attempt.after(5).hear({ stretch: [6, 11] })).toEqual([])
    expect(attempt.after(5).hear({ stretch: [14, 19] })).toEqual(['skipped'])
    expect(attempt.state.watched).toEqual([
      [0, 5],
      [6, 11],
    ])
  })
})

describe('several views', () => {
  it('that play at once are both credited, overlaps once', () => {
    const attempt = new Attempt()
    attempt.hear({ viewId: 'a' })
    attempt.hear({ viewId: 'b' })
    attempt.after(5)
    expect(attempt.hear({ viewId: 'a', stretch: [0, 5] })).toEqual([])
    expect(attempt.hear({ viewId: 'b', stretch: [3, 8] })).toEqual([])
    expect(attempt.state.watched).toEqual([[0, 8]])
  })
  it('by the hundred earn no more than one', () => {
    const attempt = new Attempt()
    attempt.lengthSeconds = 10_000
    const ids = Array.from({ length: 100 }, (_, at) => `view ${at}`)
    for (const viewId of ids) attempt.hear({ viewId })
    attempt.after(60)
    ids.forEach((viewId, at) => {
      attempt.hear({ viewId, stretch: [at * 100, at * 100 + 100] })
    })
    expect(attempt.credited).toBeLessThanOrEqual(60 * 2 + 1.5)
  })

  it('never earn more than twice the wall time and the tolerance, whatever they report', () => {
    const claim = fc.record({
      wait: fc.double({ min: 0, max: 20, noNaN: true }),
      viewId: fc.constantFrom('a', 'b', 'c'),
      seq: fc.nat(50),
      intervals: fc.array(fc.record({ from: seconds, to: seconds, speed: fc.double({ min: 0.1, max: 16, noNaN: true }) }), {
        maxLength: 4,
      }),
      positionSeconds: seconds,
    })
    fc.assert(
      fc.property(fc.array(claim, { maxLength: 40 }), fc.boolean(), (claims, maySkip) => {
        const attempt = new Attempt()
        attempt.maySkip = maySkip
        for (const { wait, ...report } of claims) {
          const before = attempt.credited
          attempt.after(wait).hear(report)
          expect(attempt.credited).toBeGreaterThanOrEqual(before)
        }
        expect(attempt.credited).toBeLessThanOrEqual(lengthSeconds)
        expect(attempt.credited).toBeLessThanOrEqual(((attempt.at - t0) / 1000) * 2 + 1.5 + 0.01)
        expect(attempt.state.positionSeconds).toBeGreaterThanOrEqual(0)
        expect(attempt.state.positionSeconds).toBeLessThanOrEqual(lengthSeconds)
      }),
    )
  })
})

describe('what watching earns', () => {
  it('is all of it from the threshold on, and below it its share', () => {
    expect(watchScoreOf(0.95, 0.9, 10)).toBe(10)
    expect(watchScoreOf(0.45, 0.9, 10)).toBe(5)
    expect(watchScoreOf(0, 0.9, 10)).toBe(0)
  })
})
