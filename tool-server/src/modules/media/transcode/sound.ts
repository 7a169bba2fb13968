// The sound of a chunk: encoded once, cut to its frames, and muxed into every rendition.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { adtsFrames, cutAdts } from '../adts.ts'
import { audioFrameAt, type Chunk, samplesPerFrame } from '../chunks.ts'
import { files, silenceArguments, soundArguments, soundPieceOf, waveRate } from '../encode-arguments.ts'
import { ffmpeg } from '../ffmpeg.ts'
import type { AudioRendition } from '../ladder.ts'
import type { Priority } from '../priority.ts'
import type { Probe } from '../probe.ts'
import { peaksOf, peaksPerSecond } from '../waveform.ts'

export interface Sound {
  audio: AudioRendition
  /** Number of its first frame in the whole. */
  first: number
  /** ADTS. */
  bytes: Buffer
  peaks: { from: number; values: number[] }
}

interface SoundJob {
  folder: string
  probe: Probe
  audio: AudioRendition
  chunk: Chunk
  signal: AbortSignal
  priority: Priority
}

export async function encodeSound({ folder, probe, audio, chunk, signal, priority }: SoundJob): Promise<Sound> {
  const piece = soundPieceOf(chunk, audio)
  await ffmpeg(folder, soundArguments(probe, audio, piece), signal, priority)
  const encoded = await readFile(join(folder, files.sound))
  let bytes = cutAdts(encoded, piece.skip, piece.skip + piece.frames)
  const missing = piece.frames - (adtsFrames(bytes).length - 1)
  if (missing > 0) {
    await ffmpeg(folder, silenceArguments(audio, missing), signal, priority)
    bytes = Buffer.concat([bytes, cutAdts(await readFile(join(folder, 'silence.aac')), 1, 1 + missing)])
  }
  const wave = await readFile(join(folder, files.wave)).catch(() => Buffer.alloc(0))
  // The margin before the piece is no part of it.
  const margin = Math.round((((piece.skip - 1) * samplesPerFrame) / audio.sampleRate) * waveRate) * 2
  const peaks = peaksOf(wave.subarray(margin), chunk.fromSeconds)
  peaks.values.length = Math.min(peaks.values.length, Math.round(chunk.aboutSeconds * peaksPerSecond))
  return { audio, first: piece.first, bytes, peaks }
}

/** The rest of it from a later time on, as a file in the folder. */
export async function writeSound(
  folder: string,
  name: string,
  sound: Sound,
  fromSeconds: number,
): Promise<{ name: string; first: number }> {
  const first = Math.max(sound.first, audioFrameAt(fromSeconds, sound.audio.sampleRate))
  await writeFile(join(folder, name), cutAdts(sound.bytes, first - sound.first, Number.POSITIVE_INFINITY))
  return { name, first }
}
