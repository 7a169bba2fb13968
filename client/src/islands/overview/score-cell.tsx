// The score that counts, by the counting rule.
import type { LearnerRow } from '@cuepoint/contracts'
import { numeral, percent } from '../../shell/locale.ts'
import { shareOf } from './learners.ts'
import { t } from './words.ts'

export function ScoreCell({ row }: { row: LearnerRow }) {
  const { result } = row
  if (!result) return <span className="overview-quiet">{t('noScore')}</span>
  const share = shareOf(row)
  return (
    <span className="overview-score">
      {t('scoreOf', { score: numeral(result.score), max: numeral(result.maxScore) })}
      {share !== null && <span className="overview-quiet">{percent(share)}</span>}
    </span>
  )
}
