// The whole product in this process, on a free port and a database of its own, with a simulated LMS that knows it.

import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Lms, type LmsOptions, startLms } from '../../fixtures/lms-simulator/index.ts'
import { addPlatform } from '../src/app/platforms.ts'
import { type Running, startProcess } from '../src/app/process.ts'
import { loadConfig } from '../src/kernel/config.ts'
import { forgetMasterKey } from '../src/kernel/secrets.ts'
import { forgetStorage } from '../src/kernel/storage.ts'
import { forgetSessions } from '../src/modules/identity/index.ts'
import { forgetDeployments } from '../src/modules/lti/platforms/deployments.ts'
import { forgetToolKey } from '../src/modules/lti/platforms/keys.ts'
import { forgetPlatformKeys } from '../src/modules/lti/platforms/platform-keys.ts'
import { forgetRegistrations } from '../src/modules/lti/platforms/registry.ts'
import { forgetTokens } from '../src/modules/lti/services/access-token.ts'
import { freshDatabase, type TestDatabase } from './_database.ts'

export interface TestSchool {
  /** Origin of the tool. */
  origin: string
  lms: Lms
  databaseUrl: string
  dataDir: string
  /** Ends the tool and starts it again on the same database, as an operator's restart does. */
  restart(): Promise<void>
  stop(): Promise<void>
}

export async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

/** Starts tool and LMS; `worker: false` leaves deliveries lying. */
export async function startSchool(
  options: {
    worker?: boolean
    profile?: LmsOptions['profile']
    quirks?: LmsOptions['quirks']
    env?: Record<string, string>
    /** The LMS's clock. */
    clock?: () => number
    /** A migrated one; absent = a fresh one of this test run. */
    database?: TestDatabase
  } = {},
): Promise<TestSchool> {
  const database = options.database ?? (await freshDatabase())
  const dataDir = await mkdtemp(join(tmpdir(), 'cuepoint-test-'))
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const env = {
    NODE_ENV: 'test',
    PORT: String(port),
    DATABASE_URL: database.url,
    DATA_DIR: dataDir,
    ALLOW_LOOPBACK: 'true',
    LOG_LEVEL: 'warn',
    ...options.env,
  }
  const start = (): Promise<Running> => {
    loadConfig(env)
    // What a new process would not know.
    for (const forget of [
      forgetMasterKey,
      forgetStorage,
      forgetToolKey,
      forgetTokens,
      forgetRegistrations,
      forgetDeployments,
      forgetPlatformKeys,
      forgetSessions,
    ])
      forget()
    return startProcess({ web: true, worker: options.worker ?? true, migrateFirst: false })
  }
  let running = await start()
  const lms = await startLms({
    port: 0,
    toolOrigin: origin,
    quiet: true,
    ...(options.profile ? { profile: options.profile } : {}),
    ...(options.quirks ? { quirks: options.quirks } : {}),
    ...(options.clock ? { clock: options.clock } : {}),
  })
  await addPlatform(lms.registration as Parameters<typeof addPlatform>[0])
  return {
    origin,
    lms,
    databaseUrl: database.url,
    dataDir,
    async restart() {
      await running.stop()
      running = await start()
    },
    async stop() {
      await lms.stop()
      await running.stop()
      await database.drop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** The JSON that a launch page carries. */
export function launchDataIn(page: string): Record<string, unknown> & { token: string } {
  const found = /<script type="application\/json" id="launch">([\s\S]*?)<\/script>/.exec(page)
  if (!found?.[1]) throw new Error(`no launch data in: ${page.slice(0, 400)}`)
  return JSON.parse(found[1]) as never
}

// biome-ignore lint/suspicious/noExplicitAny: answers as a browser gets them, whose shape is what the tests look at
export type Wire = any

/** Calls the tool's API; the answer is the JSON with its status. */
export async function callTool(
  origin: string,
  token: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; json: Wire; text: string }> {
  const answer = await fetch(`${origin}${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, json: text.startsWith('{') ? JSON.parse(text) : undefined, text }
}

/** Waits until it is true, or fails with the words. */
export async function eventually(words: string, isTrue: () => boolean | Promise<boolean>, withinMs = 40_000): Promise<void> {
  const end = Date.now() + withinMs
  while (Date.now() < end) {
    if (await isTrue()) return
    await new Promise((later) => setTimeout(later, 50))
  }
  throw new Error(`never came true: ${words}`)
}
