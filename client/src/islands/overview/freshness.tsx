// When the table was last true, in words, with a button to make it true now.
import { Button } from '@instructure/ui-buttons'
import { ApiProblem } from '../../api/call.ts'
import { announce } from '../../shell/live-region.tsx'
import { clockTime } from '../../shell/locale.ts'
import { ProblemAlert } from '../../shell/problem.tsx'
import type { LiveOverview } from './use-overview.ts'
import { t } from './words.ts'

export function Freshness({ live }: { live: LiveOverview }) {
  const { updatedAt, error, refreshing, refresh } = live
  if (error instanceof ApiProblem && error.status < 500) return <ProblemAlert error={error} onRetry={() => void refresh()} />
  const time = clockTime(updatedAt)
  const said = refreshing ? t('updating') : t(error === null ? 'updated' : 'stale', { time })
  const press = async () => {
    await refresh()
    announce(t('updated', { time: clockTime(new Date().toISOString()) }))
  }
  return (
    <div className="overview-fresh">
      <span data-stale={error !== null}>{said}</span>
      <Button size="small" onClick={() => void press()}>
        {t('refresh')}
      </Button>
    </div>
  )
}
