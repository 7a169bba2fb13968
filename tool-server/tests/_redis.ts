// A private Redis on a free loopback port, without persistence.
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'

export interface TestRedis {
  url: string
  /** Ends it as `kill -9` does; start() brings it back empty on the same port. */
  kill(): Promise<void>
  start(): Promise<void>
  /** Stands still without closing its connections. */
  freeze(): void
  thaw(): void
  command(...words: [string, ...string[]]): Promise<unknown>
  stop(): Promise<void>
}

export async function startRedis(): Promise<TestRedis> {
  const folder = await mkdtemp(join(tmpdir(), 'cuepoint-redis-'))
  const port = await freePort()
  const url = `redis://127.0.0.1:${port}`
  let server: ChildProcess | undefined
  const command = async (...[word, ...rest]: [string, ...string[]]) => {
    const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, maxRetriesPerRequest: 0 })
    client.on('error', () => undefined)
    try {
      await client.connect()
      return await client.call(word, ...rest)
    } finally {
      client.disconnect()
    }
  }
  const start = async () => {
    const flags = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no']
    server = spawn('redis-server', flags, { stdio: 'ignore' })
    for (let tries = 0; tries < 200; tries++) {
      if ((await command('ping').catch(() => undefined)) === 'PONG') return
      await sleep(25)
    }
    throw new Error('redis-server did not start')
  }
  const kill = async () => {
    const ending = server
    server = undefined
    if (!ending || ending.exitCode !== null) return
    const ended = new Promise((resolve) => ending.once('exit', resolve))
    ending.kill('SIGKILL')
    await ended
  }
  await start()
  return {
    url,
    kill,
    start,
    command,
    freeze: () => server?.kill('SIGSTOP'),
    thaw: () => server?.kill('SIGCONT'),
    stop: async () => {
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
