// How many have not started, are at it, have finished; each count is also the filter for those.
import type { Group } from './learners.ts'
import { t } from './words.ts'

const groups: readonly Group[] = ['all', 'not-started', 'started', 'ran-out', 'finished', 'trouble']
/** Shown only where somebody is in them. */
const rare: readonly Group[] = ['ran-out', 'trouble']

interface Props {
  readonly counts: Record<Group, number>
  readonly group: Group
  onGroup(group: Group): void
}

export function Groups({ counts, group, onGroup }: Props) {
  const shown = groups.filter((one) => !rare.includes(one) || counts[one] > 0 || group === one)
  return (
    <fieldset className="overview-groups">
      <legend className="cp-sr">{t('filter')}</legend>
      {shown.map((one) => (
        <button
          key={one}
          type="button"
          className="overview-group"
          data-group={one}
          aria-pressed={one === group}
          onClick={() => onGroup(one)}
        >
          <span className="overview-count">{counts[one]}</span>
          <span>{t(one)}</span>
        </button>
      ))}
      <details className="overview-means">
        <summary>{t('means')}</summary>
        <p>{t('meansText')}</p>
      </details>
    </fieldset>
  )
}
