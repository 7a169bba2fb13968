// The looks of one institution as an administrator reads them, by page or whole as a CSV.
import type { LookPage, SeenLook } from '@cuepoint/contracts'
import { now } from '../../../kernel/clock.ts'
import { type Cell, csvOf } from '../../../kernel/csv.ts'
import { queryAlone } from '../../../kernel/db.ts'

interface Row extends Record<string, unknown>, Omit<SeenLook, 'at' | 'by' | 'of'> {
  at: Date
  by_id: string | null
  by_name: string
  by_external: string
  of_id: string | null
  of_name: string
  of_external: string
  of_erased: boolean
}

// Found by a part of a name, mail address or LMS id, of who looked or of who was looked at. Marks of LIKE stand for themselves.
const sql = `select l.id, l.at, l.what, coalesce(c.title, '') as course, coalesce(pl.title, '') as placement,
    l.by_person_id as by_id, coalesce(b.name, '') as by_name, coalesce(b.external_id, '') as by_external,
    l.person_id as of_id, coalesce(p.name, '') as of_name, coalesce(p.external_id, '') as of_external, p.erased_at is not null as of_erased
  from looks l left join people b on b.id = l.by_person_id left join people p on p.id = l.person_id
    left join courses c on c.id = l.course_id left join placements pl on pl.id = l.placement_id
  where l.institution_id = $1 and ($2::bigint is null or l.id < $2)
    and ($3 = '' or l.person_id in (select id from found) or l.by_person_id in (select id from found))
  order by l.id desc limit $4`
const found = `with found as (select id from people where institution_id = $1 and $3 <> ''
  and (position(lower($3) in lower(name)) > 0 or position(lower($3) in lower(email)) > 0 or external_id = $3))`

const onPage = 100
const inCsv = 20_000

function rowsOf(institutionId: string, text: string, before: number | null, limit: number): Promise<Row[]> {
  return queryAlone<Row>(`${found} ${sql}`, [institutionId, before, text.trim(), limit])
}

export async function looksOf(institutionId: string, text: string, before: number | null): Promise<LookPage> {
  const rows = await rowsOf(institutionId, text, before, onPage + 1)
  return { looks: rows.slice(0, onPage).map(seen), more: rows.length > onPage }
}

export async function looksCsv(institutionId: string, text: string): Promise<{ fileName: string; csv: string }> {
  const rows = (await rowsOf(institutionId, text, null, inCsv)).map(seen)
  const head: Cell[] = ['When', 'Who', 'LMS id', 'Looked at', 'LMS id', 'What', 'Course', 'Placement']
  const cells = rows.map(({ at, by, of, what, course, placement }): Cell[] => [
    ...[at, by?.name ?? 'administrator', by?.externalId ?? '', of ? (of.erased ? 'erased' : of.name) : 'the class'],
    ...[of?.erased ? '' : (of?.externalId ?? ''), what, course, placement],
  ])
  return { fileName: `cuepoint-looks-${now().toISOString().slice(0, 10)}.csv`, csv: csvOf([head, ...cells]) }
}

function seen(row: Row): SeenLook {
  const { id, at, what, course, placement, by_id, of_id } = row
  return {
    ...{ id, what, course, placement },
    at: at.toISOString(),
    by: by_id === null ? null : { personId: by_id, name: row.by_name, externalId: row.by_external },
    of: of_id === null ? null : { personId: of_id, name: row.of_name, externalId: row.of_external, erased: row.of_erased },
  }
}
