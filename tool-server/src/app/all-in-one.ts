// One machine, one process: embedded PostgreSQL (unless DATABASE_URL is set), migrations, web and worker.
import { type Running, startProcess } from './process.ts'

export function startAllInOne(): Promise<Running> {
  return startProcess({ web: true, worker: true, migrateFirst: true })
}
