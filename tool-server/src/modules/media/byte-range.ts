// PURE: the Range header (RFC 9110, 14.1.2), one range of bytes.

/** The range, both ends included; null: all of it (none asked, or a form that may be ignored); 'none': nothing there (416). */
export function byteRange(header: string | undefined, bytes: number): { start: number; end: number } | null | 'none' {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? []
  if (from === '' && to === '') return null
  if (from === '') return Number(to) === 0 || bytes === 0 ? 'none' : { start: Math.max(0, bytes - Number(to)), end: bytes - 1 }
  const start = Number(from)
  const end = to === '' ? bytes - 1 : Math.min(Number(to), bytes - 1)
  if (to !== '' && Number(to) < start) return null
  return start >= bytes ? 'none' : { start, end }
}
