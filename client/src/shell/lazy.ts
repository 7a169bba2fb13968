// Loads a part of the page on demand and tries again when a school's Wi-Fi swallowed it.
import { type ComponentType, lazy as reactLazy } from 'react'

/** A part of the page could not be fetched, also not after several tries (no network, or a newer release replaced it). */
export class PartMissing extends Error {
  override readonly name = 'PartMissing'
}

const pauses = [400, 1200, 3000]

/** Runs an `import()` and repeats it, with pauses, before it gives up with PartMissing. */
async function withRetry<T>(load: () => Promise<T>): Promise<T> {
  for (const pause of pauses) {
    try {
      return await load()
    } catch {
      await new Promise((done) => setTimeout(done, pause))
    }
  }
  try {
    return await load()
  } catch (cause) {
    throw new PartMissing('a part of the page could not be loaded', { cause })
  }
}

/** A component behind `import()`: `lazy(() => import('./x.tsx'), 'X')`, by its export's name. */
export function lazy<
  M extends Record<K, ComponentType<P>>,
  K extends keyof M & string,
  P = M[K] extends ComponentType<infer Q> ? Q : never,
>(load: () => Promise<M>, name: K) {
  return reactLazy(async () => ({ default: (await withRetry(load))[name] as ComponentType<P> }))
}
