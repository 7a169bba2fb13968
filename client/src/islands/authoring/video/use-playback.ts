// The addresses under which an author sees the video; asked for again when more of it can be played.
import type { Asset, Playback } from '@cuepoint/contracts'
import { useCallback, useEffect, useState } from 'react'
import { call } from '../../../api/call.ts'

export function usePlayback(asset: Asset | null): { playback: Playback | null; failed: boolean; again(): void } {
  const [playback, setPlayback] = useState<Playback | null>(null)
  const [failed, setFailed] = useState(false)
  const [turn, setTurn] = useState(0)
  const plays = asset !== null && (asset.playable || asset.state === 'ready')
  const assetId = plays ? asset.id : null
  const state = asset?.state
  // biome-ignore lint/correctness/useExhaustiveDependencies: once it is ready, poster, storyboard and all sizes are there; a new turn asks again
  useEffect(() => {
    if (assetId === null) return undefined
    let left = false
    setFailed(false)
    call('GET /api/assets/:assetId/playback', { params: { assetId } }).then(
      (it) => left || setPlayback(it),
      () => left || setFailed(true),
    )
    return () => {
      left = true
    }
  }, [assetId, state, turn])
  const again = useCallback(() => setTurn((before) => before + 1), [])
  const held = playback?.assetId === assetId ? playback : null
  return { playback: held, failed: failed && held === null, again }
}
