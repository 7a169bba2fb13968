// `transcode`: a ladder of 1080, 720 and 480 lines from one file, against three runs of plain ffmpeg at the same settings (the usual way).
// CPU and peak memory are those of ffmpeg's processes, read from the system; wall is from the first event to the ready asset, without
// the wait for a wake-up. Real footage, tiled to 1080 lines; the copy-eligible one is the same, encoded as a camera would.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { copyFile, link, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadConfig } from '../src/kernel/config.ts'
import { forgetStorage, storage } from '../src/kernel/storage.ts'
import { chunksOf, leadOf } from '../src/modules/media/chunks.ts'
import { probeArguments } from '../src/modules/media/encode-arguments.ts'
import { ffprobe, forgetTools } from '../src/modules/media/ffmpeg.ts'
import { type Ladder, ladderOf } from '../src/modules/media/ladder.ts'
import { type Probe, probeOf } from '../src/modules/media/probe.ts'
import { makeLadder, makeLead } from '../src/modules/media/transcode/make-chunk.ts'
import { keyFramesOf, makeCopy, mayCopy } from '../src/modules/media/transcode/make-copy.ts'
import type { Plan, Transcode } from '../src/modules/media/transcode/rows.ts'
import { launchesBeside } from './beside-transcodes.ts'
import { median } from './load.ts'
import type { Options } from './options.ts'

const lines = [1080, 720, 480]
const footage = '/usr/share/doc/opencv-doc/examples/data/vtest.avi'
const clipFixture = new URL('../../fixtures/media/people-on-a-square.mp4', import.meta.url).pathname

interface Cost {
  cpu: number
  wall: number
  /** Most memory of ffmpeg's processes together, in MB, looked at every 50 ms. */
  memory: number
  /** Seconds until the first segment could be played. */
  first: number
}

const signal = new AbortController().signal

export async function benchTranscode({ rounds }: Options): Promise<string> {
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
    process.stdout.write(`${cpus()[0]?.model ?? 'processor'}; making the clips …\n`)
    const from = existsSync(footage) ? footage : clipFixture
    const heavy = await made(folder, from, 'heavy.mp4', 20, ['-crf', '10', '-preset', 'ultrafast', '-bf', '0'])
    const fit = await made(folder, from, 'fit.mp4', 20, [
      '-b:v',
      '4500k',
      '-maxrate',
      '6000k',
      '-bufsize',
      '9000k',
      '-preset',
      'veryfast',
      '-g',
      '60',
    ])
    const pairs: { ours: Cost; plain: Cost; copied: Cost; plainFit: Cost }[] = []
    for (let round = 0; round < rounds; round++) {
      const [plain, ours] = round % 2 ? [await plainly(heavy), await ourWay(heavy)] : await swapped(heavy)
      const plainFit = await plainly(fit)
      const copied = await ourWay(fit)
      pairs.push({ ours, plain, copied, plainFit })
      process.stdout.write(
        `round ${round + 1}: cpu ${show(ours.cpu)} / ${show(plain.cpu)} s, wall ${show(ours.wall)} / ${show(plain.wall)} s, memory ${Math.round(ours.memory)} / ${Math.round(plain.memory)} MB, first ${show(ours.first)} s; copied: cpu ${show(copied.cpu)} / ${show(plainFit.cpu)} s\n`,
      )
    }
    const ratio = (of: (pair: (typeof pairs)[number]) => number) => ({ median: median(pairs.map(of)), worst: Math.max(...pairs.map(of)) })
    const cpu = ratio(({ ours, plain }) => ours.cpu / plain.cpu)
    const wall = ratio(({ ours, plain }) => ours.wall / plain.wall)
    const memory = ratio(({ ours, plain }) => ours.memory / plain.memory)
    const copy = ratio(({ copied, plainFit }) => copied.cpu / plainFit.cpu)
    const first = ratio(({ ours }) => ours.first)
    const quality = await qualityOf(folder, heavy)
    const [short, long] = [await firstOf(folder, fit, 3), await firstOf(folder, fit, 60)]
    const launches = await launchesBeside((stop) => encodeUntil(heavy, stop), rounds)
    process.stdout.write(
      `worst: cpu ${cpu.worst.toFixed(2)}x, wall ${wall.worst.toFixed(2)}x, memory ${memory.worst.toFixed(2)}x, copy ${copy.worst.toFixed(2)}x, launches ${launches.worst.toFixed(2)}x\n`,
    )
    process.stdout.write(
      `memory ${memory.median.toFixed(2)}x; SSIM ours minus plain: ${quality.join(', ')}; first of 1 min ${show(short)} s, of 20 min ${show(long)} s\n`,
    )
    return `transcode: cpu ${cpu.median.toFixed(2)}x, wall ${wall.median.toFixed(2)}x, first ${first.median.toFixed(1)} s, copy ${copy.median.toFixed(2)}x, launches ${launches.median.toFixed(2)}x`
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function swapped(file: string): Promise<[Cost, Cost]> {
  const ours = await ourWay(file)
  return [await plainly(file), ours]
}

const show = (seconds: number): string => seconds.toFixed(1)

/** Real pictures, four times side by side and cut to 1080 lines at 30 frames a second, with a tone. */
async function made(folder: string, from: string, name: string, seconds: number, encoder: readonly string[]): Promise<string> {
  const tiled =
    '[0:v]setpts=PTS/3,fps=30,split=4[a][b][c][d];[a][b]hstack[x];[c][d]hstack[y];[x][y]vstack,scale=1920:1440,crop=1920:1080[v]'
  await shell(folder, [
    ...['-stream_loop', '-1', '-i', from, '-f', 'lavfi', '-i', 'sine=300:r=48000', '-filter_complex', tiled, '-map', '[v]', '-map', '1:a'],
    ...['-t', String(seconds), '-c:v', 'libx264', '-pix_fmt', 'yuv420p', ...encoder, '-c:a', 'aac', name],
  ])
  return join(folder, name)
}

function shell(folder: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('ffmpeg', ['-nostdin', '-hide_banner', '-y', ...args], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
    let words = ''
    child.stderr.on('data', (part: Buffer) => {
      words = (words + part).slice(-20_000)
    })
    child.once('close', (code) => (code === 0 ? resolve(words) : reject(new Error(words.slice(-500)))))
  })
}

