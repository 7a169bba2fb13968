// PURE: what a question's figures suggest, as codes that the client has words for. Small classes get no alarm that chance alone could ring.
import type { ItemSums } from './aggregates.ts'
import { discriminationOf, facilityOf, fewest, type Given, medianSeconds, type Thirds } from './item-statistics.ts'

export interface Alert {
  code: 'key-may-be' | 'turned-around' | 'too-hard' | 'too-easy' | 'never-chosen' | 'tells-little' | 'takes-long' | 'often-blank'
  /** The option that it is about. */
  what?: string
  /** How sure: from how many attempts. */
  n: number
}

/** So many of the best third must agree before the key is doubted. */
const fewestStrong = 5

export function alertsOf(
  sums: ItemSums,
  of: {
    given: readonly Given[]
    thirds: Thirds
    right: ReadonlySet<string> | null
    options: readonly string[]
    typicalSeconds: number | null
  },
): Alert[] {
  const { n } = sums
  if (n < fewest) return []
  const alerts: Alert[] = []
  const add = (code: Alert['code'], what?: string): void => void alerts.push({ code, n, ...(what === undefined ? {} : { what }) })
  const [facility, discrimination] = [facilityOf(sums), discriminationOf(sums)]
  const rival = rivalOf(of.given, of.thirds, of.right)
  if (rival) add('key-may-be', rival)
  else if (discrimination && discrimination.high < 0) add('turned-around')
  if (facility && facility.high < 0.3) add('too-hard')
  if (facility && facility.low > 0.95) add('too-easy')
  else if (discrimination && !rival && discrimination.high < 0.2 && discrimination.high >= 0) add('tells-little')
  for (const option of of.options) {
    if (n >= 3 * fewest && !of.right?.has(option) && !of.given.some(({ what }) => what === option)) add('never-chosen', option)
  }
  const seconds = medianSeconds(sums.seconds)
  if (seconds !== null && of.typicalSeconds !== null && seconds >= 30 && seconds > 3 * of.typicalSeconds) add('takes-long')
  if (sums.blank / n > 0.25 && sums.blank >= 5) add('often-blank')
  return alerts
}

/** A wrong option that the best third chose more than the key, and more than the weakest third chose it. */
function rivalOf(given: readonly Given[], { sizes }: Thirds, right: ReadonlySet<string> | null): string | undefined {
  if (right?.size !== 1 || sizes[2] < fewestStrong) return undefined
  const strong = ({ thirds }: Given): number => thirds[2] / sizes[2]
  const weak = ({ thirds }: Given): number => (sizes[0] === 0 ? 0 : thirds[0] / sizes[0])
  const key = given.find(({ what }) => right.has(what))
  const rivals = given.filter((it) => !right.has(it.what) && it.thirds[2] >= fewestStrong && strong(it) > weak(it))
  const best = rivals.sort((a, b) => strong(b) - strong(a))[0]
  return best && strong(best) > (key ? strong(key) : 0) ? best.what : undefined
}
