// PURE: the figures of one placement and Version as sums, to which facts are added and from which they are taken back. All sums are of
// whole numbers, so that taking back leaves nothing behind and order does not matter.
import type { AttemptFact, ItemFact, Share, WatchFact } from './facts.ts'

/** Count by bucket; a bucket of nothing is not there. */
export type Histogram = Record<string, number>

export interface ItemSums {
  n: number
  /** Sums of shares (ten-thousandths) and of their products: of the question, and of the rest where there is one. */
  x: number
  xx: number
  restN: number
  restX: number
  restXX: number
  r: number
  rr: number
  xr: number
  right: number
  /** Nothing was given. */
  blank: number
  /** By `timeBucket`. */
  seconds: Histogram
  changed: number
  /** For each thing that was given: how many, by the total of the attempt (`totalBucket`). */
  given: Record<string, Histogram>
}

export interface WatchSums {
  lengthSeconds: number
  attempts: number
  completed: number
  /** Stretches of the video, `bucketSeconds` each. */
  bucketSeconds: number
  /** How often it was played, by how many, and how often again because a wrong answer leads back. */
  plays: number[]
  viewers: number[]
  sent: number[]
  paused: number[]
  backTo: number[]
  /** Where the speed was turned down; sums of before have none. */
  slowed?: number[]
  /** Where an attempt stopped: the last moment that it played. */
  leftAt: number[]
  /** Tenths of seconds by speed. */
  speeds: Histogram
  firstTries: Record<string, { n: number; wrong: number }>
}

export interface Aggregate {
  /** First attempts that were handed in: what the items are counted from. */
  first: number
  /** All that were handed in. */
  submitted: number
  /** First attempts by `totalBucket`. */
  totals: Histogram
  /** Handed-in attempts by `timeBucket`. */
  seconds: Histogram
  items: Record<string, ItemSums>
  watch: WatchSums | null
}

export const emptyAggregate = (): Aggregate => ({ first: 0, submitted: 0, totals: {}, seconds: {}, items: {}, watch: null })

/** Percent of the points. */
const totalBucket = (share: Share): number => Math.round(share / 100)
/** Times are told apart by about 9 %: the logarithm to base 2, in eighths. */
const timeBucket = (seconds: number): number => Math.round(8 * Math.log2(Math.max(1, seconds)))
export const secondsOfBucket = (bucket: number): number => 2 ** (bucket / 8)

/** Adds a fact (`sign` 1), or takes it back (-1). */
export function fold(aggregate: Aggregate, fact: AttemptFact, sign: 1 | -1): void {
  if (fact.watch) foldWatch(aggregate, fact.watch, sign)
  if (!fact.submitted) return
  aggregate.submitted += sign
  count(aggregate.seconds, timeBucket(fact.submitted.seconds), sign)
  if (fact.number !== 1) return
  aggregate.first += sign
  const total = totalBucket(fact.submitted.share)
  count(aggregate.totals, total, sign)
  for (const item of fact.submitted.items) foldItem(aggregate.items, item, total, sign)
}

function count(histogram: Histogram, bucket: number | string, by: number): void {
  const now = (histogram[bucket] ?? 0) + by
  if (now === 0) delete histogram[bucket]
  else histogram[bucket] = now
}

const noItem = (): ItemSums => ({
  ...{ n: 0, x: 0, xx: 0, restN: 0, restX: 0, restXX: 0, r: 0, rr: 0, xr: 0, right: 0, blank: 0, changed: 0 },
  ...{ seconds: {}, given: {} },
})

function foldItem(
  items: Aggregate['items'],
  { questionId, share, rest, given, seconds, changes }: ItemFact,
  total: number,
  sign: 1 | -1,
): void {
  const sums = (items[questionId] ??= noItem())
  sums.n += sign
  sums.x += sign * share
  sums.xx += sign * share * share
  if (rest !== null) {
    sums.restN += sign
    sums.restX += sign * share
    sums.restXX += sign * share * share
    sums.r += sign * rest
    sums.rr += sign * rest * rest
    sums.xr += sign * share * rest
  }
  if (share === 10_000) sums.right += sign
  if (given.length === 0) sums.blank += sign
  if (changes > 0) sums.changed += sign
  if (seconds !== null) count(sums.seconds, timeBucket(seconds), sign)
  for (const one of given) {
    const by = (sums.given[one] ??= {})
    count(by, total, sign)
    if (Object.keys(by).length === 0) delete sums.given[one]
  }
  if (sums.n === 0) delete items[questionId]
}

const mostBuckets = 300

function foldWatch(aggregate: Aggregate, fact: WatchFact, sign: 1 | -1): void {
  const sums = (aggregate.watch ??= noWatch(fact.lengthSeconds))
  const size = sums.bucketSeconds
  const last = sums.plays.length - 1
  const bucketOf = (seconds: number): number => Math.min(last, Math.max(0, Math.floor(seconds / size)))
  const add = (into: number[], at: number): void => {
    into[at] = (into[at] ?? 0) + sign
  }
  sums.attempts += sign
  if (fact.completed) sums.completed += sign
  const seen = new Set<number>()
  const through = (stretches: readonly (readonly [number, number])[], meet: (at: number) => void): void => {
    for (const [from, to] of stretches) for (let at = bucketOf(from); at <= bucketOf(to - 0.001); at++) meet(at)
  }
  through(fact.played, (at) => {
    add(sums.plays, at)
    seen.add(at)
  })
  through(fact.sent, (at) => {
    add(sums.plays, at)
    // Whoever had skipped it sees it for the first time.
    if (seen.has(at)) add(sums.sent, at)
    seen.add(at)
  })
  for (const at of seen) add(sums.viewers, at)
  for (const at of fact.pausedAt) add(sums.paused, bucketOf(at))
  for (const at of fact.backTo) add(sums.backTo, bucketOf(at))
  for (const at of fact.slowedAt ?? []) add((sums.slowed ??= sums.plays.map(() => 0)), bucketOf(at))
  const furthest = Math.max(-1, ...[...fact.played, ...fact.sent].map(([, to]) => to))
  // Who has seen the end went no further because there is no further.
  if (furthest >= 0 && !fact.completed) add(sums.leftAt, bucketOf(furthest - 0.001))
  for (const [speed, seconds] of Object.entries(fact.speeds)) count(sums.speeds, speed, sign * Math.round(seconds * 10))
  for (const [cue, right] of Object.entries(fact.firstTries)) {
    const tries = (sums.firstTries[cue] ??= { n: 0, wrong: 0 })
    tries.n += sign
    if (!right) tries.wrong += sign
    if (tries.n === 0) delete sums.firstTries[cue]
  }
  if (sums.attempts === 0) aggregate.watch = null
}

function noWatch(lengthSeconds: number): WatchSums {
  const bucketSeconds = Math.max(1, Math.ceil(lengthSeconds / mostBuckets))
  const buckets = Math.max(1, Math.ceil(lengthSeconds / bucketSeconds))
  const zeros = (): number[] => new Array<number>(buckets).fill(0)
  const empty = { attempts: 0, completed: 0, speeds: {}, firstTries: {} }
  const counted = { plays: zeros(), viewers: zeros(), sent: zeros(), paused: zeros(), backTo: zeros(), slowed: zeros(), leftAt: zeros() }
  return { lengthSeconds, bucketSeconds, ...empty, ...counted }
}
