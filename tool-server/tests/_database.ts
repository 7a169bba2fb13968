// A database per test file, copied from the migrated one.
import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

export const templateName = 'cuepoint_template'

export interface TestDatabase {
  url: string
  /** Close the pools first where you can; whoever is still connected is thrown out. */
  drop(): Promise<void>
}

/** A new database in the shape of this release; `empty` leaves the migrations out. */
export async function freshDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await asAdmin(`create database ${name}${options.empty ? '' : ` template ${templateName}`}`)
  const url = new URL(inject('postgresUrl'))
  url.pathname = `/${name}`
  return { url: url.href, drop: () => asAdmin(`drop database if exists ${name} with (force)`) }
}

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('postgresUrl') })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
