// What the command line may say about a run.
import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

export interface Options {
  rounds: number
  /** Deeds per round; each bench has its own default, as for the next two. */
  count?: number
  /** Deeds before the first round. */
  warmUp?: number
  /** How many learners take turns. */
  learners?: number
  /** Names of the parts of a bench that has some; none = all. */
  parts: readonly string[]
  /** Where the product's CPU profile goes; taking it costs a little, so such a run is no figure. */
  profileDir?: string
}

const usage =
  'npm run bench -- launch|answers|scores|events|transcode|weight [--rounds N] [--count DEEDS] [--warm-up DEEDS] [--learners N] [--part NAME …] [--profile FOLDER]'

/** The bench's name and its options; throws with the usage. */
export function readOptions(names: readonly string[]): { name: string; options: Options } {
  const text = { type: 'string' } as const
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rounds: text, count: text, 'warm-up': text, learners: text, profile: text, part: { type: 'string', multiple: true } },
  })
  const [name = ''] = positionals
  if (positionals.length !== 1 || !names.includes(name)) throw new Error(usage)
  const number = (option: 'rounds' | 'count' | 'warm-up' | 'learners', most: number): number | undefined => {
    const given = values[option]
    if (given !== undefined && (!/^[1-9]\d*$/.test(given) || Number(given) > most))
      throw new Error(`--${option}: a number up to ${most}\n${usage}`)
    return given === undefined ? undefined : Number(given)
  }
  const [count, warmUp, learners] = [number('count', 100_000), number('warm-up', 100_000), number('learners', 20_000)]
  const profileDir = values.profile && resolve(values.profile)
  if (profileDir) mkdirSync(profileDir, { recursive: true })
  return {
    name,
    options: {
      rounds: number('rounds', 100) ?? 5,
      parts: values.part ?? [],
      ...(count ? { count } : {}),
      ...(warmUp ? { warmUp } : {}),
      ...(learners ? { learners } : {}),
      ...(profileDir ? { profileDir } : {}),
    },
  }
}
