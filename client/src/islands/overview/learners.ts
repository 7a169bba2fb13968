// Which learners are shown and in which order, as pure functions over what the server told.
import type { LearnerRow } from '@cuepoint/contracts'

export type Group = 'all' | LearnerRow['state'] | 'trouble'
export type SortKey = 'name' | 'score'
export interface Order {
  readonly by: SortKey
  readonly direction: 'ascending' | 'descending'
}

function isIn(row: LearnerRow, group: Group): boolean {
  if (group === 'all') return true
  return group === 'trouble' ? row.result?.sync.state === 'refused' : row.state === group
}

export function inGroup(rows: readonly LearnerRow[], group: Group): LearnerRow[] {
  return rows.filter((row) => isIn(row, group))
}

/** How many are in each group; everybody is in `all` and in one state. */
export function countsOf(rows: readonly LearnerRow[]): Record<Group, number> {
  const count = (group: Group) => inGroup(rows, group).length
  return {
    all: rows.length,
    'not-started': count('not-started'),
    started: count('started'),
    'ran-out': count('ran-out'),
    finished: count('finished'),
    trouble: count('trouble'),
  }
}

/** 0..1, or null where there is nothing to compare. */
export function shareOf(row: LearnerRow): number | null {
  return row.result && row.result.maxScore > 0 ? row.result.score / row.result.maxScore : null
}

/** By name as the locale sorts it, or by number; by score with those without one last, either way round, and equal scores by name. */
export function inOrder(rows: readonly LearnerRow[], { by, direction }: Order, locale: string): LearnerRow[] {
  const collator = new Intl.Collator(localeOr(locale), { sensitivity: 'base', numeric: true })
  const byName = (a: LearnerRow, b: LearnerRow) =>
    (a.number ?? 0) - (b.number ?? 0) || collator.compare(a.name, b.name) || a.personId.localeCompare(b.personId)
  const sign = direction === 'ascending' ? 1 : -1
  return [...rows].sort((a, b) => {
    if (by === 'name') return sign * byName(a, b)
    const [one, other] = [shareOf(a), shareOf(b)]
    if (one === null || other === null) return Number(one === null) - Number(other === null) || byName(a, b)
    return sign * (one - other) || byName(a, b)
  })
}

/** The session's locale, or the browser's where it is none. */
function localeOr(locale: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(locale)[0]
  } catch {
    return undefined
  }
}
