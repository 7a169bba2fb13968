// A number as people write it (`7,5`, `7.5`, `1e3`); the server reads it by the session's locale. The unit stands behind the field.
import { type FieldProps, type Kind, t } from './kind.ts'

const looksLikeNumber = (text: string) => /^\s*[+\-−]?\s*(\d[\d\s.,'’]*|[.,]\d+)\s*(e[+\-−]?\d+)?\s*$/i.test(text)

function Field({ question, value, give, locked, promptId }: FieldProps<'number'>) {
  const text = value?.text ?? ''
  const id = `${question.id}-number`
  const doubtful = text.trim() !== '' && !looksLikeNumber(text)
  return (
    <div className="cpq-field">
      <label id={`${id}-label`} htmlFor={id}>
        {t('yourAnswer')}
      </label>
      <span className="cpq-number">
        <input
          id={id}
          type="text"
          inputMode="decimal"
          aria-labelledby={`${promptId} ${id}-label${question.unit ? ` ${id}-unit` : ''}`}
          aria-describedby={`${id}-hint`}
          maxLength={100}
          autoComplete="off"
          disabled={locked}
          value={text}
          onChange={(event) => give({ kind: 'number', text: event.target.value }, 'typed')}
        />
        {question.unit ? <span id={`${id}-unit`}>{question.unit}</span> : null}
      </span>
      <p id={`${id}-hint`} className="cpq-hint cpq-hint-room">
        {doubtful ? t('notANumber') : ''}
      </p>
    </div>
  )
}

export const number: Kind<'number'> = {
  Field,
  isAnswered: (value) => value.text.trim() !== '',
  Given: ({ question, value }) => (
    <p>
      {value.text} {question.unit}
    </p>
  ),
}
