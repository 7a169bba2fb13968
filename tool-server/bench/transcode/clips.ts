// What is encoded: real footage, tiled to 1080 lines; and ffmpeg as anybody runs it.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

export const lines = [1080, 720, 480]
const footage = '/usr/share/doc/opencv-doc/examples/data/vtest.avi'
const clipFixture = new URL('../../../fixtures/media/people-on-a-square.mp4', import.meta.url).pathname
const seconds = 20

/** Of a rate that is never copied. */
export const heavyClip = (folder: string): Promise<string> => made(folder, 'heavy.mp4', ['-crf', '10', '-preset', 'ultrafast', '-bf', '0'])

/** The same as a camera would encode it, so that its pictures may be copied. */
export const fitClip = (folder: string): Promise<string> =>
  made(folder, 'fit.mp4', ['-b:v', '4500k', '-maxrate', '6000k', '-bufsize', '9000k', '-preset', 'veryfast', '-g', '60'])

/** A clip so many times over, its packets copied. */
export async function repeated(folder: string, file: string, times: number): Promise<string> {
  const long = join(folder, `times-${times}.mp4`)
  await shell(folder, ['-stream_loop', String(times - 1), '-i', file, '-c', 'copy', long])
  return long
}

/** Real pictures, four times side by side and cut to 1080 lines at 30 frames a second, with a tone. */
async function made(folder: string, name: string, encoder: readonly string[]): Promise<string> {
  const from = existsSync(footage) ? footage : clipFixture
  const tiled =
    '[0:v]setpts=PTS/3,fps=30,split=4[a][b][c][d];[a][b]hstack[x];[c][d]hstack[y];[x][y]vstack,scale=1920:1440,crop=1920:1080[v]'
  await shell(folder, [
    ...['-stream_loop', '-1', '-i', from, '-f', 'lavfi', '-i', 'sine=300:r=48000', '-filter_complex', tiled, '-map', '[v]', '-map', '1:a'],
    ...['-t', String(seconds), '-c:v', 'libx264', '-pix_fmt', 'yuv420p', ...encoder, '-c:a', 'aac', name],
  ])
  return join(folder, name)
}

/** Answers with what it said. */
export function shell(folder: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('ffmpeg', ['-nostdin', '-hide_banner', '-y', ...args], { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] })
    let words = ''
    child.stderr.on('data', (part: Buffer) => {
      words = (words + part).slice(-20_000)
    })
    child.once('close', (code) => (code === 0 ? resolve(words) : reject(new Error(words.slice(-500)))))
  })
}
