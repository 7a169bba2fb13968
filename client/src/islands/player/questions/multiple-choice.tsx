// Any number of several.
import { Rich } from '../../../shell/rich.tsx'
import { type FieldProps, type Kind, t } from './kind.ts'
import { Options } from './options.tsx'

function Field({ question, value, give, locked, promptId }: FieldProps<'multiple-choice'>) {
  const chosen = value?.choiceIds ?? []
  return (
    <Options
      type="checkbox"
      name={question.id}
      hint={t('chooseAny')}
      promptId={promptId}
      rows={question.choices.map(({ id, text }) => ({ id, label: <Rich html={text} /> }))}
      chosen={chosen}
      locked={locked}
      choose={(id, on) => {
        const rest = chosen.filter((other) => other !== id)
        give({ kind: 'multiple-choice', choiceIds: on ? [...rest, id] : rest }, 'chosen')
      }}
    />
  )
}

export const multipleChoice: Kind<'multiple-choice'> = {
  Field,
  isAnswered: (value) => value.choiceIds.length > 0,
  Given: ({ question, value }) => (
    <ul className="cpq-given">
      {question.choices
        .filter(({ id }) => value.choiceIds.includes(id))
        .map(({ id, text }) => (
          <li key={id}>
            <Rich html={text} />
          </li>
        ))}
    </ul>
  ),
}
