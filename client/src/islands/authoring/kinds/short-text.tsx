// A word or a few, typed; every accepted way of writing it is listed.
import { Checkbox } from '@instructure/ui-checkbox'
import { blankAlternative } from '../draft/blank-question.ts'
import { LineField } from '../fields/line-field.tsx'
import { RowList } from '../fields/row-list.tsx'
import { t } from '../words.ts'
import type { Editing } from './editing.ts'

export function ShortTextEditor({ question, onChange }: Editing<'short-text'>) {
  const { accepted, caseSensitive, accentSensitive } = question
  // Alternatives have no id of their own: their place is their name.
  const rows = accepted.map((one, at) => ({ ...one, id: String(at) }))
  const name = (number: number) => t('alternative', { number })
  return (
    <>
      <fieldset className="au-part">
        <legend>{t('accepted')}</legend>
        <p className="au-hint">{t('acceptedHint')}</p>
        <RowList
          rows={rows}
          name={name}
          addLabel={t('addAlternative')}
          most={50}
          onRows={(kept) => onChange({ accepted: kept.map(({ text, feedback }) => ({ text, feedback })) })}
          onAdd={() => onChange({ accepted: [...accepted, blankAlternative()] })}
          row={(row, number) => (
            <LineField
              label={name(number)}
              value={row.text}
              onValue={(text) => onChange({ accepted: accepted.map((one, at) => (at === number - 1 ? { ...one, text } : one)) })}
            />
          )}
        />
      </fieldset>
      <fieldset className="au-ways">
        <legend>{t('compare')}</legend>
        <Checkbox
          checked={caseSensitive}
          onChange={() => onChange({ caseSensitive: !caseSensitive })}
          label={
            <>
              {t('caseMatters')}
              <span className="au-means">{t('caseMattersMeans')}</span>
            </>
          }
        />
        <Checkbox
          checked={accentSensitive}
          onChange={() => onChange({ accentSensitive: !accentSensitive })}
          label={
            <>
              {t('accentsMatter')}
              <span className="au-means">{t('accentsMatterMeans')}</span>
            </>
          }
        />
      </fieldset>
    </>
  )
}
