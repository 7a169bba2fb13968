// What the gradebook has not taken: how many, sending them again, and a list to type in by hand.
import type { LearnerRow } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { call } from '../../api/call.ts'
import { download } from '../../shell/download.ts'
import { announce } from '../../shell/live-region.tsx'
import { Notice } from '../../shell/notice.tsx'
import { ProblemAlert } from '../../shell/problem.tsx'
import { useAction } from '../../shell/use-action.ts'
import { gt } from './gradebook-words.ts'
import type { LiveOverview } from './use-overview.ts'

const refusedAmong = (learners: readonly LearnerRow[]): number => learners.filter((it) => it.result?.sync.state === 'refused').length

interface Props {
  readonly live: LiveOverview
  readonly platform: string
  /** A non-editing teacher only looks. */
  readonly mayChange: boolean
}

export function GradebookBar({ live, platform, mayChange }: Props) {
  const { placementId, learners, naming } = live.overview
  const params = { placementId }
  const sending = useAction(async () => {
    const { asked } = await call('POST /api/placements/:placementId/scores/resend', { params, body: { personIds: null } })
    await live.refresh()
    announce(asked > 0 ? gt('bar.sent', { count: asked, platform }) : gt('bar.nothing'))
  })
  const saving = useAction(async () => {
    const { fileName, csv, rows } = await call('GET /api/placements/:placementId/scores/missing', { params })
    download(fileName, csv)
    announce(gt('bar.csvDone', { rows, name: fileName }))
  })
  const count = refusedAmong(learners)
  if (count === 0 || !mayChange) return null
  return (
    <Notice
      kind="warning"
      actions={
        <span className="overview-buttons">
          <Button onClick={() => void sending.start()} interaction={sending.pending ? 'disabled' : 'enabled'}>
            {sending.pending ? gt('bar.sending') : gt('bar.again')}
          </Button>
          {naming !== 'withheld' && (
            <Button onClick={() => void saving.start()} interaction={saving.pending ? 'disabled' : 'enabled'}>
              {gt('bar.csv')}
            </Button>
          )}
        </span>
      }
    >
      <p>{gt('bar.refused', { count, platform })}</p>
      <ProblemAlert error={sending.error} onRetry={() => void sending.start()} />
      <ProblemAlert error={saving.error} onRetry={() => void saving.start()} />
    </Notice>
  )
}
