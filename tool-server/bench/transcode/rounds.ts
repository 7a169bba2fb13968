// Our way and the usual one in turn.
import { median } from '../load.ts'
import type { Cost } from './cost.ts'
import { ourWay } from './our-way.ts'
import { plainly } from './plain-way.ts'

type Round = Record<'ours' | 'plain', Cost>
type Figure = 'cpu' | 'wall' | 'memory'

export async function roundsOf(file: string, rounds: number): Promise<Round[]> {
  const all: Round[] = []
  for (let round = 0; round < rounds; round++) {
    const [ours, plain] = await inTurn(file, round)
    all.push({ ours, plain })
    const pair = (of: (cost: Cost) => number, digits = 1) => `${of(ours).toFixed(digits)} / ${of(plain).toFixed(digits)}`
    process.stdout.write(
      `round ${round + 1}: cpu ${pair((it) => it.cpu)} s, wall ${pair((it) => it.wall)} s, memory ${pair((it) => it.memory, 0)} MB, first ${ours.first.toFixed(1)} s; others took ${pair((it) => it.elsewhere)} s\n`,
    )
  }
  return all
}

/** Which of the two comes first changes from round to round. */
async function inTurn(file: string, round: number): Promise<[Cost, Cost]> {
  if (round % 2 === 0) {
    const ours = await ourWay(file)
    return [ours, await plainly(file)]
  }
  const plain = await plainly(file)
  return [await ourWay(file), plain]
}

/** Ours as a share of the usual way's, by rounds. */
export function tell(rounds: readonly Round[], figures: readonly Figure[]): string[] {
  return figures.map((figure) => {
    const ratios = rounds.map(({ ours, plain }) => ours[figure] / plain[figure])
    process.stdout.write(`${figure}: median ${median(ratios).toFixed(2)}x, worst ${Math.max(...ratios).toFixed(2)}x\n`)
    return `${figure} ${median(ratios).toFixed(2)}x`
  })
}
