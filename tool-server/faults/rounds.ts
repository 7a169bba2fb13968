// Plays the rows of a family, each so many times with a seed of its own, and tells what was violated.
import { Chance } from './chance.ts'
import type { Family, Row, StageSize } from './family.ts'

export interface Plan {
  seed: string
  runs: number
  /** The number of the first run: pieces of a long plan give the same runs as the whole. */
  from: number
  /** Names; none = all. */
  rows: readonly string[]
  size: StageSize
}

export interface RowResult {
  family: string
  row: string
  runs: number
  /** The first of each run, with the words that play that run again. */
  violations: string[]
}

const print = (text: string): void => void process.stdout.write(`${text}\n`)
/** More of the same kind tell nothing new. */
const enough = 10

export async function playFamily(family: Family, plan: Plan): Promise<RowResult[]> {
  const stage = await family.open(plan.size)
  try {
    const known = stage.rows.map(({ name }) => name)
    const unknown = plan.rows.filter((name) => !known.includes(name))
    if (unknown.length > 0) throw new Error(`${family.name} has no row ${unknown.join(', ')}. There are: ${known.join(', ')}`)
    const results: RowResult[] = []
    for (const row of stage.rows) {
      if (plan.rows.length === 0 || plan.rows.includes(row.name)) results.push(await playRow(family, row, plan))
    }
    return results
  } finally {
    await stage.close()
  }
}

async function playRow(family: Family, row: Row, { seed, runs, from }: Plan): Promise<RowResult> {
  const began = performance.now()
  const violations: string[] = []
  let played = 0
  for (let run = from; run < from + runs && violations.length < enough; run++) {
    played++
    const broken = await violationsOf(row, new Chance(`${seed} ${family.name} ${row.name} ${run}`), run)
    if (broken.length === 0) continue
    const again = `npm run faults -- ${family.name} --row ${row.name} --seed ${seed} --from ${run} --runs 1`
    violations.push(`${broken.slice(0, 5).join('; ')} (${again})`)
  }
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  const count = violations.length === 0 ? 'none violated' : `${violations.length} VIOLATED`
  print(
    `${`${family.name} ${row.name}`.padEnd(28)} ${String(played).padStart(4)} runs ${seconds.padStart(7)} s  ${count.padEnd(14)} ${row.does}: ${row.holds}`,
  )
  for (const violation of violations) print(`    ${violation}`)
  return { family: family.name, row: row.name, runs: played, violations }
}

async function violationsOf(row: Row, chance: Chance, run: number): Promise<readonly string[]> {
  try {
    return await row.play(chance, run)
  } catch (error) {
    return [`it threw: ${error instanceof Error ? (error.stack ?? error.message).split('\n').slice(0, 4).join(' ') : String(error)}`]
  }
}
