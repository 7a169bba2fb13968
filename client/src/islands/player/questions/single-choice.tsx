// One of several.
import { Rich } from '../../../shell/rich.tsx'
import { type FieldProps, type Kind, t } from './kind.ts'
import { ClearChoice, Options } from './options.tsx'

function Field({ question, value, give, locked, promptId }: FieldProps<'single-choice'>) {
  const chosen = value?.choiceId ?? null
  const choose = (choiceId: string | null) => give({ kind: 'single-choice', choiceId }, 'chosen')
  return (
    <Options
      type="radio"
      name={question.id}
      hint={t('chooseOne')}
      promptId={promptId}
      rows={question.choices.map(({ id, text }) => ({ id, label: <Rich html={text} /> }))}
      chosen={chosen === null ? [] : [chosen]}
      locked={locked}
      choose={choose}
    >
      <ClearChoice shown={chosen !== null && !locked} clear={() => choose(null)}>
        {t('clearChoice')}
      </ClearChoice>
    </Options>
  )
}

export const singleChoice: Kind<'single-choice'> = {
  Field,
  isAnswered: (value) => value.choiceId !== null,
  Given: ({ question, value }) => <Rich html={question.choices.find(({ id }) => id === value.choiceId)?.text ?? ''} />,
}
