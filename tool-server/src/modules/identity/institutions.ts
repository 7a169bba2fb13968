// Institutions as an operator sees them: above the tenants.
import { queryAlone } from '../../kernel/db.ts'

/** Id -> name. */
export async function institutionNames(): Promise<Map<string, string>> {
  const rows = await queryAlone<{ id: string; name: string }>('select id, name from institutions order by name, id')
  return new Map(rows.map((it) => [it.id, it.name]))
}
