// A number with the distance that still counts as right, and a unit that stands after the field.
import { TextInput } from '@instructure/ui-text-input'
import { numberText } from '../draft/number-text.ts'
import { ChooseOne } from '../fields/choose-one.tsx'
import { NumberField } from '../fields/number-field.tsx'
import { t } from '../words.ts'
import type { Editing } from './editing.ts'
import { acceptedRange, percentOf, shareOf } from './tolerance.ts'

export function NumberEditor({ question: { value, tolerance, unit }, locale, onChange }: Editing<'number'>) {
  const relative = tolerance.kind === 'relative'
  const range = value === null ? null : acceptedRange(value, tolerance)
  const show = (one: number) => numberText(one, locale)
  return (
    <>
      <div className="au-fields">
        <NumberField label={t('numberValue')} value={value} locale={locale} onValue={(next) => onChange({ value: next })} />
        <TextInput
          renderLabel={t('unit')}
          value={unit}
          maxLength={40}
          width="12rem"
          messages={[{ type: 'hint', text: t('unitHint') }]}
          onChange={(_, text) => onChange({ unit: text })}
        />
      </div>
      <ChooseOne
        legend={t('tolerance')}
        value={tolerance.kind}
        ways={[
          { value: 'absolute', label: t('toleranceAbsolute') },
          { value: 'relative', label: t('toleranceRelative') },
        ]}
        onValue={(kind) => kind !== tolerance.kind && onChange({ tolerance: { kind, amount: 0 } })}
      />
      <NumberField
        key={tolerance.kind}
        label={t(relative ? 'percentOff' : 'amountOff')}
        value={relative ? percentOf(tolerance.amount) : tolerance.amount}
        locale={locale}
        min={0}
        onValue={(amount) => onChange({ tolerance: { kind: tolerance.kind, amount: relative ? shareOf(amount) : amount } })}
      />
      <p className="au-example" role="status">
        {range === null || value === null
          ? ''
          : range.from === range.to
            ? t('onlyExactly', { value: show(value), unit })
            : t('fromTo', { from: show(range.from), to: show(range.to), unit })}
      </p>
    </>
  )
}
