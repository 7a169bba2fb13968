// How fresh the class list is, a button to fetch it now, and the class as a CSV.
import type { Roster } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { call } from '../../api/call.ts'
import { download } from '../../shell/download.ts'
import { announce } from '../../shell/live-region.tsx'
import { dayAndTime } from '../../shell/locale.ts'
import { Notice } from '../../shell/notice.tsx'
import { ProblemAlert } from '../../shell/problem.tsx'
import { useAction } from '../../shell/use-action.ts'
import { rt } from './roster-words.ts'
import type { LiveOverview } from './use-overview.ts'

export function RosterBar({ live, platform }: { live: LiveOverview; platform: string }) {
  const { roster, placementId, assigned, naming } = live.overview
  const fetching = useAction(async () => {
    const fresh = await call('POST /api/roster/refresh', {})
    await live.refresh()
    if (!fresh.failure) announce(rt('roster.fetched', { people: fresh.people }))
  })
  const saving = useAction(async () => {
    const { fileName, csv } = await call('GET /api/placements/:placementId/roster-csv', { params: { placementId } })
    download(fileName, csv)
    announce(rt('roster.csvDone', { name: fileName }))
  })
  return (
    <div className="overview-roster">
      <p className="overview-roster-said">{fetching.pending ? rt('roster.fetching') : freshness(roster, platform)}</p>
      {assigned ? (
        <p className="overview-roster-said">{rt('roster.assigned', { platform, people: assigned.people, of: assigned.of })}</p>
      ) : null}
      <div className="overview-buttons">
        <Button size="small" onClick={() => void fetching.start()} interaction={fetching.pending ? 'disabled' : 'enabled'}>
          {rt('roster.fetch')}
        </Button>
        {naming !== 'withheld' && (
          <Button size="small" onClick={() => void saving.start()} interaction={saving.pending ? 'disabled' : 'enabled'}>
            {saving.pending ? rt('roster.csvMaking') : rt('roster.csv')}
          </Button>
        )}
      </div>
      {roster?.failure && !fetching.pending ? (
        <Notice kind="warning" role="status">
          <p>
            {rt('roster.failed', {
              platform,
              time: roster.triedAt ? dayAndTime(roster.triedAt) : '',
              reason: roster.failure.replace(/\.$/, ''),
            })}
          </p>
          <p>{roster.refreshedAt ? rt('roster.failedKept', { time: dayAndTime(roster.refreshedAt) }) : rt('roster.failedNone')}</p>
        </Notice>
      ) : null}
      <ProblemAlert error={fetching.error} onRetry={() => void fetching.start()} />
      <ProblemAlert error={saving.error} onRetry={() => void saving.start()} />
    </div>
  )
}

function freshness(roster: Roster | null, platform: string): string {
  if (roster?.refreshedAt) return rt('roster.fresh', { platform, people: roster.people, time: dayAndTime(roster.refreshedAt) })
  return roster?.failure ? '' : rt('roster.never', { platform })
}
