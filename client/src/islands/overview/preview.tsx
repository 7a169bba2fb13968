// The player inside the overview: what a learner meets, with the way back above it.
import type { LaunchData } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { Suspense } from 'react'
import { Player } from '../../shell/islands.tsx'
import { useFocusOnShow } from '../../shell/use-focus.ts'
import { t } from './words.ts'

export function Preview({ launch, onBack }: { launch: LaunchData; onBack(): void }) {
  const bar = useFocusOnShow<HTMLDivElement>()
  return (
    <>
      <div className="overview-preview" ref={bar} tabIndex={-1}>
        <p>{t('previewing')}</p>
        <Button size="small" onClick={onBack}>
          {t('previewBack')}
        </Button>
      </div>
      <Suspense fallback={<p className="cp-loading">{t('loadingPreview')}</p>}>
        <Player launch={{ ...launch, island: 'player', player: null }} />
      </Suspense>
    </>
  )
}
