// The quiz editor over one draft: questions and settings, in the frame that all editors share.
import type { Activity, QuizDocument } from '@cuepoint/contracts'
import { useState } from 'react'
import type { ActivityWith } from './draft/draft-keeper.ts'
import { maxScoreOf, withoutTopic, withSettings } from './draft/edits.ts'
import { useDraft } from './draft/use-draft.ts'
import { EditorFrame } from './editor-frame.tsx'
import { focusOn } from './fields/focus.ts'
import { QuestionList } from './questions/question-list.tsx'
import { SaveWords } from './save-state.tsx'
import { Settings } from './settings/settings.tsx'
import { useTopics } from './topics/use-topics.ts'
import { t } from './words.ts'

interface Props {
  readonly activity: ActivityWith<QuizDocument>
  readonly locale: string
  onDone(activity: Activity): void
  onCancel(): void
}

export function Editor({ activity, locale, onDone, onCancel }: Props) {
  const { keeper, view } = useDraft(activity)
  const { document, save } = view
  const edit = (change: (document: QuizDocument) => QuizDocument) =>
    keeper.change((draft) => ({ ...draft, document: change(draft.document) }))
  const topics = useTopics((topicId) => edit((now) => withoutTopic(now, topicId)))
  const [open, setOpen] = useState<string | null>(null)
  return (
    <EditorFrame
      activity={activity}
      keeper={keeper}
      view={view}
      questions={document.questions}
      onGo={(id) => {
        setOpen(id)
        focusOn(`prompt-${id}`, `head-${id}`)
      }}
      onDone={onDone}
      onCancel={onCancel}
    >
      {(issues) => (
        <>
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
        </>
      )}
    </EditorFrame>
  )
}
