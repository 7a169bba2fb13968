// Starts a quiz of one's own: its title, then the editor.
import { Button } from '@instructure/ui-buttons'
import { TextInput } from '@instructure/ui-text-input'
import { type FormEvent, useState } from 'react'
import { ProblemAlert } from '../../shell/problem.tsx'
import { useAction } from '../../shell/use-action.ts'
import { startQuiz } from './catalogue.ts'
import { titleIsGood } from './selection.ts'
import { t } from './words.ts'

export function NewQuiz({ title: given, onStarted }: { title: string; onStarted(activityId: string): void }) {
  const [title, setTitle] = useState(given || t('newTitleDefault'))
  const [tried, setTried] = useState(false)
  const starting = useAction(async () => onStarted((await startQuiz(title.trim())).id))
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    if (titleIsGood(title)) void starting.start()
  }
  const bad = tried && !titleIsGood(title)
  return (
    <form className="picker-new" onSubmit={submit} noValidate>
      <p>{t('newIntro')}</p>
      {starting.error !== null && <ProblemAlert error={starting.error} onRetry={() => submit()} />}
      <TextInput
        renderLabel={t('newTitle')}
        value={title}
        onChange={(_, text) => setTitle(text)}
        messages={bad ? [{ type: 'newError', text: t('newTitleMissing') }] : []}
      />
      <div className="picker-buttons">
        <Button type="submit" color="primary" interaction={starting.pending ? 'readonly' : 'enabled'}>
          {starting.pending ? t('starting') : t('start')}
        </Button>
      </div>
    </form>
  )
}
