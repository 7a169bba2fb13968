// Starts a quiz or a video of one's own: its title, then the editor.
import type { ActivityKind } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { TextInput } from '@instructure/ui-text-input'
import { type FormEvent, useState } from 'react'
import { ProblemAlert } from '../../shell/problem.tsx'
import { useAction } from '../../shell/use-action.ts'
import { startActivity } from './catalogue.ts'
import { titleIsGood } from './selection.ts'
import { t } from './words.ts'

interface Props {
  readonly kind: ActivityKind
  readonly title: string
  onStarted(activityId: string): void
}

export function NewActivity({ kind, title: given, onStarted }: Props) {
  const [title, setTitle] = useState(given || t(`new.${kind}.default`))
  const [tried, setTried] = useState(false)
  const starting = useAction(async () => onStarted((await startActivity(kind, title.trim())).id))
  const submit = (event?: FormEvent) => {
    event?.preventDefault()
    setTried(true)
    if (titleIsGood(title)) void starting.start()
  }
  const bad = tried && !titleIsGood(title)
  return (
    <form className="picker-new" onSubmit={submit} noValidate>
      <p>{t(`new.${kind}.intro`)}</p>
      {starting.error !== null && <ProblemAlert error={starting.error} onRetry={() => submit()} />}
      <TextInput
        renderLabel={t(`new.${kind}.title`)}
        value={title}
        onChange={(_, text) => setTitle(text)}
        messages={bad ? [{ type: 'newError', text: t('newTitleMissing') }] : []}
      />
      <div className="picker-buttons">
        <Button type="submit" color="primary" interaction={starting.pending ? 'readonly' : 'enabled'}>
          {starting.pending ? t(`new.${kind}.starting`) : t(`new.${kind}.start`)}
        </Button>
      </div>
    </form>
  )
}
