// How launches fare while two transcodes run on the same machine: the product's web process and a class that launches, alone and beside
// them in turn. The worker encodes with the least priority, so that a lecture that was uploaded at nine does not keep a class out.
import { load, median } from '../load.ts'
import { openClass } from '../product.ts'
import { onScene } from '../scene.ts'

const atOnce = 32
const launches = 900
const warmUp = 3000
const learnerCount = 128

/** `encode` keeps two encoders at work until it is told to stop. Answers with the rate beside them as a share of the rate alone. */
export async function launchesBeside(
  encode: (stop: AbortSignal) => Promise<void>,
  rounds: number,
): Promise<{ median: number; worst: number }> {
  return onScene(async ({ platform, product, send }) => {
    const learners = await openClass(product, platform, send, learnerCount)
    const deed = async (at: number) => void (await learners[at % learnerCount]?.browser.launch())
    const rate = async () => launches / (await load(launches, atOnce, deed)).seconds
    const besideRate = async () => {
      const stop = new AbortController()
      const encoding = encode(stop.signal)
      const perSecond = await rate().finally(() => stop.abort())
      await encoding
      return perSecond
    }
    await load(warmUp, atOnce, deed)
    const ratios: number[] = []
    for (let round = 0; round < rounds; round++) {
      const [alone, beside] = round % 2 ? [await rate(), await besideRate()] : [await besideRate(), await rate()].reverse()
      ratios.push((beside ?? Number.NaN) / (alone ?? Number.NaN))
      process.stdout.write(`launches per second: ${alone?.toFixed(0)} alone, ${beside?.toFixed(0)} beside two transcodes\n`)
    }
    return { median: median(ratios), worst: Math.min(...ratios) }
  })
}
