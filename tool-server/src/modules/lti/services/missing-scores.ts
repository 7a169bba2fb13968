// What is not in the gradebook, as a CSV for whoever types it in by hand.
import type { Caller } from '@cuepoint/contracts'
import { now } from '../../../kernel/clock.ts'
import { queryAlone } from '../../../kernel/db.ts'
import { overviewFor } from '../../assessment/index.ts'

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
    const cells: (string | number)[] = [
      ...[name, it?.external_id ?? '', it?.email ?? '', result?.score ?? '', result?.maxScore ?? ''],
      ...[
        it?.submitted_at?.toISOString() ?? '',
        stateWords[result?.sync.state ?? 'none'] ?? '',
        result?.sync.reason ?? '',
        it?.attempts ?? 0,
        said,
      ],
    ]
    return cells
  })
  const csv = [header, ...lines].map((line) => `${line.map(cellOf).join(',')}\r\n`).join('')
  const words = (activity?.title ?? title).replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '')
  return { fileName: `not-in-gradebook-${words || 'scores'}-${now().toISOString().slice(0, 10)}.csv`, csv, rows: lines.length }
}

const stateWords: Record<string, string> = { none: 'not sent', waiting: 'on its way', refused: 'refused' }

/** RFC 4180; and what a spreadsheet would take for a formula gets an apostrophe before it. */
export function cellOf(value: string | number): string {
  const text = typeof value === 'string' && /^[\s]*[=+\-@\t\r]/.test(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
