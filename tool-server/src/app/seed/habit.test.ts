// What the habit model must keep to, so that the product takes a class's watching as it takes a page's.
import { describe, expect, it } from 'vitest'
import { chanceFrom } from './ability.ts'
import { type Film, movesOf } from './habit.ts'

const film: Film = { lengthSeconds: 24, cues: [8, 18], hard: [11, 17] }
const all = Array.from({ length: 300 }, (_, at) => movesOf(film, chanceFrom(at)))

describe('A class that watches', () => {
  it('is the same every time', () => {
    expect(all).toEqual(Array.from({ length: 300 }, (_, at) => movesOf(film, chanceFrom(at))))
  })

  it('meets each question where it stands, in order, and never plays backwards', () => {
    for (const moves of all.flatMap((it) => (it ? [it] : []))) {
      let seconds = 0
      for (const move of moves) {
        if (move.is === 'go') seconds = move.to
        if (move.is === 'question') expect(move.at).toBe(seconds)
        if (move.is !== 'play') continue
        expect(move.to).toBeGreaterThanOrEqual(seconds)
        expect(move.to).toBeLessThanOrEqual(film.lengthSeconds)
        seconds = move.to
      }
      const asked = moves.flatMap((it) => (it.is === 'question' ? [it.at] : []))
      expect(film.cues.slice(0, asked.length)).toEqual(asked)
      if (moves.at(-1)?.is !== 'leave') expect([seconds, asked]).toEqual([24, [8, 18]])
    }
  })

  it('has those who never come, who leave, and who go back where it is hard', () => {
    const watching = all.filter((it) => it !== null)
    expect(watching.length).toBeLessThan(all.length)
    expect(watching.filter((it) => it.at(-1)?.is === 'leave').length).toBeGreaterThan(15)
    expect(watching.filter((it) => it.some(({ is }) => is === 'go')).length).toBeGreaterThan(60)
  })
})
