// The usual way: a run of ffmpeg per size, the largest first, each decoding anew; HLS in fMP4, the same encoder settings, and the same
// priority: what else goes on on this machine holds up both.
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from '../../src/modules/media/ffmpeg.ts'
import { niceness } from '../../src/modules/media/priority.ts'
import { lines } from './clips.ts'
import { type Cost, costOf } from './cost.ts'

export async function plainly(file: string, keep?: string): Promise<Cost> {
  const folder = keep ?? (await mkdtemp(join(tmpdir(), 'cuepoint-plain-')))
  return costOf(async () => {
    for (const height of lines) {
      await mkdir(join(folder, String(height)), { recursive: true })
      const cap = { 1080: 6_000_000, 720: 3_200_000 }[height] ?? 1_500_000
      const encoder = ['nice', '-n', String(niceness.whenever), 'ffmpeg', '-nostdin', '-hide_banner', '-y']
      const command = [
        ...encoder,
        ...['-i', file, '-vf', `scale=-2:${height}`, '-c:v', 'libx264', '-preset', 'veryfast', '-profile:v', 'high', '-crf', '23'],
        ...['-maxrate', String(cap), '-bufsize', String(cap * 2)],
        ...['-g', '60', '-keyint_min', '60', '-sc_threshold', '0', '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-b:a', '96k'],
        ...['-f', 'hls', '-hls_time', '4', '-hls_playlist_type', 'vod', '-hls_segment_type', 'fmp4', 'index.m3u8'],
      ]
      await run({ command, folder: join(folder, String(height)), priority: 'whenever' })
    }
    if (!keep) await rm(folder, { recursive: true, force: true })
    return Number.NaN
  })
}
