// Closed loop: `atOnce` workers, each doing the next deed as soon as its last is done, until `count` deeds are done.
export interface Load {
  seconds: number
  /** Milliseconds of each deed, sorted. */
  times: number[]
}

/** A worker does its own deeds only (worker, worker + atOnce, …), so that two deeds at once never have the same number modulo atOnce. */
export async function load(count: number, atOnce: number, deed: (at: number) => Promise<void>): Promise<Load> {
  const times: number[] = []
  const began = performance.now()
  const worker = async (first: number): Promise<void> => {
    for (let at = first; at < count; at += atOnce) {
      const start = performance.now()
      await deed(at)
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, (_, first) => worker(first)))
  return { seconds: (performance.now() - began) / 1000, times: times.sort((a, b) => a - b) }
}

export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? (sorted[middle] ?? Number.NaN) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2
}
