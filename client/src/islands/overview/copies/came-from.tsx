// In front of a teacher whose link came with a copied course: use a copy, share, or choose another. Where it came from nowhere, the
// chooser opens by itself.
import type { LaunchData, PlacementOrigin } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { Checkbox } from '@instructure/ui-checkbox'
import { useEffect, useState } from 'react'
import { call } from '../../../api/call.ts'
import { announce } from '../../../shell/live-region.tsx'
import { ProblemAlert } from '../../../shell/problem.tsx'
import { useRelight } from '../../../shell/relight.ts'
import { useAction } from '../../../shell/use-action.ts'
import { useFocusOnShow } from '../../../shell/use-focus.ts'
import { useOrigin } from './use-origin.ts'
import { ct } from './words.ts'

interface Props {
  readonly launch: LaunchData
  readonly placementId: string
  onChoose(): void
}

export function CameFrom({ launch, placementId, onChoose }: Props) {
  const [found, look] = useOrigin(placementId)
  const none = found.is === 'known' && !(found.waitsForTeacher && found.origin)
  useEffect(() => {
    if (none) onChoose()
  }, [none, onChoose])
  if (found.is === 'failed')
    return (
      <main className="overview">
        <ProblemAlert error={found.error} onRetry={look} />
        <Button onClick={onChoose}>{ct('copy.lookFailed')}</Button>
      </main>
    )
  if (found.is === 'looking' || !found.origin || none) return <p className="cp-loading">{ct('copy.looking')}</p>
  return <Decide launch={launch} placementId={placementId} origin={found.origin} onChoose={onChoose} />
}

function Decide({ placementId, origin, onChoose }: Props & { origin: PlacementOrigin }) {
  const relight = useRelight()
  const [all, setAll] = useState(origin.undecided > 1)
  const [wanted, setWanted] = useState<'copy' | 'share'>('copy')
  const settling = useAction(async (decision: 'copy' | 'share') => {
    setWanted(decision)
    const launch = await call('PUT /api/placements/:placementId/origin', { params: { placementId }, body: { decision, all } })
    announce(ct(decision === 'copy' ? 'copy.doneCopy' : 'copy.doneShare'))
    relight(launch)
  })
  const heading = useFocusOnShow<HTMLHeadingElement>()
  const { courseTitle: course, title, questionCount: questions, maxScore: points, undecided, placedThere: placed } = origin
  const interaction = settling.pending ? 'disabled' : 'enabled'
  return (
    <main className="overview copies">
      <h1 ref={heading} tabIndex={-1}>
        {ct('copy.title', { course })}
      </h1>
      <p>{ct('copy.what', { title, questions, points })}</p>
      {!origin.published && <p>{ct('copy.draft')}</p>}
      {placed > 1 && (
        <div className="copies-all">
          <Checkbox label={ct('copy.all', { course })} checked={all} onChange={() => setAll(!all)} disabled={settling.pending} />
          <p className="overview-quiet">{ct('copy.allHelp', { placed, undecided })}</p>
        </div>
      )}
      <div className="copies-choices">
        <div>
          <Button color="primary" onClick={() => void settling.start('copy')} interaction={interaction}>
            {settling.pending && wanted === 'copy' ? ct('copy.working') : ct('copy.copy')}
          </Button>
          <p className="overview-quiet">{ct('copy.copyHelp')}</p>
        </div>
        <div>
          <Button onClick={() => void settling.start('share')} interaction={interaction}>
            {settling.pending && wanted === 'share' ? ct('copy.working') : ct('copy.share')}
          </Button>
          <p className="overview-quiet">{ct('copy.shareHelp', { course })}</p>
        </div>
        <div>
          <Button onClick={onChoose} interaction={interaction}>
            {ct('copy.relink')}
          </Button>
        </div>
      </div>
      <ProblemAlert error={settling.error} onRetry={() => void settling.start(wanted)} />
    </main>
  )
}
