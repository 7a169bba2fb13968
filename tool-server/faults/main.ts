// npm run faults -- [family …] [--without FAMILY …] [--runs N] [--seed TEXT] [--row NAME …] [--from N] [--learners N] [--report FILE]: what must
// be true whatever breaks, at moments that a seed decides. Ends with 1 where something was violated; the last line of each family is its sum.
import { randomInt } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { ags } from './ags.ts'
import { events } from './events.ts'
import type { Family } from './family.ts'
import { many } from './many.ts'
import { media } from './media.ts'
import { mediaS3 } from './media-s3.ts'
import { playFamily, type RowResult } from './rounds.ts'

const families: readonly Family[] = [ags, events, media, mediaS3, many]

const text = { type: 'string' } as const
try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      runs: text,
      seed: text,
      from: text,
      report: text,
      learners: text,
      row: { type: 'string', multiple: true },
      without: { type: 'string', multiple: true },
    },
  })
  const without = values.without ?? []
  const unknown = [...positionals, ...without].filter((name) => !families.some((it) => it.name === name))
  if (unknown.length > 0) throw new Error(`No family ${unknown.join(', ')}. There are: ${families.map((it) => it.name).join(', ')}`)
  const number = (option: 'runs' | 'from' | 'learners', usual: number): number => {
    const given = values[option] === undefined ? usual : Number(values[option])
    if (!Number.isInteger(given) || given < 0) throw new Error(`--${option}: a whole number`)
    return given
  }
  const seed = values.seed ?? String(randomInt(1_000_000))
  const plan = {
    seed,
    runs: number('runs', 200),
    from: number('from', 0),
    rows: values.row ?? [],
    size: values.learners ? { learners: number('learners', 0) } : {},
  }
  process.stdout.write(`seed ${seed}\n`)
  const all: RowResult[] = []
  const isMeant = (name: string) => (positionals.length === 0 || positionals.includes(name)) && !without.includes(name)
  for (const family of families.filter((it) => isMeant(it.name))) {
    const results = await playFamily(family, plan)
    all.push(...results)
    const violations = results.reduce((sum, it) => sum + it.violations.length, 0)
    process.stdout.write(`faults ${family.name}: ${results.length} rows x ${plan.runs} runs, ${violations} violations\n`)
    if (violations > 0) process.exitCode = 1
  }
  if (values.report) await writeFile(values.report, JSON.stringify(all))
} catch (error) {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  process.exitCode = 1
}
// A worker whose Redis was killed while it ended may still try to reach it: here nobody ends the process for it, as at the end of a real one.
process.exit()
