// PURE: what ffmpeg is told. Untrusted input: the demuxer is forced and no other may be opened, files only, in the job's own folder.
import { audioFrameAt, type Chunk, samplesPerFrame } from './chunks.ts'
import { type Demuxer, demuxers } from './demuxer.ts'
import type { AudioRendition, Ladder, VideoRendition } from './ladder.ts'
import { type Probe, perSecond, type Rate } from './probe.ts'

/** Names inside the job's folder. */
export const files = {
  source: 'source',
  sound: 'sound.aac',
  wave: 'wave.raw',
  poster: 'poster.jpg',
  thumb: 'thumb-%d.jpg',
  soundFile: 'sound.m4a',
  clean: 'clean',
} as const
/** Sound is measured for its waveform at this rate. */
export const waveRate = 8000

const quiet = ['-nostdin', '-hide_banner', '-loglevel', 'warning', '-y']
const guarded = ['-protocol_whitelist', 'file', '-format_whitelist', demuxers.join(',')]
const opened = (demuxer: string): string[] => [...guarded, '-f', demuxer]
const source = ['-i', `file:${files.source}`]
const adts = (name: string): string[] => ['-protocol_whitelist', 'file', '-format_whitelist', 'aac', '-f', 'aac', '-i', `file:${name}`]

/** Device, place, author: none of it goes on, nor does the name of the encoder. */
const stripped = ['-map_metadata', '-1', '-map_chapters', '-1', '-fflags', '+bitexact', '-flags:v', '+bitexact', '-flags:a', '+bitexact']

/** A short sound as one file that every browser plays. */
export function soundFileArguments(demuxer: string, seconds: number): string[] {
  const made = ['-c:a', 'aac', '-b:a', '128k', '-ac', '2', '-ar', '44100', '-movflags', '+faststart', '-f', 'mp4']
  return [...quiet, ...opened(demuxer), ...source, '-map', '0:a:0', '-t', String(seconds), ...stripped, ...made, `file:${files.soundFile}`]
}

const muxers: Partial<Record<Demuxer, string>> = { aac: 'adts' }

/** The same pictures and sound in the same container, with nothing else in it. */
export function cleanFileArguments(demuxer: Demuxer): string[] {
  const pictures = ['mov', 'matroska', 'avi', 'mpegts', 'ogg'].includes(demuxer) ? ['-map', '0:v?'] : []
  const muxer = ['-c', 'copy', '-f', muxers[demuxer] ?? demuxer]
  return [...quiet, ...opened(demuxer), ...source, ...pictures, '-map', '0:a?', ...stripped, ...muxer, `file:${files.clean}`]
}

export function probeArguments(demuxer: string): string[] {
  return ['-v', 'error', ...opened(demuxer), '-probesize', '20M', '-show_format', '-show_streams', '-of', 'json', ...source]
}

/** A line per packet of the pictures: when it is shown, and whether one may begin there. */
export function keyFrameArguments(probe: Probe): string[] {
  const stream = String(probe.video?.index ?? 0)
  return [
    '-v',
    'error',
    ...opened(probe.demuxer),
    '-select_streams',
    stream,
    '-show_entries',
    'format=start_time:packet=pts_time,flags',
    '-of',
    'csv',
    ...source,
  ]
}

const seekTo = (seconds: number): string[] => (seconds > 0 ? ['-ss', seconds.toFixed(6), '-noaccurate_seek'] : [])

/** Frames of sound before and after a piece that are encoded with it and cut away: a frame is decoded with the one before it. */
const margin = 4

export interface SoundPiece {
  /** Frames to cut away at the beginning of what was encoded. */
  skip: number
  /** Frames that the piece has. */
  frames: number
  /** Number of its first frame in the whole. */
  first: number
}

export function soundPieceOf(chunk: Chunk, audio: AudioRendition): SoundPiece {
  const first = audioFrameAt(chunk.fromSeconds, audio.sampleRate)
  const end = audioFrameAt(chunk.toSeconds, audio.sampleRate)
  // The encoder's own delay is one frame.
  return { first, frames: Math.max(1, end - first), skip: Math.min(first, margin) + 1 }
}

