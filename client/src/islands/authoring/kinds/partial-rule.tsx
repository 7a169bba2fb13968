// Everything or nothing, or a share for each that is in its place: for ordering and matching, worked out on their own numbers.
import { numeral } from '../../../shell/locale.ts'
import { ChooseOne } from '../fields/choose-one.tsx'
import { t } from '../words.ts'

type Rule = 'all-or-nothing' | 'each-right'
interface Props {
  readonly what: 'order' | 'match'
  readonly scoring: Rule
  readonly count: number
  readonly points: number
  onScoring(rule: Rule): void
}

export function PartialRule({ what, scoring, count, points, onScoring }: Props) {
  const of = Math.max(count, 2)
  // One out of place in an order puts a second one out of place too.
  const right = what === 'order' ? of - 2 : of - 1
  return (
    <ChooseOne
      legend={t('scoring')}
      value={scoring}
      onValue={onScoring}
      ways={[
        {
          value: 'each-right',
          label: t('part.each'),
          means: t(`part.each.${what}`),
          example: t('part.example', { right, of, part: numeral((points * right) / of), points: numeral(points) }),
        },
        { value: 'all-or-nothing', label: t('part.all'), means: t('part.all.means') },
      ]}
    />
  )
}
