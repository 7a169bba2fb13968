// npm start: the tool, and beside it a simulated LMS on its own origin with a school to click through.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { setPriority } from 'node:os'
import { join } from 'node:path'
import { firstAdminAddress } from '../tool-server/src/app/admin-address.ts'
import { startAllInOne } from '../tool-server/src/app/all-in-one.ts'
import { addPlatform, type GivenPlatform } from '../tool-server/src/app/platforms.ts'
import type { Running } from '../tool-server/src/app/process.ts'
import { run } from '../tool-server/src/app/run.ts'
import { config, home, loadConfig } from '../tool-server/src/kernel/config.ts'

/** The LMS is a stranger: a process of its own, which the tool knows by its address only. */
async function startLms(): Promise<Running> {
  const { demoLmsPort, demoLmsProfile: profile, publicUrl, dataDir } = config()
  const lms = spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      join(home, 'fixtures/lms-simulator/main.ts'),
      '--port',
      String(demoLmsPort),
      '--tool',
      publicUrl,
      '--data',
      // A school's ids are those of its LMS: each has a file of its own.
      join(dataDir, profile === 'moodle' ? 'lms.json' : `lms-${profile}.json`),
      '--profile',
      profile,
      '--with-parent',
    ],
    { cwd: home, stdio: ['pipe', 'ignore', 'pipe'] },
  )
  let words = ''
  lms.stderr.setEncoding('utf8').on('data', (part: string) => {
    words = (words + part).slice(-2000)
  })
  const ended = once(lms, 'exit')
  const stop = async (): Promise<void> => {
    lms.kill('SIGTERM')
    await ended
  }
  const origin = `http://localhost:${demoLmsPort}`
  for (let waited = 0; waited < 15_000; waited += 50) {
    if (lms.exitCode !== null) throw new Error(words.trim() || 'The simulated LMS did not start.')
    const answer = await fetch(`${origin}/demo/registration.json`).catch(() => undefined)
    if (answer?.ok && lms.exitCode === null) {
      await addPlatform((await answer.json()) as GivenPlatform)
      return { stop }
    }
    await new Promise((later) => setTimeout(later, 50))
  }
  await stop()
  throw new Error(`The simulated LMS did not answer at ${origin}.`)
}

/** At the first start a class works through a quiz, in a process of its own: its clock runs over two weeks. */
function startClass(): Running {
  const { demoClass, demoLmsPort, demoLmsProfile, dataDir } = config()
  const done = join(dataDir, `example-class-${demoLmsProfile}`)
  if (demoClass === 0 || existsSync(done)) return { stop: async () => undefined }
  const arguments_ = ['class', '--learners', String(demoClass), '--lms', `http://localhost:${demoLmsPort}`]
  const seed = spawn(process.execPath, ['--import', 'tsx', join(home, 'tool-server/src/app/seed.ts'), ...arguments_], {
    cwd: home,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = once(seed, 'exit')
  seed.once('exit', (code) => code === 0 && writeFileSync(done, ''))
  if (seed.pid !== undefined) setPriority(seed.pid, 10)
  return {
    stop: async () => {
      seed.kill('SIGTERM')
      await ended
    },
  }
}

async function start(): Promise<Running> {
  loadConfig({ ALLOW_LOOPBACK: 'true', LOG_LEVEL: process.env.LOG_LEVEL ?? 'warn' })
  const tool = await startAllInOne()
  try {
    adminAddress = await firstAdminAddress()
    const lms = await startLms()
    const example = startClass()
    return {
      stop: async () => {
        await example.stop()
        await lms.stop()
        await tool.stop()
      },
    }
  } catch (error) {
    await tool.stop()
    throw error
  }
}

/** Only at the first start; later the command gives one. */
let adminAddress: string | undefined

const began = performance.now()
await run(start, () => {
  process.stdout.write(`
  Cuepoint is running (${((performance.now() - began) / 1000).toFixed(1)} s).

  Open the simulated LMS:   http://localhost:${config().demoLmsPort}
  Sign in as the instructor and add an activity; sign in as a student and take it.
  The course “Statistics (example class)” has a class at work and a video with questions: look at them as the instructor, try them as Sam.
  A clip to upload:         fixtures/media/people-on-a-square.mp4

  The tool itself:          ${config().publicUrl}
  Administration:           ${adminAddress ?? `${config().publicUrl}/admin   (npm run platform -- admin-link gives a sign-in link)`}
  Data:                     ${config().dataDir}
  End with Ctrl-C.
`)
})
