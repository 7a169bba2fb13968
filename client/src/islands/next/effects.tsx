// Plain figures of what followed, by reason.
import type { AdviceEffect } from '@cuepoint/contracts'
import { numeral, percent } from '../../shell/locale.ts'
import { t } from './words.ts'

export function Effects({ effects }: { effects: readonly AdviceEffect[] }) {
  return (
    <>
      <h2 id="next-effects">{t('effects')}</h2>
      <p className="next-means">{t('effectsMeans')}</p>
      {effects.length === 0 ? (
        <p>{t('effectsNone')}</p>
      ) : (
        <table className="next-table" aria-labelledby="next-effects">
          <thead>
            <tr>
              {(['reasonName', 'shown', 'followed', 'dismissed', 'whenFollowed', 'whenNot'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(column)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {effects.map((one) => (
              <tr key={one.code}>
                <th scope="row">{t(`reason.${one.code}`)}</th>
                <td data-label={t('shown')}>{numeral(one.shown)}</td>
                <td data-label={t('followed')}>{numeral(one.followed)}</td>
                <td data-label={t('dismissed')}>{numeral(one.dismissed)}</td>
                <td data-label={t('whenFollowed')}>{meansOf(one.whenFollowed)}</td>
                <td data-label={t('whenNot')}>{meansOf(one.whenNot)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}

function meansOf({ n, before, after }: AdviceEffect['whenFollowed']): string {
  return before === null || after === null ? t('tooFew', { n }) : t('means', { n, before: percent(before), after: percent(after) })
}