/** The usual way: a run per size, the largest first, each decoding anew; HLS in fMP4, the same encoder settings. */
async function plainly(file: string, keep?: string): Promise<Cost> {
  const folder = keep ?? (await mkdtemp(join(tmpdir(), 'cuepoint-plain-')))
  return costOf(async () => {
    for (const height of lines) {
      await mkdir(join(folder, String(height)), { recursive: true })
      const cap = { 1080: 6_000_000, 720: 3_200_000 }[height] ?? 1_500_000
      await shell(join(folder, String(height)), [
        ...['-i', file, '-vf', `scale=-2:${height}`, '-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-crf', '23'],
        ...[
          '-maxrate',
          String(cap),
          '-bufsize',
          String(cap * 2),
          '-g',
          '60',
          '-keyint_min',
          '60',
          '-sc_threshold',
          '0',
          '-pix_fmt',
          'yuv420p',
        ],
        ...[
          '-c:a',
          'aac',
          '-b:a',
          '96k',
          '-f',
          'hls',
          '-hls_time',
          '4',
          '-hls_playlist_type',
          'vod',
          '-hls_segment_type',
          'fmp4',
          'index.m3u8',
        ],
      ])
    }
    if (!keep) await rm(folder, { recursive: true, force: true })
    return Number.NaN
  })
}

/** The lead alone, then our own chunks, two at a time, as the worker makes them; without the database. */
async function ourWay(file: string, keep?: { id: string }): Promise<Cost> {
  const id = keep?.id ?? 'bench'
  return costOf(async (began) => {
    const { transcode, source } = await planned(file, id)
    let first = Number.NaN
    const { plan } = transcode
    if (plan.lead) {
      await inFolder(source, (folder) => makeLead({ transcode, folder, signal }))
      first = (performance.now() - began) / 1000
    }
    const tasks = plan.chunks.map(
      ({ index }) =>
        () =>
          inFolder(source, (folder) => makeLadder({ transcode, folder, signal }, index)),
    )
    const lane = async () => {
      for (let task = tasks.shift(); task; task = tasks.shift()) {
        await task()
        if (Number.isNaN(first)) first = (performance.now() - began) / 1000
      }
    }
    await Promise.all([lane(), lane()])
    if (plan.ladder.copy) await inFolder(source, (folder) => makeCopy({ transcode, folder, signal }))
    if (!keep) await storage().removeAll(`renditions/${id}/`)
    return first
  })
}

/** Two chunks at a time, over and over, until it is told to stop. */
async function encodeUntil(file: string, stop: AbortSignal): Promise<void> {
  const { transcode, source } = await planned(file, 'beside')
  const lane = async (index: number) => {
    while (!stop.aborted)
      await inFolder(source, (folder) => makeLadder({ transcode, folder, signal: stop }, index)).catch((error: unknown) => {
        if (!stop.aborted) throw error
      })
  }
  await Promise.all([lane(0), lane(transcode.plan.chunks.length - 1)])
  await storage().removeAll('renditions/beside/')
}

