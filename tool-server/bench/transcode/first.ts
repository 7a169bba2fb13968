// Seconds to the first segment that can be played, of a minute and of twenty, in turn.
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { median } from '../load.ts'
import { fitClip, repeated } from './clips.ts'
import { firstOf } from './our-way.ts'

export async function firstRounds(folder: string, rounds: number): Promise<string[]> {
  const fit = await fitClip(folder)
  const [short, long] = [await repeated(folder, fit, 3), await repeated(folder, fit, 60)]
  // What was just written is on the disk: an upload that has ended is, too.
  await promisify(execFile)('sync')
  // Code is compiled, ffmpeg found.
  await firstOf(short)
  const pairs: [number, number][] = []
  for (let round = 0; round < rounds; round++) {
    const pair: [number, number] =
      round % 2 ? [await firstOf(short), await firstOf(long)] : reversed(await firstOf(long), await firstOf(short))
    pairs.push(pair)
    process.stdout.write(`first segment of 1 min after ${pair[0].toFixed(2)} s, of 20 min after ${pair[1].toFixed(2)} s\n`)
  }
  const [ofShort, ofLong] = [median(pairs.map(([it]) => it)), median(pairs.map(([, it]) => it))]
  const worst = Math.max(...pairs.flat())
  const ratio = median(pairs.map(([one, twenty]) => twenty / one))
  process.stdout.write(`first: median ${ofShort.toFixed(2)} s of 1 min, ${ofLong.toFixed(2)} s of 20 min, worst ${worst.toFixed(2)} s\n`)
  return [`first ${ofLong.toFixed(1)} s`, `20 min/1 min ${ratio.toFixed(2)}x`]
}

const reversed = (long: number, short: number): [number, number] => [short, long]
