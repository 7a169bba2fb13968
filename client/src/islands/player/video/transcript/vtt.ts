// Reads WebVTT as our server writes it (W3C WebVTT, section 6): times and plain words, tags dropped. Pure.
export interface Line {
  readonly from: number
  readonly to: number
  readonly text: string
}

const TIME = /(?:(\d{2,}):)?(\d{2}):(\d{2})[.,](\d{3})/
const ARROW = new RegExp(`^${TIME.source}\\s+-->\\s+${TIME.source}`)

export function linesIn(vtt: string): Line[] {
  const blocks = vtt.replace(/\r\n?/g, '\n').split(/\n{2,}/)
  const lines: Line[] = []
  for (const block of blocks) {
    const rows = block.split('\n')
    const at = rows.findIndex((row) => row.includes('-->'))
    const match = at < 0 ? null : ARROW.exec(rows[at]?.trim() ?? '')
    if (!match) continue
    const text = plain(rows.slice(at + 1).join(' '))
    if (text) lines.push({ from: secondsOf(match.slice(1, 5)), to: secondsOf(match.slice(5, 9)), text })
  }
  return lines.sort((a, b) => a.from - b.from)
}

const secondsOf = ([hours, minutes, seconds, thousandths]: (string | undefined)[]) =>
  Number(hours ?? 0) * 3600 + Number(minutes) * 60 + Number(seconds) + Number(thousandths) / 1000

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', nbsp: '\u00a0', lrm: '\u200e', rlm: '\u200f' }
const plain = (text: string) =>
  text
    .replace(/<[^>]*>/g, '')
    .replace(/&(\w+);/g, (whole, name: string) => entities[name] ?? whole)
    .replace(/\s+/g, ' ')
    .trim()

/** The line that is spoken at `at`, or the one before it: -1 before the first. */
export function lineAt(lines: readonly Line[], at: number): number {
  let low = 0
  let high = lines.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((lines[middle]?.from ?? 0) <= at + 0.05) low = middle + 1
    else high = middle
  }
  return low - 1
}
