// A word or a few, typed.
import { type FieldProps, type Kind, t } from './kind.ts'

function Field({ question, value, give, locked, promptId }: FieldProps<'short-text'>) {
  const labelId = `${question.id}-label`
  return (
    <div className="cpq-field">
      <label id={labelId} htmlFor={`${question.id}-text`}>
        {t('yourAnswer')}
      </label>
      <input
        id={`${question.id}-text`}
        type="text"
        aria-labelledby={`${promptId} ${labelId}`}
        maxLength={2000}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        disabled={locked}
        value={value?.text ?? ''}
        onChange={(event) => give({ kind: 'short-text', text: event.target.value }, 'typed')}
      />
    </div>
  )
}

export const shortText: Kind<'short-text'> = {
  Field,
  isAnswered: (value) => value.text.trim() !== '',
  Given: ({ value }) => <p>{value.text}</p>,
}
