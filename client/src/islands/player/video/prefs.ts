// What a viewer likes, kept from one video to the next where the browser lets us: speed, captions, loudness, data.
export interface Prefs {
  readonly speed: number
  /** Language of the captions; null = none. */
  readonly captions: string | null
  readonly volume: number
  readonly lowData: boolean
  /** Single-letter shortcuts (WCAG 2.1.4: they can be turned off). */
  readonly keys: boolean
}

const NAME = 'cuepoint.video'
const saves = () => (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true
const usual = (): Prefs => ({ speed: 1, captions: null, volume: 1, lowData: saves(), keys: true })

export function readPrefs(): Prefs {
  try {
    return { ...usual(), ...JSON.parse(localStorage.getItem(NAME) ?? '{}') }
  } catch {
    return usual()
  }
}

export function keepPrefs(prefs: Prefs): void {
  try {
    localStorage.setItem(NAME, JSON.stringify(prefs))
  } catch {
    // A frame whose storage is blocked: for this page only.
  }
}
