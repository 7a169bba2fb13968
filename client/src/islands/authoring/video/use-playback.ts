// The addresses under which an author sees the video; asked for again when more of it can be played.
import type { Asset, Playback } from '@cuepoint/contracts'
import { useEffect, useState } from 'react'
import { call } from '../../../api/call.ts'

export function usePlayback(asset: Asset | null): Playback | null {
  const [playback, setPlayback] = useState<Playback | null>(null)
  const plays = asset !== null && (asset.playable || asset.state === 'ready')
  const assetId = plays ? asset.id : null
  const state = asset?.state
  // biome-ignore lint/correctness/useExhaustiveDependencies: once it is ready, poster, storyboard and all sizes are there
  useEffect(() => {
    if (assetId === null) return undefined
    let left = false
    call('GET /api/assets/:assetId/playback', { params: { assetId } }).then(
      (it) => left || setPlayback(it),
      () => {},
    )
    return () => {
      left = true
    }
  }, [assetId, state])
  return playback?.assetId === assetId ? playback : null
}
