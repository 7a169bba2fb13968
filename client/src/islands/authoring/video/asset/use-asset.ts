// One asset of the course, kept true while its page is open (server-sent events, read by fetch streaming).
import type { Asset } from '@cuepoint/contracts'
import { useCallback, useEffect, useState } from 'react'
import { ApiProblem, call } from '../../../../api/call.ts'
import { follow } from '../../../../api/follow.ts'

const pauses = [500, 1000, 2000, 5000, 15_000]
const atRest = ({ state }: Asset) => state === 'ready' || state === 'failed' || state === 'cancelled'

export interface HeldAsset {
  readonly asset: Asset | null
  /** It is not in this course (any more). */
  readonly gone: boolean
  put(asset: Asset): void
}

export function useAsset(assetId: string | null): HeldAsset {
  const [asset, setAsset] = useState<Asset | null>(null)
  const [gone, setGone] = useState(false)
  const known = asset?.id === assetId ? asset : null
  const rests = known !== null && atRest(known)
  useEffect(() => {
    setGone(false)
    if (assetId === null || rests) return undefined
    let stop = new AbortController()
    let failures = 0
    let timer: ReturnType<typeof setTimeout> | undefined
    const listen = () => {
      clearTimeout(timer)
      stop.abort()
      stop = new AbortController()
      const { signal } = stop
      const hear = (it: Asset) => {
        failures = 0
        setAsset(it)
      }
      void follow<Asset>('/api/assets/:assetId/live', { assetId }, hear, signal).then(async (lasting) => {
        if (signal.aborted) return
        if (lasting) {
          // Why it ended: gone for good, or only the stream is refused.
          await call('GET /api/assets/:assetId', { params: { assetId } }).then(setAsset, (error: unknown) =>
            setGone(error instanceof ApiProblem && error.status === 404),
          )
          return
        }
        timer = setTimeout(listen, pauses[Math.min(failures++, pauses.length - 1)])
      })
    }
    listen()
    window.addEventListener('online', listen)
    return () => {
      window.removeEventListener('online', listen)
      clearTimeout(timer)
      stop.abort()
    }
  }, [assetId, rests])
  return { asset: known, gone, put: useCallback((it: Asset) => setAsset(it), []) }
}
