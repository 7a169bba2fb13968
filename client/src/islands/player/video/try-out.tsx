// A video's draft as its author tries it out: the player as learners have it, from any moment, with the way back above it.
import type { AttemptView } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { useEffect, useMemo, useState } from 'react'
import { call } from '../../../api/call.ts'
import { openKeep } from '../../../api/keep.ts'
import { clockOf } from '../../../shell/clock-time.ts'
import { ProblemAlert } from '../../../shell/problem.tsx'
import { VideoAttempt } from './stage.tsx'
import { t } from './words.ts'
import './try-out.css'

interface Props {
  readonly activityId: string
  readonly from: number
  onBack(): void
}

/** A question right where it begins is to be met. */
const LEAD = 0.15
const nothing = () => {}

export function TryOut({ activityId, from, onBack }: Props) {
  const [draft, setDraft] = useState<AttemptView | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [run, setRun] = useState({ turn: 0, from })
  const [keep] = useState(openKeep)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn is the reason to fetch again
  useEffect(() => {
    let left = false
    setError(null)
    call('GET /api/activities/:activityId/try-out', { params: { activityId } }).then(
      (it) => left || setDraft(it),
      (it: unknown) => left || setError(it),
    )
    return () => {
      left = true
    }
  }, [activityId, run.turn])
  const attempt = useMemo(() => (draft ? begunAt(draft, run.from) : null), [draft, run.from])
  const again = (to: number) => {
    setDraft(null)
    setRun(({ turn }) => ({ turn: turn + 1, from: to }))
  }
  return (
    <>
      <div className="cpv-try-out">
        <p>
          {t('tryOut.means')} {run.from > LEAD ? t('tryOut.from', { time: clockOf(run.from) }) : null}
        </p>
        <span className="cp-actions">
          {run.from > LEAD ? (
            <Button size="small" onClick={() => again(0)}>
              {t('tryOut.start')}
            </Button>
          ) : null}
          <Button size="small" onClick={onBack}>
            {t('tryOut.back')}
          </Button>
        </span>
      </div>
      {error === null ? null : <ProblemAlert error={error} onRetry={() => again(run.from)} />}
      {attempt ? (
        <VideoAttempt
          key={run.turn}
          launch={null}
          tryOut={{ from: run.from, onAgain: again, onBack }}
          attempt={attempt}
          records
          keep={keep}
          onSubmitted={nothing}
          onElsewhere={nothing}
        />
      ) : error === null ? (
        <p className="cp-loading">{t('tryOut.opening')}</p>
      ) : null}
    </>
  )
}

/** As if all before that moment was watched and answered. */
function begunAt(draft: AttemptView, from: number): AttemptView {
  const { video } = draft
  if (!video || from <= LEAD) return draft
  const at = Math.min(from, video.durationSeconds) - LEAD
  const cues = video.cues.map((cue) => (cue.atSeconds < at ? { ...cue, settled: true } : cue))
  const share = at / Math.max(1, video.durationSeconds)
  return { ...draft, video: { ...video, cues, watched: [[0, at]], watchedShare: share, creditedSeconds: at, positionSeconds: at } }
}
