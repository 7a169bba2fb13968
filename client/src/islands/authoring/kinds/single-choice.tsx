// Several options, one of them right.
import { RadioInput } from '@instructure/ui-radio-input'
import { useId } from 'react'
import { blankChoice } from '../draft/blank-question.ts'
import { changed } from '../draft/edits.ts'
import { RowList } from '../fields/row-list.tsx'
import { RichTextField } from '../rich-text/field.tsx'
import { t } from '../words.ts'
import type { Editing } from './editing.ts'
import { RightLabel } from './right-label.tsx'

export function SingleChoiceEditor({ question: { choices }, onChange }: Editing<'single-choice'>) {
  const name = useId()
  const option = (number: number) => t('option', { number })
  return (
    <fieldset className="au-part">
      <legend>{t('optionsOne')}</legend>
      <RowList
        rows={choices}
        name={option}
        addLabel={t('addOption')}
        orderable
        least={2}
        onRows={(rows) => onChange({ choices: rows })}
        onAdd={() => onChange({ choices: [...choices, blankChoice()] })}
        row={(choice, number) => (
          <div className="au-option">
            <RadioInput
              name={name}
              value={choice.id}
              checked={choice.correct}
              onChange={() => onChange({ choices: choices.map((one) => ({ ...one, correct: one.id === choice.id })) })}
              label={<RightLabel option={option(number)} />}
            />
            <RichTextField
              inline
              hideLabel
              label={option(number)}
              value={choice.text}
              onValue={(text) => onChange({ choices: changed(choices, choice.id, { text }) })}
            />
          </div>
        )}
      />
    </fieldset>
  )
}
