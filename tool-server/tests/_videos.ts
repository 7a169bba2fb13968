// Videos for the tests of transcoding: small clips made by ffmpeg, a course that owns them, and the product's own listeners.
import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { listeners, modules } from '../src/app/modules.ts'
import { loadConfig } from '../src/kernel/config.ts'
import { closeDatabase, openDatabase, queryAlone, transaction } from '../src/kernel/db.ts'
import { record, registerListeners } from '../src/kernel/events/outbox.ts'
import { closeWake, openWake, startWorkers } from '../src/kernel/jobs/wake.ts'
import { setLogLevel } from '../src/kernel/log.ts'
import { forgetStorage, storage } from '../src/kernel/storage.ts'
import { forgetTools } from '../src/modules/media/ffmpeg.ts'
import { freshDatabase, type TestDatabase } from './_database.ts'

const run = promisify(execFile)

/** Runs the system's ffmpeg as a person would. */
export async function ffmpegBy(folder: string, ...args: string[]): Promise<string> {
  const { stderr } = await run('ffmpeg', ['-nostdin', '-hide_banner', '-y', ...args], { cwd: folder, maxBuffer: 50_000_000 })
  return stderr
}

export async function ffprobeBy(folder: string, ...args: string[]): Promise<string> {
  const { stdout } = await run('ffprobe', ['-v', 'error', ...args], { cwd: folder, maxBuffer: 50_000_000 })
  return stdout
}

/** A picture that moves and a tone; `more` are options of the encoder. */
export async function clip(folder: string, name: string, seconds: number, size = '320x180', more: readonly string[] = []): Promise<string> {
  const rate = more.includes('-r') ? [] : ['-r', '25']
  await ffmpegBy(
    folder,
    ...['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=25`, '-f', 'lavfi', '-i', 'sine=440:r=48000', '-t', String(seconds)],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-g', '60', '-c:a', 'aac', ...rate, ...more, name],
  )
  return join(folder, name)
}

export interface MediaRoom {
  folder: string
  dataDir: string
  databaseUrl: string
  env: Record<string, string>
  institutionId: string
  courseId: string
  /** An asset whose upload has just finished. */
  upload(file: string, kind?: 'video' | 'audio'): Promise<string>
  work(): Promise<void>
  /** Waits until no delivery is due or in work. */
  idle(): Promise<void>
  rest(): Promise<void>
  close(): Promise<void>
}

export interface AssetNow {
  state: string
  failure_code: string | null
  failure_message: string | null
  generation: number
  playable: boolean
  chunks_done: number
  chunks_total: number
  duration_seconds: number
  width: number
  height: number
  has_audio: boolean
  has_video: boolean
  [column: string]: unknown
}

export async function assetNow(id: string): Promise<AssetNow> {
  const [row] = await queryAlone<AssetNow>('select * from assets where id = $1', [id])
  if (!row) throw new Error('no such asset')
  return row
}

/** A database, a storage and a course of its own; `work` starts the listeners of media in this process. */
export async function openMediaRoom(env: Record<string, string> = {}, given?: TestDatabase): Promise<MediaRoom> {
  const folder = await mkdtemp(join(tmpdir(), 'cuepoint-media-'))
  const database = given ?? (await freshDatabase())
  const dataDir = join(folder, 'data')
  const all = { NODE_ENV: 'test', DATABASE_URL: database.url, DATA_DIR: dataDir, LOG_LEVEL: 'silent', ...env }
  loadConfig(all)
  forgetStorage()
  forgetTools()
  setLogLevel('silent')
  const sequelize = await openDatabase(database.url, 10)
  for (const module of modules) module.models?.(sequelize)
  registerListeners(listeners)
  const [institutionId, courseId] = [randomUUID(), randomUUID()]
  await queryAlone('insert into institutions (id, name) values ($1, $2)', [institutionId, 'School'])
  await queryAlone('insert into courses (id, institution_id, external_id, title) values ($1, $2, $3, $4)', [
    courseId,
    institutionId,
    'c',
    'Course',
  ])
  let working = false
  const rest = async () => {
    if (working) await closeWake()
    working = false
  }
  return {
    folder,
    dataDir,
    databaseUrl: database.url,
    env: all,
    institutionId,
    courseId,
    async upload(file, kind = 'video') {
      const id = randomUUID()
      const key = `originals/${institutionId}/${id}`
      const { bytes } = await storage().put(key, { file }, { contentType: 'application/octet-stream' })
      const scope = { institutionId, courseId, personId: null, placementId: null }
      await transaction(async (tx) => {
        await queryAlone(
          `insert into assets (id, institution_id, course_id, kind, name, bytes, state, original_key, original_kept)
           values ($1, $2, $3, $4, 'clip.mp4', $5, 'processing', $6, true)`,
          [id, institutionId, courseId, kind, bytes, key],
        )
        await record(tx, { name: 'media.upload.finished', ...scope, data: { assetId: id, kind, bytes } })
      })
      return id
    },
    async work() {
      await openWake({ databaseUrl: database.url })
      startWorkers(
        listeners.filter((it) => it.name.startsWith('media.')),
        { concurrency: { heavy: 2, quick: 2, outbound: 0 } },
      )
      working = true
    },
    async idle() {
      for (let calm = 0; calm < 2; ) {
        const [row] = await queryAlone<{ n: number }>(
          "select count(*)::int as n from deliveries where state = 'due' and listener like 'media.%'",
        )
        calm = row?.n === 0 ? calm + 1 : 0
        await new Promise((later) => setTimeout(later, 50))
      }
    },
    rest,
    async close() {
      await rest()
      await closeDatabase()
      await database.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** All segments of a rendition in a row, as a player puts them together; answers with the file. */
export async function whole(room: Pick<MediaRoom, 'folder' | 'dataDir'>, id: string, name: string, generation = 1): Promise<string> {
  const folder = join(room.dataDir, 'files/renditions', id, String(generation), name)
  const playlist = (await readFile(join(folder, 'index.m3u8'), 'utf8')).split('\n')
  const init = playlist.flatMap((line) => /^#EXT-X-MAP:URI="(.*)"$/.exec(line)?.[1] ?? [])[0] ?? ''
  const parts = [init, ...playlist.filter((line) => line.endsWith('.m4s'))]
  const file = join(room.folder, `${id}-${generation}-${name}.mp4`)
  await writeFile(file, Buffer.concat(await Promise.all(parts.map((part) => readFile(join(folder, part))))))
  return file
}

/** Waits until its encoding has ended, well or not. */
export async function settled(id: string, withinMs = 110_000): Promise<AssetNow> {
  const end = Date.now() + withinMs
  for (;;) {
    const asset = await assetNow(id)
    if (asset.state !== 'processing' || Date.now() > end) return asset
    await new Promise((later) => setTimeout(later, 50))
  }
}
