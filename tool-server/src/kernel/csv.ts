// Tables as CSV for a spreadsheet (RFC 4180). A text that a spreadsheet would run as a formula is made text.
import { now } from './clock.ts'

export type Cell = string | number

/** Of what, as far as a file may be called so; then further words, and the day. */
export function csvFileName(title: string, ...words: readonly string[]): string {
  const name = title
    .replace(/[^\p{L}\p{N} _-]+/gu, '')
    .trim()
    .slice(0, 80)
  return `${[name || 'Cuepoint', ...words, now().toISOString().slice(0, 10)].join(' ')}.csv`
}

/** 0..1 in per cent with one decimal; empty where there is none. */
export function percentCell(share: number | null | undefined): Cell {
  return share === null || share === undefined ? '' : Math.round(share * 1000) / 10
}

/** Lines end in CRLF; the BOM tells Excel that it is UTF-8. */
export function csvOf(rows: readonly (readonly Cell[])[]): string {
  return `\ufeff${rows.map((row) => row.map(cellOf).join(',')).join('\r\n')}\r\n`
}

/** Quoted where it must be; a text that begins = + - @, tab or CR (also behind blanks) gets an apostrophe, a number does not. */
export function cellOf(cell: Cell): string {
  const text = typeof cell === 'string' && /^\s*[=+\-@＝＋－＠\t\r]/.test(cell) ? `'${cell}` : String(cell)
  return /[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
