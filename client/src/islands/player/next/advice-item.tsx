// One suggestion: what, why, how to get there.
import type { Advice } from '@cuepoint/contracts'
import { useState } from 'react'
import { call } from '../../../api/call.ts'
import { clockOf } from '../../../shell/clock-time.ts'
import { announce } from '../../../shell/live-region.tsx'
import { PlainButton } from '../../../shell/plain-button.tsx'
import { ProblemAlert } from '../../../shell/problem.tsx'
import { useAction } from '../../../shell/use-action.ts'
import type { PlaySpan } from './play-span.ts'
import { t, whyOf } from './words.ts'

interface Props {
  readonly advice: Advice
  readonly activityId: string | null
  onSpan?(span: PlaySpan): void
  onGone(): void
}

export function AdviceItem({ advice, activityId, onSpan, onGone }: Props) {
  const { id, target } = advice
  const [playing, setPlaying] = useState(false)
  const params = { adviceId: id }
  const dismissing = useAction(async () => {
    await call('POST /api/advice/:adviceId/dismiss', { params })
    onGone()
  })
  const what = whatOf(advice)
  const { span } = target
  const here = target.activityId === activityId
  const play = span && here && onSpan
  const watch = () => {
    if (!play) return
    play({ ...span, onPlayed: () => void call('POST /api/advice/:adviceId/follow', { params }).catch(() => {}) })
    setPlaying(true)
    announce(t('playBelow', { from: clockOf(span.fromSeconds) }))
  }
  return (
    <li>
      <p className="cpn-what">
        <strong>{what}</strong> {span ? null : <span className="cpn-kind">{t(`kind.${target.kind}`)}</span>}
      </p>
      <p>{whyOf(advice)}</p>
      {play ? null : <p className="cpn-quiet">{!span ? t('open') : here ? t('partHere') : t('openPart', { title: target.title })}</p>}
      <ProblemAlert error={dismissing.error} onRetry={() => void dismissing.start()} />
      <div className="cpn-actions">
        {play ? (
          <PlainButton small primary={!playing} onClick={watch}>
            {t('watch')}
          </PlainButton>
        ) : null}
        <PlainButton
          small
          disabled={dismissing.pending}
          aria-label={t('dismissOne', { what: plain(what) })}
          onClick={() => void dismissing.start()}
        >
          {t('dismiss')}
        </PlainButton>
      </div>
    </li>
  )
}

function whatOf({ target, reason }: Advice): string {
  const { span, title } = target
  if (!span) return t('activity', { title })
  const times = { from: clockOf(span.fromSeconds), to: clockOf(span.toSeconds), title }
  return t(reason.code === 'watched-below' ? 'partUnseen' : 'part', times)
}

const plain = (what: string): string => what.replace(/[“”]/g, '')
