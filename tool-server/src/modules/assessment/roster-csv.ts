// The class with its results as a CSV for a spreadsheet.
import type { Caller, LearnerRow, PlacementOverview } from '@cuepoint/contracts'
import { type Cell, csvFileName, csvOf } from '../../kernel/csv.ts'
import { rosterSheetOf, type SheetPerson } from '../identity/index.ts'
import { overviewFor } from './overview.ts'

const head = [
  ...['Name', 'Email', 'SIS ID', 'Section', 'On the class list', 'State', 'Attempts', 'Score', 'Out of', 'In the gradebook'],
  ...['Course SIS ID', 'Section SIS ID'],
]
const states = { 'not-started': 'Not started', started: 'In progress', 'ran-out': 'Time ran out', finished: 'Finished' } as const
const enrolments = { active: 'yes', inactive: 'inactive', left: 'left', teacher: 'teacher', unlisted: 'no' } as const
const syncs = { none: 'nothing to send', waiting: 'on its way', accepted: 'yes', refused: 'no' } as const

/** The CSV of a placement of the caller's course. */
export async function rosterCsvOf(caller: Caller, placementId: string): Promise<{ fileName: string; csv: string }> {
  const overview = await overviewFor(caller, placementId)
  const sheet = await rosterSheetOf(
    caller,
    overview.learners.map((one) => one.personId),
  )
  const sections = new Map(
    overview.groups.map((group) => [
      group.id,
      group.named ? group.name : `${group.kind === 'section' ? 'Section' : 'Group'} ${group.name}`,
    ]),
  )
  const rows = overview.learners.map((one) => rowOf(one, sheet.get(one.personId), sections))
  return { fileName: csvFileName(overview.activity?.title ?? overview.title), csv: csvOf([head, ...rows]) }
}

type Learner = PlacementOverview['learners'][number]

function rowOf(one: Learner, person: SheetPerson | undefined, sections: ReadonlyMap<string, string>): Cell[] {
  const names = one.groupIds.flatMap((id) => sections.get(id) ?? [])
  const own = [one.name, person?.email ?? '', person?.sourcedId ?? '', names.join('; ')]
  const lis = [person?.courseSourcedId ?? '', person?.sectionSourcedId ?? '']
  return [...own, enrolments[one.enrolment], states[one.state], one.attempts.length, ...scoreOf(one.result), ...lis]
}

function scoreOf(result: LearnerRow['result']): Cell[] {
  if (!result) return ['', '', '']
  const { state, reason } = result.sync
  return [result.score, result.maxScore, reason && state === 'refused' ? `no: ${reason}` : syncs[state]]
}
