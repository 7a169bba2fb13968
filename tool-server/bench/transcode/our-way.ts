// Our own way, as a worker with two encoders goes it, without the database: the lead and beside it what is next, each by the product's
// own functions, with their priorities.
import { copyFile, link, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { storage } from '../../src/kernel/storage.ts'
import { chunksOf, leadOf } from '../../src/modules/media/chunks.ts'
import { probeArguments } from '../../src/modules/media/encode-arguments.ts'
import { ffprobe } from '../../src/modules/media/ffmpeg.ts'
import { ladderOf, withoutCopy } from '../../src/modules/media/ladder.ts'
import { probeOf } from '../../src/modules/media/probe.ts'
import { inJobFolder } from '../../src/modules/media/transcode/job-folder.ts'
import { makeLadder, makeLead } from '../../src/modules/media/transcode/make-chunk.ts'
import { keyFramesOf, makeCopy, mayCopy } from '../../src/modules/media/transcode/make-copy.ts'
import type { Plan, Transcode } from '../../src/modules/media/transcode/rows.ts'
import { lines } from './clips.ts'
import { type Cost, costOf } from './cost.ts'

const never = new AbortController().signal

/** `keep`: under this name its renditions stay. */
export async function ourWay(file: string, keep?: string): Promise<Cost> {
  const id = keep ?? 'bench'
  return costOf(async (began) => {
    const first = await encoded(file, id, began)
    if (!keep) await storage().removeAll(`renditions/${id}/`)
    return first
  })
}

async function encoded(file: string, id: string, began: number): Promise<number> {
  let first = Number.NaN
  const playable = () => {
    if (Number.isNaN(first)) first = (performance.now() - began) / 1000
  }
  const tentative = await planned(file, id)
  const settling = settled(file, tentative)
  const { lead } = tentative.plan
  const led = lead && work(file, (folder) => makeLead({ transcode: tentative, folder, signal: never })).then(playable)
  const transcode = await settling
  const chunks = [...transcode.plan.chunks]
  const slot = async () => {
    for (let chunk = chunks.shift(); chunk; chunk = chunks.shift()) {
      const { index } = chunk
      await work(file, (folder) => makeLadder({ transcode, folder, signal: never }, index))
      playable()
    }
  }
  await Promise.all([slot(), led ? led.then(slot) : slot()])
  if (transcode.plan.ladder.copy) await work(file, (folder) => makeCopy({ transcode, folder, signal: never }))
  return first
}

/** Seconds to the first segment, with what runs beside it at that time; all is ended when it answers. */
export async function firstOf(file: string): Promise<number> {
  const began = performance.now()
  const transcode = await planned(file, 'first')
  const stop = new AbortController()
  const beside = settled(file, transcode).then((it) =>
    work(file, (folder) => makeLadder({ transcode: it, folder, signal: stop.signal }, 0)),
  )
  await work(file, (folder) => makeLead({ transcode, folder, signal: never }))
  const seconds = (performance.now() - began) / 1000
  stop.abort()
  await beside.catch((error: unknown) => {
    if (!stop.signal.aborted) throw error
  })
  await storage().removeAll('renditions/first/')
  return seconds
}

/** Two chunks at a time, over and over, until it is told to stop. */
export async function encodeUntil(file: string, stop: AbortSignal): Promise<void> {
  const transcode = await settled(file, await planned(file, 'beside'))
  const lane = async (index: number) => {
    while (!stop.aborted)
      await work(file, (folder) => makeLadder({ transcode, folder, signal: stop }, index)).catch((error: unknown) => {
        if (!stop.aborted) throw error
      })
  }
  await Promise.all([lane(0), lane(transcode.plan.chunks.length - 1)])
  await storage().removeAll('renditions/beside/')
}

/** What is known as soon as the file was looked at. */
export async function planned(file: string, id: string): Promise<Transcode> {
  const { size } = await stat(file)
  const probe = await work(file, async (folder) => probeOf(JSON.parse(await ffprobe(folder, probeArguments('mov'), never)), 'mov', size))
  const ladder = ladderOf(probe, lines)
  const chunks = chunksOf(probe.video?.durationSeconds ?? probe.durationSeconds, ladder)
  const [head] = chunks
  const plan: Plan = { probe, ladder, chunks, lead: head ? leadOf(head, ladder) : null, thumbEveryGops: 1, copyFromSeconds: 0 }
  const of = { institutionId: id, courseId: id, originalKey: null, playedGeneration: 0 }
  return { assetId: id, generation: 1, plan, state: 'encoding', settled: true, wanted: true, ...of }
}

/** Whether its pictures may be copied is known when all key frames were seen. */
async function settled(file: string, transcode: Transcode): Promise<Transcode> {
  const { plan } = transcode
  if (!plan.ladder.copy) return transcode
  const keys = await work(file, (folder) => keyFramesOf(folder, plan.probe, never))
  const now = mayCopy(keys) ? { ...plan, copyFromSeconds: keys.firstSeconds } : { ...plan, ladder: withoutCopy(plan.ladder) }
  return { ...transcode, plan: now }
}

function work<T>(source: string, deed: (folder: string) => Promise<T>): Promise<T> {
  return inJobFolder(async (folder) => {
    const to = join(folder, 'source')
    await link(source, to).catch(() => copyFile(source, to))
    return deed(folder)
  })
}
