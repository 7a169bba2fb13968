// How much of the video an attempt has watched: share, points, and which parts, drawn and in words.
import type { AttemptView } from '@cuepoint/contracts'
import { clockOf } from '../../../../shell/clock-time.ts'
import { numeral, percent } from '../../../../shell/locale.ts'
import { merged } from '../watching/stretches.ts'
import { t } from '../words.ts'
import './outcome.css'

/** `theirs`: read by a teacher. */
export function WatchedFacts({ attempt, theirs = false }: { attempt: AttemptView; theirs?: boolean }) {
  const { video, outcome } = attempt
  if (!video) return null
  const { watched, watchedShare, watchedThreshold, durationSeconds } = video
  const watching = outcome?.watching
  const share = watching?.share ?? watchedShare
  // The blink between a question and the way on is no part of its own.
  const stretches = merged(watched)
  const parts = stretches.map(([from, to]) => t('result.part', { from: clockOf(from), to: clockOf(to) }))
  return (
    <div className="cpv-facts">
      <p>
        {t(theirs ? 'result.watchedThem' : 'result.watched', { percent: percent(share) })}{' '}
        {watching && watching.maxScore > 0 ? (
          <strong>{t('result.watchPoints', { score: numeral(watching.score), max: numeral(watching.maxScore) })}</strong>
        ) : null}{' '}
        {watching && watching.maxScore > 0 && share < watchedThreshold ? t('result.needed', { needed: percent(watchedThreshold) }) : null}
      </p>
      <div className="cpv-parts" aria-hidden="true">
        {stretches.map(([from, to]) => (
          <i
            key={from}
            style={{
              left: `${(100 * from) / Math.max(1, durationSeconds)}%`,
              width: `${(100 * (to - from)) / Math.max(1, durationSeconds)}%`,
            }}
          />
        ))}
      </div>
      {parts.length > 0 ? <p className="cpq-hint">{t('result.parts', { parts: parts.join(', ') })}</p> : null}
    </div>
  )
}
