// The last question before somebody is erased: what goes and what stays, and their name, typed.
import { Button } from '@instructure/ui-buttons'
import { useId, useState } from 'react'
import { ApiProblem, call } from '../../../api/call.ts'
import { ProblemAlert } from '../../../shell/problem.tsx'
import { useAction } from '../../../shell/use-action.ts'
import { useFocusOnShow } from '../../../shell/use-focus.ts'
import { t } from './words.ts'

interface Props {
  readonly institutionId: string
  readonly personId: string
  readonly name: string
  onErased(): Promise<void>
  onCancel(): void
}

export function EraseForm({ institutionId, personId, name, onErased, onCancel }: Props) {
  const id = useId()
  const heading = useFocusOnShow<HTMLHeadingElement>()
  const [typed, setTyped] = useState('')
  const erase = useAction(async () => {
    await call('POST /api/admin/privacy/erase', { body: { institutionId, personId, typed } })
    await onErased()
  })
  const differs = erase.error instanceof ApiProblem && erase.error.code === 'confirmation_differs'
  return (
    <form
      className="privacy-erase"
      onSubmit={(event) => {
        event.preventDefault()
        void erase.start()
      }}
    >
      <h3 ref={heading} tabIndex={-1}>
        {t('eraseTitle', { name })}
      </h3>
      <ul>
        {(['eraseWork', 'eraseStores', 'eraseGrades', 'eraseAgain', 'eraseBackups'] as const).map((one) => (
          <li key={one}>{t(one)}</li>
        ))}
      </ul>
      <label htmlFor={id}>{t('eraseType', { name })}</label>
      <input
        className="cp-field"
        id={id}
        required
        autoComplete="off"
        aria-invalid={differs || undefined}
        aria-describedby={differs ? `${id}problem` : undefined}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {differs ? (
        <p id={`${id}problem`} className="privacy-problem" role="alert">
          {t('problem.differs')}
        </p>
      ) : (
        <ProblemAlert error={erase.error} />
      )}
      <div className="cp-actions">
        <Button type="submit" color="danger">
          {t('eraseGo')}
        </Button>
        <Button onClick={onCancel}>{t('cancel')}</Button>
      </div>
    </form>
  )
}
