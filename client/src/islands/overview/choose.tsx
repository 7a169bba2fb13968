// Points this link at another activity of the course, or at its first one.
import type { ActivitySummary, LaunchData, PlacementOverview } from '@cuepoint/contracts'
import { type ReactNode, Suspense, useState } from 'react'
import { call } from '../../api/call.ts'
import { Chooser } from '../../shell/islands.tsx'
import { ProblemAlert } from '../../shell/problem.tsx'
import { useRelight } from '../../shell/relight.ts'
import { useAction } from '../../shell/use-action.ts'
import { useFocusOnShow } from '../../shell/use-focus.ts'
import { t } from './words.ts'

interface Props {
  readonly launch: LaunchData
  readonly overview: PlacementOverview
  readonly initial: string | null
  onEdit(activityId: string): void
  onCancel(): void
}

export function Choose({ launch, overview, initial, onEdit, onCancel }: Props) {
  const { placementId, title, activity } = overview
  const relight = useRelight()
  const [wanted, setWanted] = useState<ActivitySummary | null>(null)
  const choosing = useAction(async (activityId: string) => {
    relight(await call('PUT /api/placements/:placementId/activity', { params: { placementId }, body: { activityId } }))
  })
  return (
    <main>
      <Suspense fallback={<p className="cp-loading">{t('loadingChooser')}</p>}>
        <Chooser
          label={choosing.pending ? t('using') : t('useIt')}
          pending={choosing.pending}
          initial={initial}
          onChosen={(chosen) => {
            setWanted(chosen)
            void choosing.start(chosen.id)
          }}
          onEdit={onEdit}
          onCancel={onCancel}
        >
          <Heading>{t('chooseHeading', { title })}</Heading>
          <p>{activity ? t('chooseOther') : t('chooseEmpty', { platform: launch.session.platform.name })}</p>
          <ProblemAlert error={choosing.error} onRetry={() => wanted && void choosing.start(wanted.id)} />
        </Chooser>
      </Suspense>
    </main>
  )
}

/** Comes with the chooser, which may have to be fetched first: the focus waits for it. */
function Heading({ children }: { children: ReactNode }) {
  const heading = useFocusOnShow<HTMLHeadingElement>()
  return (
    <h1 ref={heading} tabIndex={-1}>
      {children}
    </h1>
  )
}