/** Sound of a chunk as ADTS, with its margins, and small for the waveform. What the source does not have is silence. */
export function soundArguments(probe: Probe, audio: AudioRendition, piece: SoundPiece): string[] {
  const before = piece.skip - 1
  const samples = (before + piece.frames + margin) * samplesPerFrame
  const layout = audio.channels === 1 ? 'mono' : 'stereo'
  const graph = [
    `[0:${probe.audio?.index ?? 0}]aresample=${audio.sampleRate}:async=1:min_comp=0.00001:first_pts=0`,
    `aformat=sample_fmts=fltp:channel_layouts=${layout}`,
    `apad=whole_len=${samples}`,
    `atrim=end_sample=${samples}`,
    `asplit=2[a][b];[b]aresample=${waveRate},aformat=sample_fmts=s16:channel_layouts=mono[w]`,
  ].join(',')
  const from = ((piece.first - before) * samplesPerFrame) / audio.sampleRate
  return [
    ...quiet,
    ...seekTo(from),
    ...opened(probe.demuxer),
    '-threads',
    '1',
    ...source,
    '-filter_complex_threads',
    '1',
    '-filter_complex',
    graph,
    ...['-map', '[a]', '-c:a', 'aac', '-b:a', String(audio.bitRate), '-threads', '1', ...stripped, '-f', 'adts', `file:${files.sound}`],
    ...['-map', '[w]', '-c:a', 'pcm_s16le', '-f', 's16le', `file:${files.wave}`],
  ]
}

/** Out of ADTS: left to itself, ffmpeg 5.1 does not put the filter in for fragmented files. */
const copiedSound = ['-c:a', 'copy', '-bsf:a', 'aac_adtstoasc']

/** Silence for a piece whose sound ended early. */
export function silenceArguments(audio: AudioRendition, frames: number): string[] {
  const layout = audio.channels === 1 ? 'mono' : 'stereo'
  const seconds = ((frames + 2) * samplesPerFrame) / audio.sampleRate
  return [
    ...quiet,
    ...['-f', 'lavfi', '-t', seconds.toFixed(3), '-i', `anullsrc=r=${audio.sampleRate}:cl=${layout}`],
    ...['-c:a', 'aac', '-b:a', String(audio.bitRate), ...stripped, '-f', 'adts', 'file:silence.aac'],
  ]
}

/** Ticks per second of the pictures' track, and ticks per frame: whole numbers both. */
export function timescaleOf(rate: Rate): { timescale: number; frameTicks: number } {
  const times = Math.ceil(10_000 / rate.num)
  return { timescale: rate.num * times, frameTicks: rate.den * times }
}

/**
 * `moov` waits for the first fragment: only then is it known what the sound's decoder must be told (AudioSpecificConfig). Without it the file
 * plays in ffmpeg, and in no browser. No edit lists: fragments are moved to their place afterwards.
 */
const fragmented = (flags: string): string[] => ['-movflags', `${flags}+delay_moov+default_base_moof`, '-use_editlist', '0']

const muxed = (name: string, timescale: number): string[] => [
  ...[...fragmented('+frag_keyframe+negative_cts_offsets'), '-video_track_timescale', String(timescale)],
  ...['-write_tmcd', '0', '-f', 'mp4', `file:${name}`],
]

export interface Output {
  rendition: VideoRendition
  /** Frames of the chunk that it leaves out at its beginning: they are made already. */
  skipFrames: number
  /** The sound that is muxed into it. */
  sound: string | null
}

export interface VideoJob {
  probe: Probe
  ladder: Ladder
  chunk: Chunk
  /** The largest first. */
  outputs: readonly Output[]
  /** The sound rendition by itself, from this file. */
  soundOnly: string | null
  poster: boolean
  /** Small pictures for the scrubber: of which frames of the chunk. */
  thumbs: { firstFrame: number; everyFrames: number } | null
  /** What others wait for may decode with all processors; of chunks each has one. */
  alone?: boolean
}

/** The longer side of a small picture, and of the poster. */
const thumbSide = 160
const posterSide = 1280

function fitted(side: number, video: { width: number; height: number }): string {
  const scale = Math.min(1, side / Math.max(video.width, video.height))
  const even = (length: number) => Math.max(2, Math.round((length * scale) / 2) * 2)
  return `scale=${even(video.width)}:${even(video.height)}`
}

export const outputName = (rendition: string): string => `${rendition}.mp4`

