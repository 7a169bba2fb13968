// One real PostgreSQL for all files of a test run, with a migrated database to copy from.
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from '../src/kernel/embedded-postgres.ts'
import { migrate } from '../src/kernel/migrations.ts'
import { templateName } from './_database.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    postgresUrl: string
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(join(tmpdir(), 'cuepoint-test-'))
  // As root the server runs as the user postgres, who must be able to pass.
  await chmod(dataDir, 0o755)
  const remove = () => rm(dataDir, { recursive: true, force: true })
  const server = await startEmbedded({ dataDir }).catch(async (error) => {
    await remove()
    throw error
  })
  const admin = new pg.Client({ connectionString: server.url })
  await admin.connect()
  await admin.query(`create database ${templateName}`)
  await admin.end()
  const template = new URL(server.url)
  template.pathname = `/${templateName}`
  await migrate(template.href)
  project.provide('postgresUrl', server.url)
  return async () => {
    await server.stop()
    await remove()
  }
}