async function planned(file: string, id: string): Promise<{ transcode: Transcode; source: string }> {
  const { probe, copyFromSeconds } = await inFolder(file, async (folder) => {
    const bytes = (await readFile(file)).length
    const probe: Probe = probeOf(JSON.parse(await ffprobe(folder, probeArguments('mov'), signal)), 'mov', bytes)
    const keys = await keyFramesOf(folder, probe, signal)
    return { probe, copyFromSeconds: mayCopy(keys) ? keys.firstSeconds : 0 }
  })
  const ladder: Ladder = ladderOf(probe, lines)
  const chunks = chunksOf(probe.video?.durationSeconds ?? probe.durationSeconds, ladder)
  const [head] = chunks
  const plan: Plan = { probe, ladder, chunks, lead: head ? leadOf(head, ladder) : null, thumbEveryGops: 1, copyFromSeconds }
  const who = {
    institutionId: id,
    courseId: id,
    state: 'encoding',
    settled: true,
    originalKey: null,
    wanted: true,
    playedGeneration: 0,
  } as const
  return { transcode: { assetId: id, generation: 1, plan, ...who }, source: file }
}

async function inFolder<T>(source: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'cuepoint-job-'))
  try {
    await lend(source, join(folder, 'source'))
    return await work(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function lend(from: string, to: string): Promise<void> {
  await link(from, to).catch(() => copyFile(from, to))
}

/** CPU of this process's ended children (all of them encoders), from /proc. */
async function childrenCpu(): Promise<number> {
  const fields = (await readFile('/proc/self/stat', 'utf8')).split(') ')[1]?.split(' ') ?? []
  // cutime and cstime, in hundredths of a second.
  return (Number(fields[13]) + Number(fields[14])) / 100
}

async function costOf(work: (began: number) => Promise<number>): Promise<Cost> {
  const before = await childrenCpu()
  let memory = 0
  const look = setInterval(() => void encodersMemory().then((now) => (memory = Math.max(memory, now))), 50)
  const began = performance.now()
  const first = await work(began).finally(() => clearInterval(look))
  return { cpu: (await childrenCpu()) - before, wall: (performance.now() - began) / 1000, memory, first }
}

async function encodersMemory(): Promise<number> {
  let sum = 0
  const children = await readFile(`/proc/self/task/${process.pid}/children`, 'utf8').catch(() => '')
  for (const pid of children.split(' ').filter(Boolean)) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
    if (/^Name:\s+ffmpeg$/m.test(status)) sum += Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024
  }
  return sum
}

/** Per size: how much nearer to the source ours is than the plain one. */
async function qualityOf(folder: string, file: string): Promise<string[]> {
  const plain = join(folder, 'plain')
  await plainly(file, plain)
  await ourWay(file, { id: 'quality' })
  const { video } = (await planned(file, 'quality')).transcode.plan.ladder
  const words: string[] = []
  for (const height of lines) {
    const root = join(folder, 'data/files/renditions/quality/1', `${height}p`)
    const names = (await readdir(root))
      .filter((name) => name.endsWith('.m4s'))
      .sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10))
    const init = (await readdir(root)).find((name) => name.startsWith('init'))
    const ours = join(folder, `ours-${height}.mp4`)
    await writeFile(ours, Buffer.concat(await Promise.all([init ?? '', ...names].map((name) => readFile(join(root, name))))))
    const width = video.find((it) => it.height === height)?.width ?? -2
    const ssim = async (of: string, wide: number) => {
      const graph = `[0:v]scale=${wide}:${height},settb=AVTB,setpts=N[a];[1:v]settb=AVTB,setpts=N[b];[a][b]ssim`
      return Number(/All:([\d.]+)/.exec(await shell(folder, ['-i', file, '-i', of, '-lavfi', graph, '-f', 'null', '-']))?.[1])
    }
    words.push(`${height}p ${((await ssim(ours, width)) - (await ssim(join(plain, String(height), 'index.m3u8'), -2))).toFixed(4)}`)
  }
  return words
}

/** Seconds to the first segment of a file that is the clip so many times over: planning and lead alone. */
async function firstOf(folder: string, file: string, times: number): Promise<number> {
  const long = join(folder, `times-${times}.mp4`)
  await shell(folder, ['-stream_loop', String(times - 1), '-i', file, '-c', 'copy', long])
  const began = performance.now()
  const { probe } = await inFolder(long, async (at) => ({
    probe: probeOf(JSON.parse(await ffprobe(at, probeArguments('mov'), signal)), 'mov', 1),
  }))
  const ladder = ladderOf(probe, lines)
  const chunks = chunksOf(probe.durationSeconds, ladder)
  const [head] = chunks
  const plan: Plan = { probe, ladder, chunks, lead: head ? leadOf(head, ladder) : null, thumbEveryGops: 1, copyFromSeconds: 0 }
  const who = {
    institutionId: 'x',
    courseId: 'x',
    state: 'encoding',
    settled: true,
    originalKey: null,
    wanted: true,
    playedGeneration: 0,
  } as const
  const transcode: Transcode = { assetId: `first-${times}`, generation: 1, plan, ...who }
  await inFolder(long, (at) => makeLead({ transcode, folder: at, signal }))
  return (performance.now() - began) / 1000
}
