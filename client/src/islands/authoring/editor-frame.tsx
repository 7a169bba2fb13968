// What every editor has around its own parts: bar, trouble, what is missing, where it is in use, title and introduction; publishing and closing.
import type { Activity, ActivityDocument, DraftIssue, Question } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { TextInput } from '@instructure/ui-text-input'
import { type ReactNode, useState } from 'react'
import { ApiProblem } from '../../api/call.ts'
import { Notice } from '../../shell/notice.tsx'
import { ProblemAlert } from '../../shell/problem.tsx'
import { useAction } from '../../shell/use-action.ts'
import { useFocusOnShow } from '../../shell/use-focus.ts'
import { Bar } from './bar.tsx'
import type { DraftKeeper, DraftView } from './draft/draft-keeper.ts'
import { focusOn } from './fields/focus.ts'
import { InUse } from './in-use.tsx'
import { Missing } from './missing.tsx'
import { refusedIssues } from './refused-issues.ts'
import { RichTextField } from './rich-text/field.tsx'
import { Trouble } from './trouble.tsx'
import { useSaveAnnounced } from './use-save-announced.ts'
import { t } from './words.ts'

interface Props<D extends ActivityDocument> {
  readonly activity: Activity
  readonly keeper: DraftKeeper<D>
  readonly view: DraftView<D>
  readonly questions: readonly Question[]
  /** Said between what is missing and the rest. */
  readonly notes?: ReactNode
  readonly children: (issues: readonly DraftIssue[]) => ReactNode
  /** Opens the question an issue is about. */
  onGo(questionId: string): void
  onDone(activity: Activity): void
  onCancel(): void
}

export function EditorFrame<D extends ActivityDocument>(props: Props<D>) {
  const { activity, keeper, view, questions, notes, children, onGo, onDone, onCancel } = props
  const { title, document, save } = view
  const [refused, setRefused] = useState<readonly DraftIssue[] | null>(null)
  const [leaving, setLeaving] = useState(false)
  const heading = useFocusOnShow<HTMLHeadingElement>()
  useSaveAnnounced(save)
  const publishing = useAction(async () => {
    setRefused(null)
    try {
      onDone(await keeper.publish())
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 'activity_incomplete') throw error
      setRefused(refusedIssues(error.problem, questions))
      focusOn('au-missing')
    }
  })
  const close = useAction(async () => {
    await keeper.flush()
    if (keeper.unsaved) setLeaving(true)
    else onCancel()
  })
  const version = activity.published?.number ?? null
  const ahead = version === null || activity.draftAhead || document !== activity.document || title !== activity.title
  // Once the draft was saved again, what the server says of that is newer than what it said to publishing.
  const issues = refused && save.at === 'saved' && view.issues.length === 0 ? refused : view.issues
  return (
    <main className="au">
      <h1 ref={heading} tabIndex={-1} className="cp-sr">
        {t('heading', { title: activity.title })}
      </h1>
      <Bar
        save={save}
        ahead={ahead}
        publishing={publishing.pending}
        onRetry={() => void keeper.flush()}
        onPublish={() => void publishing.start()}
        onClose={() => void close.start()}
      />
      <Trouble keeper={keeper} view={view} />
      {save.at !== 'failed' && save.at !== 'conflict' && <ProblemAlert error={publishing.error} onRetry={() => void publishing.start()} />}
      {leaving && keeper.unsaved && (
        <Notice
          kind="warning"
          role="alert"
          title={t('leaveTitle')}
          actions={
            <>
              <Button color="primary" onClick={() => setLeaving(false)}>
                {t('leaveStay')}
              </Button>
              <Button color="danger" withBackground={false} onClick={onCancel}>
                {t('leaveGo')}
              </Button>
            </>
          }
        >
          <p>{t('leave')}</p>
        </Notice>
      )}
      <Missing issues={issues} questions={questions} refused={refused !== null} onGo={onGo} />
      {notes}
      <InUse activityId={activity.id} published={version !== null} />
      <p className="au-version">
        {version === null ? t('neverPublished') : t(ahead ? 'publishedAhead' : 'publishedSame', { version, next: version + 1 })}
      </p>
      <div className="au-top">
        <TextInput
          renderLabel={t('title')}
          value={title}
          maxLength={200}
          onChange={(_, text) => keeper.change((draft) => ({ ...draft, title: text }))}
          messages={title.trim() ? [] : [{ type: 'newError', text: t('titleMissing') }]}
        />
        <RichTextField
          label={t('intro')}
          hint={t('introHint')}
          value={document.intro}
          onValue={(intro) => keeper.change((draft) => ({ ...draft, document: { ...draft.document, intro } }))}
        />
      </div>
      {children(issues)}
      <p className="au-hint">{t('publishMeans')}</p>
    </main>
  )
}
