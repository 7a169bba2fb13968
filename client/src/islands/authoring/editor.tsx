// The quiz editor over one draft: bar, title and introduction, questions, settings; publishing and closing.
import type { Activity, DraftIssue, QuizDocument } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { TextInput } from '@instructure/ui-text-input'
import { useState } from 'react'
import { ApiProblem } from '../../api/call.ts'
import { Notice } from '../../shell/notice.tsx'
import { ProblemAlert } from '../../shell/problem.tsx'
import { useAction } from '../../shell/use-action.ts'
import { useFocusOnShow } from '../../shell/use-focus.ts'
import { Bar } from './bar.tsx'
import type { ActivityWith } from './draft/draft-keeper.ts'
import { maxScoreOf, withoutTopic, withSettings } from './draft/edits.ts'
import { useDraft } from './draft/use-draft.ts'
import { focusOn } from './fields/focus.ts'
import { InUse } from './in-use.tsx'
import { Missing } from './missing.tsx'
import { QuestionList } from './questions/question-list.tsx'
import { refusedIssues } from './refused-issues.ts'
import { RichTextField } from './rich-text/field.tsx'
import { SaveWords } from './save-state.tsx'
import { Settings } from './settings/settings.tsx'
import { useTopics } from './topics/use-topics.ts'
import { Trouble } from './trouble.tsx'
import { useSaveAnnounced } from './use-save-announced.ts'
import { t } from './words.ts'

interface Props {
  readonly activity: ActivityWith<QuizDocument>
  readonly locale: string
  onDone(activity: Activity): void
  onCancel(): void
}

export function Editor({ activity, locale, onDone, onCancel }: Props) {
  const { keeper, view } = useDraft(activity)
  const { title, document, save } = view
  const edit = (change: (document: QuizDocument) => QuizDocument) =>
    keeper.change((draft) => ({ ...draft, document: change(draft.document) }))
  const topics = useTopics((topicId) => edit((now) => withoutTopic(now, topicId)))
  const [open, setOpen] = useState<string | null>(null)
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
      setRefused(refusedIssues(error.problem, document))
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
  const go = (id: string) => {
    setOpen(id)
    focusOn(`prompt-${id}`, `head-${id}`)
  }
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
      <Missing issues={issues} questions={document.questions} refused={refused !== null} onGo={go} />
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
          onValue={(intro) => edit((now) => ({ ...now, intro }))}
        />
      </div>
      <QuestionList
        document={document}
        issues={issues}
        topics={topics}
        locale={locale}
        open={open}
        saveState={<SaveWords save={save} />}
        onOpen={setOpen}
        onEdit={edit}
      />
      <p className="au-total">{t('total', { points: maxScoreOf(document) })}</p>
      <Settings settings={document.settings} locale={locale} onSettings={(change) => edit((now) => withSettings(now, change))} />
      <p className="au-hint">{t('publishMeans')}</p>
    </main>
  )
}
