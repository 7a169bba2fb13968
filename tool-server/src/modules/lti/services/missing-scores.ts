// What is not in the gradebook, as a CSV for whoever types it in by hand.
import type { Caller } from '@cuepoint/contracts'
import { now } from '../../../kernel/clock.ts'
import { csvOf } from '../../../kernel/csv.ts'
import { queryAlone } from '../../../kernel/db.ts'
import { overviewFor } from '../../assessment/index.ts'
import { assertNames } from '../../identity/index.ts'

interface Tried {
  person_id: string
  external_id: string
  email: string | null
  attempts: number | null
  submitted_at: Date | null
  last_status: number | null
  last_answer: string | null
}

const header = ['Name', 'LMS user id', 'Mail', 'Score', 'Out of', 'Handed in', 'State', 'Reason', 'Tries', 'Last answer']

export async function missingScores(caller: Caller, placementId: string): Promise<{ fileName: string; csv: string; rows: number }> {
  await assertNames(caller, null)
  const { placementId: id, title, activity, learners } = await overviewFor(caller, placementId)
  const missing = learners.filter(({ result }) => result && result.sync.state !== 'accepted')
  const tried = await queryAlone<Tried & { [column: string]: unknown }>(
    `select p.id as person_id, p.external_id, p.email, l.attempts, l.submitted_at, l.last_status, l.last_answer
     from people p left join score_ledger l on l.person_id = p.id and l.placement_id = $1 where p.id = any ($2::uuid[]) and p.institution_id = $3`,
    [id, missing.map(({ personId }) => personId), caller.institutionId],
  )
  const byPerson = new Map(tried.map((it) => [it.person_id, it]))
  const lines = missing.map(({ personId, name, result }) => {
    const it = byPerson.get(personId)
    const said = [it?.last_status, it?.last_answer].filter(Boolean).join(' ')
    return [
      ...[name, it?.external_id ?? '', it?.email ?? '', result?.score ?? '', result?.maxScore ?? ''],
      ...[
        it?.submitted_at?.toISOString() ?? '',
        stateWords[result?.sync.state ?? 'none'] ?? '',
        result?.sync.reason ?? '',
        it?.attempts ?? 0,
        said,
      ],
    ]
  })
  const words = (activity?.title ?? title).replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '')
  return {
    fileName: `not-in-gradebook-${words || 'scores'}-${now().toISOString().slice(0, 10)}.csv`,
    csv: csvOf([header, ...lines]),
    rows: lines.length,
  }
}

const stateWords: Record<string, string> = { none: 'not sent', waiting: 'on its way', refused: 'refused' }
