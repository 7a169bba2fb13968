// Above the learners of a shared activity: whose it is, and the way out of the share.
import type { PlacementOrigin } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { call } from '../../../api/call.ts'
import { Notice } from '../../../shell/notice.tsx'
import { ProblemAlert } from '../../../shell/problem.tsx'
import { useRelight } from '../../../shell/relight.ts'
import { useAction } from '../../../shell/use-action.ts'
import { ct } from './words.ts'

export function SharedFrom({ placementId, origin, mayChange }: { placementId: string; origin: PlacementOrigin; mayChange: boolean }) {
  const relight = useRelight()
  const taking = useAction(async () => relight(await call('DELETE /api/placements/:placementId/share', { params: { placementId } })))
  const course = origin.courseTitle
  return (
    <>
      <Notice
        kind="info"
        title={ct('shared.title', { course })}
        actions={
          mayChange && (
            <Button size="small" onClick={() => void taking.start()} interaction={taking.pending ? 'disabled' : 'enabled'}>
              {taking.pending ? ct('copy.working') : ct('shared.back')}
            </Button>
          )
        }
      >
        <p>{ct('shared.what', { course })}</p>
        {mayChange && <p>{ct('shared.backHelp')}</p>}
      </Notice>
      <ProblemAlert error={taking.error} onRetry={() => void taking.start()} />
    </>
  )
}
