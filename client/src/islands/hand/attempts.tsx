// The learner's attempts, each with its answers, keys and points when opened. Nothing in them can be changed.
import type { LearnerAttempt, LearnerPage } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { Pill } from '@instructure/ui-pill'
import { useState } from 'react'
import { dayAndTime, numeral } from '../../shell/locale.ts'
import { AttemptAnswers } from './attempt-answers.tsx'
import { t } from './words.ts'

export function Attempts({ page, first }: { page: LearnerPage; first: string | null }) {
  const { attempts } = page
  const [shownId, setShownId] = useState<string | null>(first ?? attempts.at(-1)?.id ?? null)
  return (
    <section className="hand-attempts" aria-labelledby="hand-attempts">
      <h2 id="hand-attempts">{t('attempts')}</h2>
      {attempts.length === 0 && <p>{t('attemptsNone')}</p>}
      <ol>
        {[...attempts].reverse().map((attempt) => (
          <li key={attempt.id}>
            <header>
              <h3>{t('attempt', { number: attempt.number })}</h3>
              <span className="hand-quiet">{factsOf(attempt)}</span>
              {attempt.late && <Pill color="warning">{t('attempt.late')}</Pill>}
              {attempt.score !== null && <strong>{t('score', { score: numeral(attempt.score), max: numeral(attempt.maxScore) })}</strong>}
              <Button
                size="small"
                aria-expanded={attempt.id === shownId}
                onClick={() => setShownId(attempt.id === shownId ? null : attempt.id)}
              >
                {t(attempt.id === shownId ? 'attempt.hide' : 'attempt.show', { number: attempt.number })}
              </Button>
            </header>
            {attempt.id === shownId && <AttemptAnswers key={`${attempt.id} ${attempt.state}`} attemptId={attempt.id} />}
          </li>
        ))}
      </ol>
    </section>
  )
}

function factsOf({ state, startedAt, submittedAt, deadlineAt, timeUp, empty }: LearnerAttempt): string {
  if (state === 'open') {
    const since = t('attempt.open', { time: dayAndTime(startedAt) })
    return deadlineAt ? `${since}, ${t('attempt.ends', { time: dayAndTime(deadlineAt) })}` : since
  }
  const parts = [t('attempt.handedIn', { time: dayAndTime(submittedAt ?? startedAt) })]
  if (timeUp) parts.push(t('attempt.timeUp'))
  if (empty) parts.push(t('attempt.empty'))
  return parts.join(', ')
}
