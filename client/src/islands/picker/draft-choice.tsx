// A draft in the list: published on the way where nothing is missing, else it says what is, and leads to the editor.
import type { ActivitySummary } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { useState } from 'react'
import { call } from '../../api/call.ts'
import { ProblemAlert } from '../../shell/problem.tsx'
import { useAction } from '../../shell/use-action.ts'
import { t } from './words.ts'

export function DraftChoice({ activity, onPublished }: { activity: ActivitySummary; onPublished(activity: ActivitySummary): void }) {
  const [missing, setMissing] = useState(0)
  const publishing = useAction(async () => {
    const params = { activityId: activity.id }
    const draft = await call('GET /api/activities/:activityId', { params })
    setMissing(draft.issues.length)
    if (draft.issues.length > 0) return
    onPublished(await call('POST /api/activities/:activityId/publish', { params, body: { revision: draft.revision } }))
  })
  return (
    <>
      <p className="picker-why">{t('draftWhy')}</p>
      <ProblemAlert error={publishing.error} onRetry={() => void publishing.start()} />
      <p className="picker-why" role="status">
        {missing > 0 ? t('draftMissing', { n: missing }) : ''}
      </p>
      {missing === 0 && (
        <Button
          size="small"
          interaction={publishing.pending ? 'readonly' : 'enabled'}
          onClick={() => void publishing.start()}
          aria-label={t('publishThis', { title: activity.title })}
        >
          {publishing.pending ? t('publishing') : t('publishChoose')}
        </Button>
      )}
    </>
  )
}
