// Several options, any number of them right, and the rule that turns ticks into points.
import { Checkbox } from '@instructure/ui-checkbox'
import { blankChoice } from '../draft/blank-question.ts'
import { changed } from '../draft/edits.ts'
import { ChooseOne } from '../fields/choose-one.tsx'
import { RowList } from '../fields/row-list.tsx'
import { RichTextField } from '../rich-text/field.tsx'
import { t } from '../words.ts'
import type { Editing } from './editing.ts'
import { RightLabel } from './right-label.tsx'
import { tickExample, tickRules } from './tick-rules.ts'

export function MultipleChoiceEditor({ question, onChange }: Editing<'multiple-choice'>) {
  const { choices, scoring, points } = question
  const option = (number: number) => t('option', { number })
  const change = (id: string, part: Partial<(typeof choices)[number]>) => onChange({ choices: changed(choices, id, part) })
  return (
    <>
      <fieldset className="au-part">
        <legend>{t('optionsMany')}</legend>
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
              <Checkbox
                checked={choice.correct}
                onChange={() => change(choice.id, { correct: !choice.correct })}
                label={<RightLabel option={option(number)} />}
              />
              <RichTextField inline hideLabel label={option(number)} value={choice.text} onValue={(text) => change(choice.id, { text })} />
            </div>
          )}
        />
      </fieldset>
      <ChooseOne
        legend={t('scoring')}
        value={scoring}
        onValue={(rule) => onChange({ scoring: rule })}
        ways={tickRules.map((rule) => ({
          value: rule,
          label: t(`ticks.${rule}`),
          means: t(`ticks.${rule}.means`),
          example: tickExample(rule, choices, points),
        }))}
      />
    </>
  )
}
