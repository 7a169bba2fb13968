// The product's web process for the rows of media, with an LMS that knows it and an instructor who is signed in; it can be killed and
// started again.
import { startLms } from '../../../fixtures/lms-simulator/index.ts'
import { addPlatform } from '../../src/app/platforms.ts'
import { freePort, launchDataIn } from '../../tests/_app.ts'
import { startTool } from '../../tests/_tool-process.ts'

export interface MediaWeb {
  readonly origin: string
  /** An instructor's session. */
  readonly token: string
  kill(): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

export async function startWeb(env: Record<string, string>): Promise<MediaWeb> {
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const begin = () => startTool('web', { ...env, PORT: String(port), LOG_LEVEL: 'info' })
  let running = await begin()
  const lms = await startLms({ port: 0, toolOrigin: origin, quiet: true })
  await addPlatform(lms.registration as Parameters<typeof addPlatform>[0])
  const walk = await lms.journey.walkLaunch({ person: 'teacher1', deepLink: true, launch: true })
  const { token } = launchDataIn(await (walk.response as Response).text())
  return {
    origin,
    token,
    kill: () => running.end('SIGKILL'),
    async start() {
      running = await begin()
    },
    async stop() {
      await running.end('SIGTERM')
      await lms.stop()
    },
  }
}
