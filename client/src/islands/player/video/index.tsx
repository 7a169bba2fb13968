// The player's other door, for a launch that opens on a video: small, so that poster and play button are there at once. What comes before
// and after an attempt is the player's own (../index.tsx).
import type { AttemptView, LaunchData } from '@cuepoint/contracts'
import { Suspense, useCallback, useEffect, useState } from 'react'
import { openKeep } from '../../../api/keep.ts'
import { videoStageMessages } from '../../../messages/en/video-stage.ts'
import { ahead } from '../../../shell/ahead.ts'
import { lazy } from '../../../shell/lazy.ts'
import { words } from '../../../shell/text.ts'
import { VideoAttempt } from './stage.tsx'

const t = words(videoStageMessages)
const keep = openKeep()
const Player = lazy(() => import('../index.tsx'), 'Island')
const Elsewhere = lazy(() => import('../elsewhere.tsx'), 'Elsewhere')
const fetchNext = () => import('../next/next.tsx')
/** What next comes when the video can long be played: in ms. */
const LATER = 4000

export function Island({ launch }: { launch: LaunchData }) {
  const { player } = launch
  const current = player?.current ?? null
  const [after, setAfter] = useState<AttemptView | 'elsewhere' | null>(null)
  const elsewhere = useCallback(() => setAfter('elsewhere'), [])
  const [next, setNext] = useState<Awaited<ReturnType<typeof fetchNext>> | null>(null)
  const own = player?.records === true && !player.practice
  useEffect(() => (own ? ahead(() => fetchNext().then(setNext), LATER) : undefined), [own])
  if (player && current?.video && current.state === 'open' && after === null) {
    return (
      <>
        <VideoAttempt
          launch={launch}
          attempt={current}
          records={player.records}
          keep={keep}
          onSubmitted={setAfter}
          onElsewhere={elsewhere}
        />
        {own && next ? <next.Next placementId={player.placementId} activityId={player.activity.id} /> : null}
      </>
    )
  }
  return (
    <Suspense fallback={<p className="cp-loading">{t('opening')}</p>}>
      {after === 'elsewhere' ? (
        <Elsewhere />
      ) : (
        <Player launch={after && player ? { ...launch, player: { ...player, current: after, canStart: false } } : launch} />
      )}
    </Suspense>
  )
}
