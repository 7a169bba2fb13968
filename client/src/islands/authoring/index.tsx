// The authoring island: fetches one activity and edits it. Lit inside the picker and the overview by shell/islands.tsx.
import type { Activity } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { Suspense, useCallback, useEffect, useState } from 'react'
import { call } from '../../api/call.ts'
import { lazy } from '../../shell/lazy.ts'
import { ProblemAlert } from '../../shell/problem.tsx'
import { Editor } from './editor.tsx'
import { t } from './words.ts'
import './authoring.css'
import './forms.css'
import './rich-text/rich-text.css'

const VideoEditor = lazy(() => import('./video/editor.tsx'), 'VideoEditor')

interface Props {
  readonly activityId: string
  readonly locale: string
  /** Published: the activity as it stands now. */
  onDone(activity: Activity): void
  /** Left without publishing; the draft is saved. */
  onCancel(): void
}

export function Authoring({ activityId, locale, onDone, onCancel }: Props) {
  const [activity, setActivity] = useState<Activity | null>(null)
  const [error, setError] = useState<unknown>(null)
  const load = useCallback(() => {
    setError(null)
    call('GET /api/activities/:activityId', { params: { activityId } }).then(setActivity, setError)
  }, [activityId])
  useEffect(load, [load])
  const document = activity?.document
  if (activity && document?.kind === 'quiz')
    return <Editor activity={{ ...activity, document }} locale={locale} onDone={onDone} onCancel={onCancel} />
  if (activity && document?.kind === 'video') {
    return (
      <Suspense fallback={<p className="cp-loading">{t('loading')}</p>}>
        <VideoEditor activity={{ ...activity, document }} locale={locale} onDone={onDone} onCancel={onCancel} />
      </Suspense>
    )
  }
  if (error === null) return <p className="cp-loading">{t('loading')}</p>
  return (
    <main>
      <ProblemAlert error={error} onRetry={load} />
      <Button onClick={onCancel}>{t('close')}</Button>
    </main>
  )
}
