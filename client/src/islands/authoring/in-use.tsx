// Where the activity that is being edited is placed, and what publishing does there. Fetched beside the editor: writing never waits for it.
import type { PlacedActivity } from '@cuepoint/contracts'
import { useEffect, useState } from 'react'
import { call } from '../../api/call.ts'
import { listing } from '../../shell/locale.ts'
import { Notice } from '../../shell/notice.tsx'
import { t } from './words.ts'

export function InUse({ activityId, published }: { activityId: string; published: boolean }) {
  const [placed, setPlaced] = useState<readonly PlacedActivity[] | 'unknown'>([])
  useEffect(() => {
    call('GET /api/placed-activities', {}).then(
      (reply) => setPlaced(reply.placed.filter((one) => one.activityId === activityId)),
      () => setPlaced('unknown'),
    )
  }, [activityId])
  if (placed === 'unknown') return <p className="au-hint">{t('inUseUnknown')}</p>
  if (placed.length === 0) return null
  const running = placed.reduce((sum, one) => sum + one.running, 0)
  const places = placed.map(({ title, otherCourse }) =>
    otherCourse === null ? t('inUseHere', { title }) : t('inUseElsewhere', { title, course: otherCourse }),
  )
  return (
    <Notice kind="info" title={t('inUse', { places: listing(places) })}>
      <p>
        {t(running > 0 ? 'inUseRunning' : 'inUseNoneRunning', { n: running })} {published ? t('inUsePublish') : null}
      </p>
    </Notice>
  )
}
