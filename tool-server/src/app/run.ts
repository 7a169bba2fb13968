// Runs a process until it is told to end: one plain sentence for what an operator can mend, signals end it in order.
import { ConfigError } from '../kernel/config.ts'
import { log } from '../kernel/log.ts'
import type { Running } from './process.ts'

/** Starts and waits for SIGTERM or SIGINT. Exit code 1 with a sentence where it cannot start. */
export async function run(start: () => Promise<Running>, started: () => void = () => undefined): Promise<void> {
  process.on('unhandledRejection', (error) => log.error({ err: error }, 'a promise was left alone'))
  let running: Running | undefined
  let ending = false
  const end = (signal: string): void => {
    if (ending) return
    ending = true
    log.info({ signal }, 'ending')
    const late = setTimeout(() => process.exit(1), 15_000)
    void (running?.stop() ?? Promise.resolve()).then(() => {
      clearTimeout(late)
      process.exit(0)
    })
  }
  process.on('SIGTERM', end)
  process.on('SIGINT', end)
  try {
    running = await start()
    started()
  } catch (error) {
    process.stderr.write(`\n${sentenceOf(error)}\n`)
    process.exit(1)
  }
}

/** What went wrong, for the person at the terminal. */
export function sentenceOf(error: unknown): string {
  if (error instanceof ConfigError) return error.message
  const { code, path, message } = (error ?? {}) as NodeJS.ErrnoException
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return `Cuepoint may not write ${path ?? 'its data folder'}: give it write permission, or set DATA_DIR to another folder.`
  if (code === 'ENOSPC') return 'The disk is full: make room and start again.'
  if (isUnmigrated(error)) return 'The database is not migrated yet: run npm run migrate first.'
  if (code === 'ECONNREFUSED') return 'The database or Redis does not answer: look at DATABASE_URL and REDIS_URL.'
  return message ?? 'Cuepoint cannot start.'
}

/** SQLSTATE 42P01, undefined_table. */
function isUnmigrated(error: unknown): boolean {
  const { original } = (error ?? {}) as { original?: { code?: string } }
  return original?.code === '42P01'
}
