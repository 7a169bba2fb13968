// `transcode`: a ladder of 1080, 720 and 480 lines from one file, against three runs of plain ffmpeg at the same settings (the usual way).
// CPU and peak memory are those of ffmpeg's processes, read from the system; wall is from the first look to the last segment, without
// the wait for a wake-up. Five parts, which `--part` picks:
// encode     CPU, wall, memory
// copy       CPU where the largest pictures are copied
// quality    how near to the source, beside the usual way
// first      when there is something to play, of a short and of a long file, while the rest is begun beside it
// launches   how a class that launches fares while two transcodes run
import { mkdtemp, rm } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '../src/kernel/config.ts'
import { forgetStorage } from '../src/kernel/storage.ts'
import { forgetTools } from '../src/modules/media/ffmpeg.ts'
import type { Options } from './options.ts'
import { fitClip, heavyClip } from './transcode/clips.ts'
import { firstRounds } from './transcode/first.ts'
import { launchesBeside } from './transcode/launches.ts'
import { encodeUntil } from './transcode/our-way.ts'
import { qualityOf } from './transcode/quality.ts'
import { roundsOf, tell } from './transcode/rounds.ts'

type Part = (folder: string, rounds: number) => Promise<string[]>

const parts: Readonly<Record<string, Part>> = {
  encode: async (folder, rounds) => tell(await roundsOf(await heavyClip(folder), rounds), ['cpu', 'wall', 'memory']),
  async copy(folder, rounds) {
    const [figure = ''] = tell(await roundsOf(await fitClip(folder), rounds), ['cpu'])
    return [figure.replace('cpu', 'copy')]
  },
  async quality(folder) {
    const nearer = await qualityOf(folder, await heavyClip(folder))
    process.stdout.write(`SSIM, ours minus the usual way's: ${nearer.map((it) => it.toFixed(4)).join(', ')}\n`)
    return [`ssim ${Math.min(...nearer).toFixed(4)}`]
  },
  first: firstRounds,
  async launches(folder, rounds) {
    const heavy = await heavyClip(folder)
    const { median, worst } = await launchesBeside((stop) => encodeUntil(heavy, stop), rounds)
    process.stdout.write(`launches: median ${median.toFixed(2)}x, worst ${worst.toFixed(2)}x\n`)
    return [`launches ${median.toFixed(2)}x`]
  },
}

export async function benchTranscode({ rounds, parts: wanted }: Options): Promise<string> {
  const unknown = wanted.filter((name) => !parts[name])
  if (unknown.length > 0) throw new Error(`transcode has no part ${unknown.join(', ')}. There are: ${Object.keys(parts).join(', ')}`)
  process.stdout.write(`${cpus()[0]?.model ?? 'processor'}\n`)
  const figures: string[] = []
  for (const [name, part] of Object.entries(parts)) {
    if (wanted.length === 0 || wanted.includes(name)) figures.push(...(await inFolder((folder) => part(folder, rounds))))
  }
  return `transcode: ${figures.join(', ')}`
}

async function inFolder<T>(part: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'cuepoint-transcode-'))
  try {
    loadConfig({
      NODE_ENV: 'test',
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none',
      DATA_DIR: join(folder, 'data'),
      LOG_LEVEL: 'silent',
    })
    forgetStorage()
    forgetTools()
    return await part(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
