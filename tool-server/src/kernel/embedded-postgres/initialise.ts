// Makes the data folder, once, whole or not at all.
import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import * as fs from 'node:fs/promises'
import * as path from 'node:path'
import { promisify } from 'node:util'
import { EmbeddedError } from './failure.ts'
import { exists } from './notes.ts'
import { isAlive } from './pid-file.ts'
import type { Place } from './place.ts'

const run = promisify(execFile)

/** initdb runs in a folder of its own, which takes its name when it is whole: a folder of that name is never half made. */
export async function ensureInitialised(
  place: Place,
  login: { user: string; password: string },
  log: (message: string) => void,
): Promise<void> {
  const parent = path.dirname(place.folder)
  for (const entry of await fs.readdir(parent)) {
    const left = /^postgres\.new-(\d+)-/.exec(entry)
    // initdb itself may still write there: then the next start clears it away.
    if (left && !isAlive(Number(left[1]))) await fs.rm(path.join(parent, entry), { recursive: true, force: true }).catch(() => undefined)
  }
  const version = await fs.readFile(path.join(place.folder, 'PG_VERSION'), 'utf8').catch(() => undefined)
  const whole = await exists(path.join(place.folder, 'global', 'pg_control'))
  if (version !== undefined && whole) {
    const { stdout } = await run(place.bin.postgres, ['--version'], { ...place.owner, cwd: '/', env: { LC_ALL: 'C' } })
    if (new RegExp(`\\) ${version.trim()}\\b`).test(stdout)) return
    throw new EmbeddedError(`The data in ${place.folder} was made by PostgreSQL ${version.trim()}, and this is ${stdout.trim()}.`)
  }
  if ((await fs.readdir(place.folder).catch(() => [])).length > 0) {
    // Not made by us in this shape. It may be somebody's data, so it is moved, not deleted.
    const aside = `${place.folder}.unfinished-${Date.now()}`
    await fs.rename(place.folder, aside)
    log(`an unfinished data folder was moved to ${aside}`)
  }
  const fresh = path.join(parent, `postgres.new-${process.pid}-${randomBytes(4).toString('hex')}`)
  const passwordFile = `${fresh}.password`
  try {
    await fs.mkdir(fresh, { mode: 0o700 })
    await fs.writeFile(passwordFile, `${login.password}\n`, { mode: 0o600 })
    if (place.owner) {
      for (const made of [fresh, passwordFile]) await fs.chown(made, place.owner.uid, place.owner.gid)
    }
    const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8']
    const account = [`--username=${login.user}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
    await run(place.bin.initdb, ['-D', fresh, ...account, ...locale], { ...place.owner, cwd: '/', env: { LC_ALL: 'C' } })
    // ENOTEMPTY or EEXIST: another process was quicker, with the same password; its folder is as good.
    await fs.rename(fresh, place.folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error
    })
  } finally {
    await fs.rm(passwordFile, { force: true })
    await fs.rm(fresh, { recursive: true, force: true })
  }
}
