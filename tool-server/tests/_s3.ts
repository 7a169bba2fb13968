// An S3 on a free loopback port with one bucket, which can be away for a while and come back with what it had.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import S3rver from 's3rver'
import { freePort } from './_app.ts'

export interface TestS3 {
  endpoint: string
  /** For startSchool. */
  env: Record<string, string>
  /** As if the cable was pulled: who asks is refused. */
  away(): Promise<void>
  back(): Promise<void>
  stop(): Promise<void>
}

export async function startS3(): Promise<TestS3> {
  const directory = await mkdtemp(join(tmpdir(), 'cuepoint-s3-'))
  const port = await freePort()
  const endpoint = `http://127.0.0.1:${port}`
  let server: S3rver | undefined
  const back = async () => {
    server = new S3rver({ port, address: '127.0.0.1', silent: true, directory, configureBuckets: [{ name: 'cuepoint', configs: [] }] })
    await server.run()
  }
  const away = async () => {
    const ending = server
    server = undefined
    // Connections that are kept alive would hold it open.
    ending?.httpServer?.closeAllConnections()
    await ending?.close()
  }
  await back()
  return {
    endpoint,
    env: {
      S3_ENDPOINT: endpoint,
      S3_BUCKET: 'cuepoint',
      S3_ACCESS_KEY_ID: 'S3RVER',
      S3_SECRET_ACCESS_KEY: 'S3RVER',
    },
    away,
    back,
    stop: async () => {
      await away()
      await rm(directory, { recursive: true, force: true })
    },
  }
}
