// Pairs that belong together, and further matches that belong to none.
import { blankItem, blankPair } from '../draft/blank-question.ts'
import { changed } from '../draft/edits.ts'
import { LineField } from '../fields/line-field.tsx'
import { RowList } from '../fields/row-list.tsx'
import { RichTextField } from '../rich-text/field.tsx'
import { t } from '../words.ts'
import type { Editing } from './editing.ts'
import { PartialRule } from './partial-rule.tsx'

export function MatchingEditor({ question, onChange }: Editing<'matching'>) {
  const { pairs, distractors, scoring, points } = question
  const pair = (number: number) => t('pair', { number })
  const extra = (number: number) => t('distractor', { number })
  return (
    <>
      <fieldset className="au-part">
        <legend>{t('pairs')}</legend>
        <p className="au-hint">{t('pairsHint')}</p>
        <RowList
          rows={pairs}
          name={pair}
          addLabel={t('addPair')}
          orderable
          least={2}
          onRows={(rows) => onChange({ pairs: rows })}
          onAdd={() => onChange({ pairs: [...pairs, blankPair()] })}
          row={(row, number) => (
            <div className="au-pair">
              <RichTextField
                inline
                hideLabel
                label={t('pairText', { number })}
                value={row.text}
                onValue={(text) => onChange({ pairs: changed(pairs, row.id, { text }) })}
              />
              <LineField
                label={t('pairMatch', { number })}
                placeholder={t('pairMatchPlace')}
                value={row.match.text}
                onValue={(text) => onChange({ pairs: changed(pairs, row.id, { match: { ...row.match, text } }) })}
              />
            </div>
          )}
        />
      </fieldset>
      <fieldset className="au-part">
        <legend>{t('distractors')}</legend>
        <p className="au-hint">{t('distractorsHint')}</p>
        <RowList
          rows={distractors}
          name={extra}
          addLabel={t('addDistractor')}
          least={0}
          onRows={(rows) => onChange({ distractors: rows })}
          onAdd={() => onChange({ distractors: [...distractors, blankItem()] })}
          row={(row, number) => (
            <LineField
              label={extra(number)}
              value={row.text}
              onValue={(text) => onChange({ distractors: changed(distractors, row.id, { text }) })}
            />
          )}
        />
      </fieldset>
      <PartialRule what="match" scoring={scoring} count={pairs.length} points={points} onScoring={(rule) => onChange({ scoring: rule })} />
    </>
  )
}
