// Learning Locker's own statements service, as a process (scripts/ensure-lrs.mjs installs it): statements in its memory, files in a folder.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { eventually, freePort } from './_app.ts'

export interface RealLrs {
  url: string
  username: string
  password: string
  /** All that it holds, oldest first, as it gives it back. */
  // biome-ignore lint/suspicious/noExplicitAny: statements as the LRS tells them
  statements(): Promise<any[]>
  stop(): Promise<void>
}

/** What the service asks to learn who a key belongs to. */
const client = {
  client: {
    _id: '111111111111aaaaaaaaaaaa',
    authority: { objectType: 'Agent', name: 'Test', mbox: 'mailto:test@lrs.example' },
    isTrusted: true,
    lrs_id: '222222222222aaaaaaaaaaaa',
    organisation: '333333333333aaaaaaaaaaaa',
    scopes: ['all'],
    title: 'test',
  },
}

export async function startRealLrs(): Promise<RealLrs> {
  const folder = await mkdtemp(join(tmpdir(), 'cuepoint-lrs-'))
  const port = await freePort()
  const auth = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ...client.client, client: client.client }))
  })
  await new Promise<void>((listening) => auth.listen(0, '127.0.0.1', listening))
  const script = new URL('../../fixtures/lrs/node_modules/@learninglocker/xapi-statements/dist/server.js', import.meta.url).pathname
  const service = spawn(process.execPath, [script], {
    cwd: folder,
    stdio: 'ignore',
    env: {
      PATH: process.env.PATH,
      EXPRESS_PORT: String(port),
      MODELS_REPO: 'memory',
      EVENTS_REPO: 'test',
      STORAGE_REPO: 'local',
      AUTH_REPO: 'fetch',
      SERVICE_AWAIT_UPDATES: 'true',
      LL_CLIENT_INFO_ENDPOINT: `http://127.0.0.1:${(auth.address() as AddressInfo).port}/auth`,
      FS_LOCAL_STORAGE_DIR: folder,
      EXPRESS_MORGAN_DIRECTORY: join(folder, 'logs'),
    },
  })
  const url = `http://127.0.0.1:${port}/xAPI`
  const headers = { authorization: `Basic ${Buffer.from('key:open-sesame').toString('base64')}`, 'x-experience-api-version': '1.0.3' }
  const ask = (path: string) => fetch(`${url}${path}`, { headers, signal: AbortSignal.timeout(20_000) })
  const stop = async () => {
    service.kill('SIGKILL')
    if (service.exitCode === null && service.signalCode === null) await once(service, 'exit')
    auth.close()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await eventually('the LRS answers', async () => (await ask('/statements').catch(() => undefined))?.status === 200, 60_000)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    url,
    username: 'key',
    password: 'open-sesame',
    statements: async () => ((await (await ask('/statements?ascending=true&limit=100')).json()) as { statements: unknown[] }).statements,
    stop,
  }
}
