// Every column of the database that names a person (or a session or attempt of one) is declared by a room, with what becomes of it: a new
// table that nobody thought of fails here.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { personalTables, rowsOf } from '../src/app/privacy/tables.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { openQuizDatabase } from './_quiz.ts'

let close: () => Promise<void>
beforeAll(async () => {
  close = (await openQuizDatabase()).close
})
afterAll(() => close())

const naming = '(person_id|session_id|attempt_id|login_hint)$|^(created|copied|decided|published|made|asked|set|dismissed|changed)_by$'
/** Ids that are nobody's: of operators, of what an event or a delivery is about. */
const others = new Set<string>([])

it('every column that names a person is declared once, with what becomes of it', async () => {
  const rows = await queryAlone<{ column: string }>(
    `select c.table_name || '.' || c.column_name as column from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
     where c.table_schema = 'public' and t.table_type = 'BASE TABLE' and c.column_name ~ '${naming}' order by 1`,
  )
  const declared = personalTables.flatMap(({ table, names }) => names.map((name) => `${table}.${name}`))
  expect(rows.length).toBeGreaterThan(30)
  expect(rows.map(({ column }) => column).filter((it) => !declared.includes(it) && !others.has(it))).toEqual([])
  expect(declared.filter((it, at) => declared.indexOf(it) !== at)).toEqual([])
})

it('all that is declared is SQL of this database, and what is not exported or erased says why', async () => {
  for (const it of personalTables) {
    await queryAlone(
      `select ${it.exported ?? '1'} from ${it.table} t where (${rowsOf(it)}) ${it.order && it.exported ? `order by ${it.order}` : ''}`,
      [...(rowsOf(it).includes('$1') ? ['00000000-0000-0000-0000-000000000000'] : [])],
    )
    if (it.exported === null || it.erased === 'kept') expect(it.why, it.table).toMatch(/\w/)
  }
})
