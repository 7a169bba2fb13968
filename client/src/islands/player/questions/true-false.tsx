// A statement that is true or false.
import { type FieldProps, type Kind, t } from './kind.ts'
import { ClearChoice, Options } from './options.tsx'

function Field({ question, value, give, locked, promptId }: FieldProps<'true-false'>) {
  const chosen = value?.value ?? null
  return (
    <Options
      type="radio"
      name={question.id}
      hint={t('chooseOne')}
      promptId={promptId}
      rows={[
        { id: 'true', label: t('true') },
        { id: 'false', label: t('false') },
      ]}
      chosen={chosen === null ? [] : [String(chosen)]}
      locked={locked}
      choose={(id) => give({ kind: 'true-false', value: id === 'true' }, 'chosen')}
    >
      <ClearChoice shown={chosen !== null && !locked} clear={() => give({ kind: 'true-false', value: null }, 'chosen')}>
        {t('clearChoice')}
      </ClearChoice>
    </Options>
  )
}

export const trueFalse: Kind<'true-false'> = {
  Field,
  isAnswered: (value) => value.value !== null,
  Given: ({ value }) => <p>{value.value ? t('true') : t('false')}</p>,
}