/** Decodes once; each size is made from the next larger one; all are encoded side by side, with one thread each. */
export function videoArguments({ probe, ladder, chunk, outputs, soundOnly, poster, thumbs, alone = false }: VideoJob): string[] {
  const sounds = [...new Set([...outputs.map((it) => it.sound), soundOnly].filter((it) => it !== null))]
  const inputOf = (sound: string) => `${sounds.indexOf(sound) + 1}:a`
  const { timescale } = timescaleOf(ladder.rate)
  const args = [...quiet]
  args.push(...seekTo(chunk.fromSeconds), ...opened(probe.demuxer), '-threads', alone ? '0' : '1', ...source)
  for (const sound of sounds) args.push(...adts(sound))
  if (outputs.length > 0)
    args.push('-filter_complex_threads', '1', '-filter_complex', graphOf({ probe, ladder, chunk, outputs, poster, thumbs }))
  outputs.forEach(({ rendition, sound }, at) => {
    args.push('-map', `[v${at}]`, ...(sound ? ['-map', inputOf(sound), ...copiedSound] : []))
    args.push(...encoder(rendition, ladder), ...stripped, ...muxed(outputName(rendition.name), timescale))
  })
  if (soundOnly) {
    const length = Math.round((ladder.segmentFrames / perSecond(ladder.rate)) * 1_000_000)
    args.push('-map', inputOf(soundOnly), ...copiedSound, ...stripped)
    args.push(...fragmented(''), '-frag_duration', String(length), '-f', 'mp4', `file:${outputName('audio')}`)
  }
  if (thumbs)
    args.push('-map', '[thumbs]', '-c:v', 'mjpeg', '-q:v', '5', '-threads', '1', ...stripped, '-f', 'image2', `file:${files.thumb}`)
  if (poster)
    args.push(
      '-map',
      '[poster]',
      '-frames:v',
      '1',
      '-c:v',
      'mjpeg',
      '-q:v',
      '4',
      '-threads',
      '1',
      ...stripped,
      '-f',
      'image2',
      '-update',
      '1',
      `file:${files.poster}`,
    )
  return args
}

function encoder(rendition: VideoRendition, ladder: Ladder): string[] {
  const gop = String(ladder.gopFrames)
  return [
    ...['-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-crf', '23'],
    ...['-maxrate', String(rendition.maxBitRate), '-bufsize', String(rendition.maxBitRate * 2)],
    ...['-g', gop, '-keyint_min', gop, '-sc_threshold', '0', '-threads', '1'],
  ]
}

type Graph = Pick<VideoJob, 'probe' | 'ladder' | 'chunk' | 'outputs' | 'poster' | 'thumbs'>

function graphOf({ probe, ladder, chunk, outputs, poster, thumbs }: Graph): string {
  const { rate } = ladder
  const steps: string[] = []
  // Even times from the chunk's first frame on; what was decoded before it on the way from a key frame is dropped here.
  const first = [
    ...(ladder.deinterlace ? ['bwdif=mode=send_frame'] : []),
    `fps=${rate.num}/${rate.den}:start_time=0:round=near`,
    ...(chunk.frames === null ? [] : [`trim=end_frame=${chunk.frames}`]),
    'setpts=PTS-STARTPTS',
  ]
  let from = `[0:${probe.video?.index ?? 0}]${first.join(',')}${poster ? ',split=2[base][p];[base]' : ','}`
  outputs.forEach(({ rendition, skipFrames }, at) => {
    const last = at === outputs.length - 1
    const size = `scale=${rendition.width}:${rendition.height}:flags=bicubic`
    const tone = at === 0 && ladder.toneMap ? `,${toneMapped}` : ''
    const next = [`[s${at}]`, ...(last ? (thumbs ? ['[t]'] : []) : [`[c${at}]`])]
    steps.push(`${from}${size}${tone},format=yuv420p,setsar=1,split=${next.length}${next.join('')}`)
    steps.push(`[s${at}]${skipFrames > 0 ? `trim=start_frame=${skipFrames},setpts=PTS-STARTPTS` : 'null'}[v${at}]`)
    from = `[c${at}]`
  })
  const seen = probe.video ?? { width: 16, height: 9 }
  if (thumbs) {
    const skip = thumbs.firstFrame > 0 ? `trim=start_frame=${thumbs.firstFrame},` : ''
    steps.push(`[t]${skip}framestep=${thumbs.everyFrames},setpts=PTS-STARTPTS,${fitted(thumbSide, seen)},format=yuvj420p[thumbs]`)
  }
  if (poster) {
    // The one that says most of a few seconds: the first is often black.
    const every = Math.max(1, Math.round(ladder.gopFrames / 4))
    const tone = ladder.toneMap ? `,${toneMapped}` : ''
    steps.push(`[p]framestep=${every},${fitted(posterSide, seen)}${tone},thumbnail=16,format=yuvj420p[poster]`)
  }
  return steps.join(';')
}

/** HDR to what every screen shows: linear light, BT.709, highlights rolled off. */
const toneMapped = 'zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=tonemap=hable:desat=0,zscale=t=bt709:m=bt709:r=tv'

/** The source's own pictures, byte for byte but for the notes that a camera leaves inside them (SEI), with our sound. */
export function copyArguments(probe: Probe, sound: string | null): string[] {
  const args = [...quiet, ...opened(probe.demuxer), ...source, ...(sound ? adts(sound) : [])]
  args.push(
    '-map',
    `0:${probe.video?.index ?? 0}`,
    ...(sound ? ['-map', '1:a', ...copiedSound] : []),
    '-c:v',
    'copy',
    '-bsf:v',
    'filter_units=remove_types=6',
  )
  return [...args, ...stripped, ...muxed(outputName('copy'), copiedTimescale)]
}
export const copiedTimescale = 90_000
