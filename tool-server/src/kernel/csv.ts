// Tables as CSV for a spreadsheet (RFC 4180). A text that a spreadsheet would run as a formula is made text.
export type Cell = string | number

/** Lines end in CRLF; the BOM tells Excel that it is UTF-8. */
export function csvOf(rows: readonly (readonly Cell[])[]): string {
  return `\ufeff${rows.map((row) => row.map(cellOf).join(',')).join('\r\n')}\r\n`
}

/** Quoted where it must be; a text that begins = + - @, tab or CR (also behind blanks) gets an apostrophe, a number does not. */
export function cellOf(cell: Cell): string {
  const text = typeof cell === 'string' && /^\s*[=+\-@＝＋－＠\t\r]/.test(cell) ? `'${cell}` : String(cell)
  return /[",\r\n;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
