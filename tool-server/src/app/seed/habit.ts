// PURE: how a believable class watches a video. Most play it through, some go back to where it gets hard, some slow down there, some leave.
// Chance comes from a seed, so that a class is the same every time.

/** What somebody does with the player, in order; seconds of the video. */
export type Move =
  | { is: 'play'; to: number; speed: number }
  | { is: 'think'; seconds: number }
  | { is: 'go'; to: number }
  | { is: 'pause' }
  | { is: 'question'; at: number }
  | { is: 'leave' }

export interface Film {
  lengthSeconds: number
  /** Where it asks. */
  cues: readonly number[]
  /** Where it gets hard. */
  hard: readonly [number, number]
}

/** null: never opens it. */
export function movesOf({ lengthSeconds, cues, hard: [from, to] }: Film, chance: () => number): Move[] | null {
  if (chance() < 0.1) return null
  const speed = chance() < 0.7 ? 1 : chance() < 0.6 ? 1.25 : 1.5
  const leavesAt = chance() < 0.15 ? (0.25 + 0.65 * chance()) * lengthSeconds : null
  const stops: { at: number; what: 'question' | 'again' | 'pause' }[] = cues.map((at) => ({ at, what: 'question' }))
  const moves: Move[] = []
  const play = (until: number, at = speed): void => void moves.push({ is: 'play', to: until, speed: at })
  if (chance() < 0.45) {
    const between = from + (to - from) * (0.4 + 0.6 * chance())
    const again = chance() < 0.75
    stops.push({ at: between, what: again ? 'again' : 'pause' })
  }
  stops.sort((a, b) => a.at - b.at)
  for (const { at, what } of stops) {
    if (leavesAt !== null && leavesAt <= at) break
    play(at)
    if (what === 'question') {
      moves.push({ is: 'question', at })
      continue
    }
    moves.push({ is: 'pause' }, { is: 'think', seconds: 3 + 20 * chance() })
    if (what === 'pause') continue
    moves.push({ is: 'go', to: from })
    play(at, chance() < 0.5 ? 0.75 : speed)
  }
  if (leavesAt !== null) {
    play(leavesAt)
    return [...moves, { is: 'leave' }]
  }
  play(lengthSeconds)
  return moves
}
