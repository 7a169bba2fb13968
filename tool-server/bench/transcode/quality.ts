// Per size: how much nearer to the source our pictures are than those of the usual way (SSIM).
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { lines, shell } from './clips.ts'
import { ourWay, planned } from './our-way.ts'
import { plainly } from './plain-way.ts'

/** Files of our way lie below `folder`/data. */
export async function qualityOf(folder: string, file: string): Promise<number[]> {
  const plain = join(folder, 'plain')
  await plainly(file, plain)
  await ourWay(file, 'quality')
  const { video } = (await planned(file, 'quality')).plan.ladder
  const nearer: number[] = []
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
    nearer.push((await ssim(ours, width)) - (await ssim(join(plain, String(height), 'index.m3u8'), -2)))
  }
  return nearer
}
