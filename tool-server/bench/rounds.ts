// Alternating rounds of two contenders in one run, and their tables: only ratios of neighbours in time are worth anything on a
// machine that is shared.
import type { Child } from './child.ts'
import { type Load, load, median, quantile } from './load.ts'
import type { Postgres } from './postgres.ts'

export interface Contender {
  name: string
  child: Child
  deed: (at: number) => Promise<void>
  /** So many deeds in its own way, where it is not given them one by one. */
  play?: (count: number) => Promise<Load>
}

export interface Round {
  /** CPU time of the contender's process per deed, in milliseconds. */
  cpuMs: number
  /** CPU time of PostgreSQL's processes per deed, in milliseconds. */
  postgresMs: number
  perSecond: number
  p50: number
  p99: number
}

export interface Plan {
  rounds: number
  /** Deeds per round. */
  count: number
  warmUp: number
  atOnce: number
  /** Deeds before each round. */
  leadIn?: number
}

/** Rounds of the product (first of each pair) and of its anchor (second). The order within a pair alternates. */
export async function alternate(pair: readonly [Contender, Contender], plan: Plan, postgres: Postgres): Promise<[Round, Round][]> {
  for (const contender of pair) await playOf(contender, plan.warmUp, plan)
  const rounds: [Round, Round][] = []
  for (let at = 0; at < plan.rounds; at++) {
    const [product, anchor] = pair
    if (at % 2 === 0) {
      const first = await roundOf(product, plan, postgres)
      rounds.push([first, await roundOf(anchor, plan, postgres)])
    } else {
      const first = await roundOf(anchor, plan, postgres)
      rounds.push([await roundOf(product, plan, postgres), first])
    }
  }
  return rounds
}

/** What a contender does not do at every deed: its connections to PostgreSQL end when it idles for ten seconds. */
const usualLeadIn = 1000

function playOf({ deed, play }: Contender, count: number, { atOnce }: Plan): Promise<Load> {
  return play ? play(count) : load(count, atOnce, deed)
}

async function roundOf(contender: Contender, plan: Plan, postgres: Postgres): Promise<Round> {
  const { child } = contender
  const { count } = plan
  await playOf(contender, plan.leadIn ?? usualLeadIn, plan)
  const [before, postgresBefore] = [await child.cpu(), await postgres.cpuSeconds()]
  const { seconds, times } = await playOf(contender, count, plan)
  const [after, postgresAfter] = [await child.cpu(), await postgres.cpuSeconds()]
  return {
    cpuMs: (after - before) / 1000 / count,
    postgresMs: postgresBefore === null || postgresAfter === null ? Number.NaN : ((postgresAfter - postgresBefore) * 1000) / count,
    perSecond: count / seconds,
    p50: quantile(times, 0.5),
    p99: quantile(times, 0.99),
  }
}

export interface Verdict {
  /** Medians of the ratios product / anchor, round by round. */
  cpu: number
  rate: number
}

/** Prints a line per round, then median and worst; the ratios are of the two rounds of one pair. */
export function printRounds(names: readonly [string, string], rounds: readonly [Round, Round][]): Verdict {
  const columns: [string, (round: Round) => number, 'low' | 'high'][] = [
    ['cpu ms', (it) => it.cpuMs, 'low'],
    ['pg ms', (it) => it.postgresMs, 'low'],
    ['per s', (it) => it.perSecond, 'high'],
    ['p50 ms', (it) => it.p50, 'low'],
    ['p99 ms', (it) => it.p99, 'low'],
  ]
  const worst = (values: number[], better: 'low' | 'high') => (better === 'low' ? Math.max(...values) : Math.min(...values))
  const line = (label: string, cells: string[]) => `${label.padEnd(8)}${cells.join(' ')}\n`
  const three = (product: number, anchor: number, ratio: number) =>
    [short(product), short(anchor), `${ratio.toFixed(2)}x`].map((cell) => cell.padStart(7)).join('')
  const summary = (label: string, pick: (values: number[], better: 'low' | 'high') => number) =>
    line(
      label,
      columns.map(([, of, better]) => {
        const [product, anchor] = [rounds.map(([it]) => of(it)), rounds.map(([, it]) => of(it))]
        return three(
          pick(product, better),
          pick(anchor, better),
          pick(
            product.map((value, at) => value / (anchor[at] ?? Number.NaN)),
            better,
          ),
        )
      }),
    )
  let text = `\nper column: ${names[0]}, ${names[1]}, ratio\n${line(
    'round',
    columns.map(([title]) => title.padStart(21)),
  )}`
  rounds.forEach(([product, anchor], at) => {
    text += line(
      String(at + 1),
      columns.map(([, of]) => three(of(product), of(anchor), of(product) / of(anchor))),
    )
  })
  process.stdout.write(`${text}${summary('median', median)}${summary('worst', worst)}\n`)
  return {
    cpu: median(rounds.map(([product, anchor]) => product.cpuMs / anchor.cpuMs)),
    rate: median(rounds.map(([product, anchor]) => product.perSecond / anchor.perSecond)),
  }
}

function short(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
}
