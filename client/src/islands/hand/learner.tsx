// One learner at one placement, as a teacher sees them: what counts, attempts with answers, what was granted, and who changed what.
import type { LearnerPage } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { useCallback, useEffect, useState } from 'react'
import { call } from '../../api/call.ts'
import { Notice } from '../../shell/notice.tsx'
import { ProblemAlert } from '../../shell/problem.tsx'
import { useFocusOnShow } from '../../shell/use-focus.ts'
import { Attempts } from './attempts.tsx'
import { Grants } from './grants.tsx'
import { History } from './history.tsx'
import { ScoreThatCounts } from './score.tsx'
import { t } from './words.ts'
import './hand.css'

interface Props {
  readonly placementId: string
  readonly personId: string
  /** Shown open at first; the latest one where it is null. */
  readonly attemptId: string | null
  readonly platform: string
  readonly locale: string
  /** Null where the page stands alone, opened from the gradebook. */
  readonly onBack: (() => void) | null
}

/** How often an open page looks whether something changed, in ms. */
const LOOK_AGAIN = 5000

export function Learner({ placementId, personId, attemptId, platform, locale, onBack }: Props) {
  const [page, setPage] = useState<LearnerPage | null>(null)
  const [error, setError] = useState<unknown>(null)
  const fetchPage = useCallback(
    () =>
      call('GET /api/placements/:placementId/learners/:personId', { params: { placementId, personId } }).then(
        (fresh) => {
          setPage(fresh)
          setError(null)
        },
        (problem: unknown) => setError(problem),
      ),
    [placementId, personId],
  )
  useEffect(() => {
    void fetchPage()
    const timer = setInterval(() => document.visibilityState === 'visible' && void fetchPage(), LOOK_AGAIN)
    return () => clearInterval(timer)
  }, [fetchPage])
  const name = page?.person.name || t('unnamed')
  const heading = useFocusOnShow<HTMLHeadingElement>(page?.person.id)
  return (
    <main className="hand">
      {onBack && (
        <p>
          <Button size="small" onClick={onBack}>
            {t('back')}
          </Button>
        </p>
      )}
      {page && (
        <h1 ref={heading} tabIndex={-1}>
          {t('title', { name, activity: page.activity?.title ?? t('nothing') })}
        </h1>
      )}
      <ProblemAlert error={error} onRetry={() => void fetchPage()} />
      {!page && error === null && <p className="cp-loading">{t('loading')}</p>}
      {page && (
        <>
          {page.withheld && (
            <Notice kind="info">
              <p>{t('withheld')}</p>
            </Notice>
          )}
          {!page.mayChange && (
            <Notice kind="info">
              <p>{t('look')}</p>
            </Notice>
          )}
          <div className="hand-grid">
            <ScoreThatCounts page={page} platform={platform} locale={locale} onPage={setPage} />
            <Grants page={page} onPage={setPage} />
          </div>
          <Attempts page={page} first={attemptId} />
          <History page={page} />
        </>
      )}
    </main>
  )
}
