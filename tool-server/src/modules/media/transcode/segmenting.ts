// From the file that ffmpeg wrote to segments in the storage: cut at key frames, moved to their place, named by their content.
import { createHash } from 'node:crypto'
import { type FileHandle, open } from 'node:fs/promises'
import { storage } from '../../../kernel/storage.ts'
import { evenInit, moveFragment, secondsOf, type Track, tracksOf } from '../fragments.ts'
import type { Segment } from '../master-playlist.ts'
import { contentTypes } from './keys.ts'
import type { Made } from './rows.ts'

export interface Placing {
  /** Folder of the rendition in the storage, with a slash at its end. */
  prefix: string
  /** Number of the first segment in the whole rendition. */
  firstSegment: number
  /** A segment is full when it is so long. */
  segmentSeconds: number
  /** Where each kind of track begins in the whole, in ticks of its timescale. */
  offsets: Record<Track['kind'], number>
}

/** null: the file holds no pictures and no sound. */
export async function storeSegments(file: string, placing: Placing, signal: AbortSignal): Promise<Made | null> {
  const handle = await open(file, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null
    throw error
  })
  if (!handle) return null
  try {
    return await store(handle, placing, signal)
  } finally {
    await handle.close()
  }
}

async function store(handle: FileHandle, placing: Placing, signal: AbortSignal): Promise<Made | null> {
  const head: Buffer[] = []
  let made: Made | null = null
  let tracks: Track[] = []
  let gathered: Buffer[] = []
  let seconds = 0
  const flush = async () => {
    if (gathered.length === 0 || !made) return
    const bytes = Buffer.concat(gathered)
    const name = `${placing.firstSegment + made.segments.length}-${hashOf(bytes)}.m4s`
    await put(placing.prefix, name, bytes)
    made.segments.push({ name, bytes: bytes.length, seconds } satisfies Segment)
    gathered = []
    seconds = 0
  }
  let moof: Buffer | undefined
  for await (const { type, bytes } of boxesOf(handle)) {
    signal.throwIfAborted()
    if (type === 'ftyp' || type === 'moov') head.push(bytes)
    else if (type === 'moof') moof = bytes
    else if (type === 'mdat' && moof) {
      if (!made) {
        const init = Buffer.concat(head)
        evenInit(init)
        tracks = tracksOf(init)
        const name = `init-${hashOf(init)}.mp4`
        await put(placing.prefix, name, init)
        made = { init: name, codecs: tracks.map((it) => it.codec), segments: [] }
      }
      const fragment = Buffer.concat([moof, bytes])
      moof = undefined
      const lasts = secondsOf(fragment, tracks)
      // Key frames of a copied rendition come as they come: none longer than need be.
      if (seconds > 0 && seconds + lasts > placing.segmentSeconds * 1.5) await flush()
      moveFragment(
        fragment,
        new Map(tracks.map((it) => [it.id, placing.offsets[it.kind]])),
        placing.firstSegment + made.segments.length + 1,
      )
      gathered.push(fragment)
      seconds += lasts
      if (seconds >= placing.segmentSeconds - 0.02) await flush()
    }
  }
  await flush()
  return made
}

async function* boxesOf(handle: FileHandle): AsyncGenerator<{ type: string; bytes: Buffer }> {
  const { size } = await handle.stat()
  const head = Buffer.alloc(16)
  for (let at = 0; at + 8 <= size; ) {
    await handle.read(head, 0, 16, at)
    const short = head.readUInt32BE(0)
    const length = short === 1 ? Number(head.readBigUInt64BE(8)) : short
    // The end of a file whose encoder was ended.
    if (length < 8 || at + length > size) return
    const bytes = Buffer.alloc(length)
    await handle.read(bytes, 0, length, at)
    yield { type: bytes.toString('latin1', 4, 8), bytes }
    at += length
  }
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex').slice(0, 20)
}

async function put(prefix: string, name: string, bytes: Buffer): Promise<void> {
  await storage().put(prefix + name, { bytes }, { contentType: name.endsWith('.mp4') ? contentTypes.mp4 : contentTypes.m4s })
}
