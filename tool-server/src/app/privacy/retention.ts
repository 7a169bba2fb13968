// What an institution no longer wants to keep goes by itself: work with its course, when nobody has been there for so many months; events
// and statements when they are so old. In small bites, so that nobody waits for it.
import type { RetentionPreview } from '@cuepoint/contracts'
import { now, nowMs } from '../../kernel/clock.ts'
import { queryAlone, transaction } from '../../kernel/db.ts'
import { log } from '../../kernel/log.ts'
import { type PersonalTable, schedule } from '../../kernel/module.ts'
import { privacySettings } from '../../modules/identity/index.ts'
import { noteDeed } from './deeds.ts'
import { personalTables } from './tables.ts'

const bite = 500
/** What is left then goes at the next run. */
const mostMs = 60_000

type Aging = PersonalTable & { ages: NonNullable<PersonalTable['ages']> }
const aging = personalTables.filter((it): it is Aging => it.ages !== undefined)

/** Courses of the institution $1 with work in them where nobody has been since $2. */
const oldCourses = `select c.id from courses c where c.institution_id = $1 and c.created_at < $2
  and not exists (select from memberships m where m.course_id = c.id and m.last_seen_at >= $2)
  and not exists (select from attempts a where a.course_id = c.id and greatest(a.started_at, a.saved_at, a.submitted_at) >= $2)
  and (exists (select from attempts a where a.course_id = c.id)
    or exists (select from placements p join results r on r.placement_id = p.id where p.course_id = c.id))`

/** Rows of the institution $1 that are older than $2. */
function oldRows({ table, ages }: Aging): string {
  if (ages.with !== 'time') throw new Error(`${table} grows old with its course`)
  return `t.institution_id = $1 and ${ages.at} < $2${ages.unless ? ` and not (${ages.unless})` : ''}`
}

function before(months: number): Date {
  const at = now()
  at.setUTCMonth(at.getUTCMonth() - months)
  return at
}

/** Today, with these months; deletes nothing. */
export async function previewRetention(
  institutionId: string,
  workMonths: number | null,
  recordMonths: number | null,
): Promise<RetentionPreview> {
  const none = { courses: 0, attempts: 0, people: 0, events: 0, statements: 0 }
  const [work] =
    workMonths === null
      ? []
      : await queryAlone<Pick<RetentionPreview, 'courses' | 'attempts' | 'people'>>(
          `with old as materialized (${oldCourses})
           select (select count(*)::int from old) as courses, count(*)::int as attempts, count(distinct person_id)::int as people
           from attempts where course_id in (select id from old)`,
          [institutionId, before(workMonths)],
        )
  const records: Partial<RetentionPreview> = {}
  if (recordMonths !== null)
    for (const it of aging.filter(({ ages }) => ages.with === 'time')) {
      const [row] = await queryAlone<{ count: number }>(`select count(*)::int as count from ${it.table} t where ${oldRows(it)}`, [
        ...[institutionId, before(recordMonths)],
      ])
      Object.assign(records, { [it.table]: row?.count ?? 0 })
    }
  return { ...none, ...work, ...records }
}

export const carryOutRetention = schedule({ name: 'operations.carry-out-retention', everySeconds: 3600, run: retain })

export async function retain(): Promise<void> {
  const until = nowMs() + mostMs
  for (const [institutionId, { workMonths, recordMonths }] of await privacySettings()) {
    const counts: Record<string, number> = {}
    const note = (table: string, count: number) => {
      if (count > 0) counts[table] = (counts[table] ?? 0) + count
    }
    try {
      if (workMonths !== null) await retainWork(institutionId, before(workMonths), until, note)
      if (recordMonths !== null) await retainRecords(institutionId, before(recordMonths), until, note)
    } finally {
      await told(institutionId, counts)
    }
  }
}

type Note = (table: string, count: number) => void

async function retainWork(institutionId: string, since: Date, until: number, note: Note): Promise<void> {
  for (const { id } of await queryAlone<{ id: string }>(oldCourses, [institutionId, since])) {
    for (const { table, ages } of aging) if (ages.with === 'course') await inBites(table, ages.of, [id], until, note)
    note('courses', 1)
  }
}

async function retainRecords(institutionId: string, since: Date, until: number, note: Note): Promise<void> {
  for (const it of aging) if (it.ages.with === 'time') await inBites(it.table, oldRows(it), [institutionId, since], until, note)
}

async function inBites(table: string, which: string, values: readonly unknown[], until: number, note: Note): Promise<void> {
  const sql = `with gone as (delete from ${table} where ctid = any(array(select t.ctid from ${table} t where ${which} limit ${bite})) returning 1)
    select count(*)::int as count from gone`
  while (nowMs() < until) {
    const [row] = await queryAlone<{ count: number }>(sql, values)
    note(table, row?.count ?? 0)
    if (!row || row.count < bite) return
  }
}

async function told(institutionId: string, counts: Record<string, number>): Promise<void> {
  if (Object.keys(counts).length === 0) return
  await transaction((tx) => noteDeed(tx, { institutionId, deed: 'retention', operatorSessionId: null, personId: null, facts: counts }))
  log.info({ audit: 'retention', tenant: institutionId, ...counts }, 'what is no longer kept was deleted')
}
