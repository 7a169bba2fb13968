// The answers of one attempt, fetched when it is opened.
import type { AttemptView } from '@cuepoint/contracts'
import { Suspense, useCallback, useEffect, useState } from 'react'
import { call } from '../../api/call.ts'
import { LearnerAnswers } from '../../shell/learner-answers.tsx'
import { ProblemAlert } from '../../shell/problem.tsx'
import { t } from './words.ts'

export function AttemptAnswers({ attemptId }: { attemptId: string }) {
  const [attempt, setAttempt] = useState<AttemptView | null>(null)
  const [error, setError] = useState<unknown>(null)
  const look = useCallback(() => {
    setError(null)
    call('GET /api/attempts/:attemptId', { params: { attemptId } }).then(setAttempt, (problem: unknown) => setError(problem))
  }, [attemptId])
  useEffect(look, [look])
  const waiting = <p className="cp-loading">{t('answers.loading')}</p>
  if (error !== null) return <ProblemAlert error={error} onRetry={look} />
  if (!attempt) return waiting
  return (
    <Suspense fallback={waiting}>
      <LearnerAnswers attempt={attempt} />
    </Suspense>
  )
}
