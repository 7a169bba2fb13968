import { describe, expect, it } from 'vitest'
import { Played } from './played.ts'

describe('what was played', () => {
  it('is exact to the thousandth, and goes on where it was taken', () => {
    const played = new Played()
    played.start(1.25, 1)
    played.reach(4.5)
    expect(played.take()).toEqual([{ from: 1.25, to: 4.5, speed: 1 }])
    played.reach(6)
    played.stop(6.1234)
    expect(played.take()).toEqual([{ from: 4.5, to: 6.123, speed: 1 }])
    expect(played.take()).toEqual([])
  })

  it('ends at the last seen moment when the clock has jumped', () => {
    const played = new Played()
    played.start(10, 1)
    played.reach(12)
    played.stop(null)
    played.start(50, 1)
    played.reach(51)
    expect(played.take()).toEqual([
      { from: 10, to: 12, speed: 1 },
      { from: 50, to: 51, speed: 1 },
    ])
  })

  it('keeps stretches of different speed apart', () => {
    const played = new Played()
    played.start(0, 1)
    played.reach(2)
    played.start(2.2, 2)
    played.reach(5)
    expect(played.take()).toEqual([
      { from: 0, to: 2.2, speed: 1 },
      { from: 2.2, to: 5, speed: 2 },
    ])
  })

  it('does not count what is not playing', () => {
    const played = new Played()
    played.reach(100)
    played.stop(120)
    expect(played.take()).toEqual([])
  })
})
