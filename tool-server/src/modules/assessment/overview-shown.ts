// The overview as its teacher may see it: where the institution withholds names, by the numbers that the insights use too, and without what
// would tell who is who all the same.
import type { Caller, LearnerRow, PlacementOverview } from '@cuepoint/contracts'
import { newId } from '../../kernel/clock.ts'
import { namesHere, pseudonymsFor } from '../identity/index.ts'
import { overviewFor } from './overview.ts'

/** A smaller section is as good as a name. */
const fewest = 5

export async function overviewShown(caller: Caller, placementId: string): Promise<PlacementOverview> {
  const [overview, naming] = await Promise.all([overviewFor(caller, placementId), namesHere(caller)])
  return naming === 'withheld' ? withoutNames(caller, overview) : { ...overview, naming }
}

async function withoutNames(caller: Caller, overview: PlacementOverview): Promise<PlacementOverview> {
  const { learners } = overview
  const known = await pseudonymsFor(
    caller,
    learners.map(({ personId }) => personId),
  )
  const groups = overview.groups.filter(({ id }) => learners.filter(({ groupIds }) => groupIds.includes(id)).length >= fewest)
  const kept = new Set(groups.map(({ id }) => id))
  const rows = learners.flatMap((row) => {
    const pseudonym = known.get(row.personId)
    return pseudonym ? [numbered(row, pseudonym, kept)] : []
  })
  // Theirs is the order of the names.
  rows.sort((a, b) => (a.number ?? 0) - (b.number ?? 0))
  return { ...overview, groups, learners: rows, naming: 'withheld' }
}

function numbered(row: LearnerRow, { id, number }: { id: string; number: number }, groups: ReadonlySet<string>): LearnerRow {
  const { attempts, result, groupIds } = row
  return {
    ...row,
    ...{ personId: id, name: '', number },
    // By its id an attempt could be opened; who left or teaches by now is known to everybody in the course; an LMS's words may name them.
    attempts: attempts.map((one) => ({ ...one, id: newId() })),
    enrolment: 'active',
    groupIds: groupIds.filter((group) => groups.has(group)),
    result: result && { ...result, sync: { ...result.sync, reason: null }, override: result.override && { comment: null } },
  }
}
