// PURE: from sums to the figures that an instructor reads. Classical test theory; the words for each figure stand in the client's catalogue.
import { type Aggregate, type Histogram, type ItemSums, secondsOfBucket } from './aggregates.ts'

/** A share with its 95 % interval (Wilson: good for small classes too). */
export interface Interval {
  value: number
  low: number
  high: number
}

const z = 1.96

export function wilson(share: number, n: number): Interval {
  if (n === 0) return { value: 0, low: 0, high: 1 }
  const middle = (share + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))
  return { value: share, low: Math.max(0, middle - half), high: Math.min(1, middle + half) }
}

/** Mean share of the points: how easy the question was. */
export function facilityOf(sums: ItemSums): Interval | null {
  return sums.n === 0 ? null : wilson(sums.x / sums.n / 10_000, sums.n)
}

/** So few say nothing of how a question tells learners apart. */
export const fewest = 10

/** Correlation of the question with the rest of the points (Pearson); null with few attempts, or where one of the two does not vary. */
export function discriminationOf(sums: ItemSums): Interval | null {
  const { restN: n, restX: x, restXX: xx, r, rr, xr } = sums
  if (n < fewest) return null
  const [varX, varR] = [n * xx - x * x, n * rr - r * r]
  if (varX <= 0 || varR <= 0) return null
  const value = Math.max(-1, Math.min(1, (n * xr - x * r) / Math.sqrt(varX * varR)))
  // Fisher's z; at ±1 there is no width.
  const at = Math.atanh(Math.max(-0.999_999, Math.min(0.999_999, value)))
  const half = z / Math.sqrt(Math.max(1, n - 3))
  return { value, low: Math.tanh(at - half), high: Math.tanh(at + half) }
}

export function medianSeconds(seconds: Histogram): number | null {
  const at = quantile(seconds, 0.5)
  return at === null ? null : Math.round(secondsOfBucket(at))
}

/** The bucket below or at which so large a share lies; null of nothing. */
function quantile(histogram: Histogram, share: number): number | null {
  const buckets = Object.entries(histogram).map(([bucket, count]) => [Number(bucket), count] as const)
  const all = buckets.reduce((sum, [, count]) => sum + count, 0)
  if (all === 0) return null
  let seen = 0
  for (const [bucket, count] of buckets.sort(([a], [b]) => a - b)) {
    seen += count
    if (seen >= share * all) return bucket
  }
  return null
}

/** Learners by their total, in three parts as equal as ties allow: those of one total are never parted. */
export interface Thirds {
  /** Highest total of the lower third, and lowest of the upper one, in percent. */
  low: number
  high: number
  sizes: [number, number, number]
}

export function thirdsOf(totals: Histogram): Thirds {
  const all = countWhere(totals, () => true)
  const levels = Object.keys(totals)
    .map(Number)
    .sort((a, b) => a - b)
  const below = (level: number): number => countWhere(totals, (total) => total <= level)
  const above = (level: number): number => countWhere(totals, (total) => total >= level)
  const low = nearest(levels, below, all / 3) ?? -1
  const high = nearest(
    levels.filter((level) => level > low),
    above,
    all / 3,
  )
  if (high === undefined) return { low, high: low + 1, sizes: [all, 0, 0] }
  return { low, high, sizes: [below(low), all - below(low) - above(high), above(high)] }
}

/** The level at which a third comes closest to its size. */
function nearest(levels: readonly number[], size: (level: number) => number, wanted: number): number | undefined {
  return levels.toSorted((a, b) => Math.abs(size(a) - wanted) - Math.abs(size(b) - wanted))[0]
}

function countWhere(histogram: Histogram, is: (bucket: number) => boolean): number {
  return Object.entries(histogram).reduce((sum, [bucket, count]) => sum + (is(Number(bucket)) ? count : 0), 0)
}

export interface Given {
  /** An option's id, a pair `prompt=match`, an order, or what was typed. */
  what: string
  count: number
  /** By ability: lower, middle, upper third. */
  thirds: [number, number, number]
}

/** What was given, the most frequent first. */
export function givenOf(sums: ItemSums, { low, high }: Thirds, most = 20): Given[] {
  return Object.entries(sums.given)
    .map(([what, by]): Given => {
      const [lower, upper] = [countWhere(by, (total) => total <= low), countWhere(by, (total) => total >= high)]
      const all = countWhere(by, () => true)
      return { what, count: all, thirds: [lower, all - lower - upper, upper] }
    })
    .sort((a, b) => b.count - a.count || (a.what < b.what ? -1 : 1))
    .slice(0, most)
}

/** Cronbach's alpha of the whole (shares of each question weighed alike); null with few attempts or one question. */
export function alphaOf({ items, first }: Aggregate): number | null {
  const all = Object.values(items)
  const k = all.length
  if (k < 2 || first < fewest || all.some(({ n }) => n !== first)) return null
  const variance = (x: number, xx: number): number => xx / first - (x / first) ** 2
  const single = all.reduce((sum, { x, xx }) => sum + variance(x, xx), 0)
  return single === 0 ? null : alphaFrom(k, single, totalVariance(all, first))
}

/**
 * The variance of the sum of all shares. The rest of a question is the mean of the others only where all weigh alike, so it is taken from
 * the sums of products: x times rest, (k - 1) times.
 */
function totalVariance(all: readonly ItemSums[], n: number): number {
  const k = all.length
  const single = all.reduce((sum, { x, xx }) => sum + xx / n - (x / n) ** 2, 0)
  const shared = all.reduce((sum, { xr, x, r }) => sum + (k - 1) * (xr / n - (x / n) * (r / n)), 0)
  return single + shared
}

function alphaFrom(k: number, single: number, total: number): number | null {
  return total <= 0 ? null : (k / (k - 1)) * (1 - single / total)
}

/** The median of the medians of several questions: what is usual here. */
export function secondsOfMedians(all: readonly Histogram[]): number | null {
  const medians = all.flatMap((seconds) => medianSeconds(seconds) ?? []).sort((a, b) => a - b)
  return medians[Math.floor((medians.length - 1) / 2)] ?? null
}
