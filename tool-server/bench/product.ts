// The product as an operator runs it: migrated, one platform registered by the command line, the web process alone (what a
// worker does is not part of a launch or a save). Then a class in it, all by HTTP: a sample quiz, placed by its instructor.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Child, freePort, home, startChild } from './child.ts'
import type { Send } from './http-client.ts'
import { load } from './load.ts'
import type { Platform } from './platform.ts'
import { Browser, type Tool } from './walk.ts'

export interface Product extends Tool {
  child: Child
  /** Its environment, for further processes of it. */
  env: Record<string, string>
  /** Starts a worker process beside the web one. */
  startWorker(profileDir?: string): Promise<Child>
  stop(): Promise<void>
}

/** Not `production`: that refuses an LMS on this machine. Logging is on, as by default. */
export async function startProduct(databaseUrl: string, platform: Platform, profileDir?: string): Promise<Product> {
  if (!existsSync(join(home, 'client/dist/.vite/manifest.json'))) throw new Error('The client is not built: npm run build')
  const dataDir = await mkdtemp(join(tmpdir(), 'cuepoint-bench-'))
  const port = await freePort()
  const env = { NODE_ENV: 'development', PORT: String(port), DATABASE_URL: databaseUrl, DATA_DIR: dataDir, ALLOW_LOOPBACK: 'true' }
  command('migrate.ts', [], env)
  const { origin, authUrl, tokenUrl, jwksUrl } = platform
  const given = { name: 'Bench', issuer: origin, 'client-id': platform.clientId, deployment: platform.deploymentId, lms: 'moodle' }
  const addresses = { 'auth-url': authUrl, 'token-url': tokenUrl, 'jwks-url': jwksUrl }
  command('platform.ts', ['add', ...Object.entries({ ...given, ...addresses }).flatMap(([name, value]) => [`--${name}`, value])], env)
  const child = await startChild({ script: 'tool-server/src/app/web.ts', env, typescript: true, port, profileDir })
  return {
    startWorker: (profile) =>
      startChild({ script: 'tool-server/src/app/worker.ts', env, typescript: true, port: null, profileDir: profile }),
    ...{ child, env, origin: child.origin, loginPath: '/lti/login', launchPath: '/lti/launch' },
    async stop() {
      await child.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

function command(script: string, args: string[], env: Record<string, string>): void {
  const ended = spawnSync(process.execPath, ['--import', 'tsx', join(home, 'tool-server/src/app', script), ...args], {
    cwd: home,
    env,
    timeout: 60_000,
  })
  if (ended.status !== 0) throw new Error(`${script} failed: ${ended.stderr} ${ended.stdout}`)
}

/** What the player finds in its page. */
export interface Page {
  token: string
  island: string
  session: { placement: { id: string } | null }
  player: { current: { id: string; questions: ViewedQuestion[]; answers: { questionId: string; seq: number }[] } | null } | null
}

type Options = { id: string }[]
/** A question as a learner sees it; which options it has depends on its kind. */
export interface ViewedQuestion {
  id: string
  kind: string
  choices?: Options
  items?: Options
  prompts?: Options
  matches?: Options
}

export function pageDataOf(page: string): Page {
  const found = /<script type="application\/json" id="launch">([\s\S]*?)<\/script>/.exec(page)
  if (!found?.[1]) throw new Error(`this is not the page of a launch: ${page.slice(0, 400)}`)
  return JSON.parse(found[1]) as Page
}

export interface Learner {
  browser: Browser
  token: string
  attempt: NonNullable<NonNullable<Page['player']>['current']>
}

/** Places a sample quiz and launches every learner once: each then has an open attempt on the page. */
export async function openClass(product: Product, platform: Platform, send: Send, size: number): Promise<Learner[]> {
  const instructor = pageDataOf(await new Browser(product, platform, send, { id: 'instructor', role: 'Instructor' }).launch())
  const call = async <Reply>(method: 'GET' | 'POST' | 'PUT', path: string, body?: unknown): Promise<Reply> => {
    const headers = { authorization: `Bearer ${instructor.token}`, 'content-type': 'application/json' }
    const reply = await send(product.origin + path, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    if (reply.status !== 200) throw new Error(`${method} ${path}: ${reply.status} ${reply.body.slice(0, 400)}`)
    return JSON.parse(reply.body) as Reply
  }
  const { samples } = await call<{ samples: { id: string }[] }>('GET', '/api/samples')
  const activity = await call<{ id: string }>('POST', '/api/activities', { kind: 'quiz', sampleId: samples[0]?.id })
  await call('PUT', `/api/placements/${instructor.session.placement?.id}/activity`, { activityId: activity.id })
  const learners: Learner[] = []
  await load(size, 16, async (at) => {
    const browser = new Browser(product, platform, send, { id: `learner-${at}`, role: 'Learner' })
    const { token, player } = pageDataOf(await browser.launch())
    if (!player?.current) throw new Error('a launch of the placed quiz opens no attempt')
    learners[at] = { browser, token, attempt: player.current }
  })
  return learners
}
