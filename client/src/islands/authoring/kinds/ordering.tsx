// Items to be put in order; they stand here in the right one, and are shuffled for learners.
import { blankItem } from '../draft/blank-question.ts'
import { changed } from '../draft/edits.ts'
import { RowList } from '../fields/row-list.tsx'
import { RichTextField } from '../rich-text/field.tsx'
import { t } from '../words.ts'
import type { Editing } from './editing.ts'
import { PartialRule } from './partial-rule.tsx'

export function OrderingEditor({ question: { items, scoring, points }, onChange }: Editing<'ordering'>) {
  const name = (number: number) => t('item', { number })
  return (
    <>
      <fieldset className="au-part">
        <legend>{t('items')}</legend>
        <p className="au-hint">{t('itemsHint')}</p>
        <RowList
          rows={items}
          name={name}
          addLabel={t('addItem')}
          orderable
          numbered
          least={2}
          onRows={(rows) => onChange({ items: rows })}
          onAdd={() => onChange({ items: [...items, blankItem()] })}
          row={(item, number) => (
            <RichTextField
              inline
              hideLabel
              label={name(number)}
              value={item.text}
              onValue={(text) => onChange({ items: changed(items, item.id, { text }) })}
            />
          )}
        />
      </fieldset>
      <PartialRule what="order" scoring={scoring} count={items.length} points={points} onScoring={(rule) => onChange({ scoring: rule })} />
    </>
  )
}
