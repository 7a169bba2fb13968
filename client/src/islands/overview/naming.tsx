// Where the institution withholds names: that it does, and how whoever grades by hand comes to know whom they grade.
import { Button } from '@instructure/ui-buttons'
import { useEffect, useRef } from 'react'
import { call } from '../../api/call.ts'
import { Notice } from '../../shell/notice.tsx'
import { ProblemAlert } from '../../shell/problem.tsx'
import { useAction } from '../../shell/use-action.ts'
import type { LiveOverview } from './use-overview.ts'
import { t } from './words.ts'

export function Naming({ live, mayChange }: { live: LiveOverview; mayChange: boolean }) {
  const { naming, placementId } = live.overview
  const said = useRef<HTMLParagraphElement>(null)
  const pressed = useRef(false)
  const asking = useAction(async () => {
    pressed.current = true
    await call('POST /api/placements/:placementId/names', { params: { placementId } })
    await live.refresh()
  })
  // The button that had the focus is gone.
  useEffect(() => {
    if (naming === 'asked' && pressed.current) said.current?.focus({ preventScroll: true })
  }, [naming])
  if (naming === 'names') return null
  if (naming === 'asked') {
    return (
      <p ref={said} tabIndex={-1} className="overview-quiet">
        {t('names.asked')}
      </p>
    )
  }
  return (
    <>
      <Notice
        kind="info"
        title={t('names.withheld')}
        actions={
          mayChange && (
            <Button onClick={() => void asking.start()} interaction={asking.pending ? 'disabled' : 'enabled'}>
              {t('names.ask')}
            </Button>
          )
        }
      >
        <p>{t('names.numbers')}</p>
        <p>{t(mayChange ? 'names.why' : 'names.notYou')}</p>
      </Notice>
      <ProblemAlert error={asking.error} onRetry={() => void asking.start()} />
    </>
  )
}
