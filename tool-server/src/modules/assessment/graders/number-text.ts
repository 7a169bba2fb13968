// PURE: a number as people type it, read by their locale: `7,5`, `7.5`, `1 234,5`, `1,234`, `−3`, `1e3`.

/** The finite number in a text, or null. Hexadecimal, Infinity, NaN and words are not numbers. */
export function numberIn(text: string, locale: string): number | null {
  const plain = western(text)
    .trim()
    .replace(/^([+-])\s+/, '$1')
  const parts = /^([+-]?)([\d.,'’\s]*\d[.,]?)(?:e([+-]?\d{1,4}))?$/i.exec(plain)
  if (!parts) return null
  const digits = plainDigits((parts[2] ?? '').replace(/[’\s]/g, "'"), separatorsOf(locale))
  if (digits === null) return null
  const value = Number(`${parts[1]}${digits}${parts[3] === undefined ? '' : `e${parts[3]}`}`)
  return Number.isFinite(value) ? value : null
}

/** The text with the signs of other keyboards in ASCII: U+2212 (phones, word processors), Arabic and Persian digits, direction marks. */
function western(text: string): string {
  if (!/[^ -~]/.test(text)) return text
  return text
    .replace(/[\u2212\u2013]/g, '-')
    .replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .replace(/\u066b/g, '.')
    .replace(/\u066c/g, ',')
    .replace(/[\u200e\u200f\u061c]/g, '')
}

/** Digits with `.` as the decimal separator, or null where the separators make no number. `'` stands for a grouping space, too. */
function plainDigits(text: string, { decimal, group }: Separators): string | null {
  const ungrouped = text.includes("'") ? withoutGroups(text, "'") : text
  if (ungrouped === null) return null
  const dots = ungrouped.split('.').length - 1
  const commas = ungrouped.split(',').length - 1
  if (dots > 0 && commas > 0) {
    // Both: the last one is the decimal separator, whatever the locale says.
    const last = ungrouped.lastIndexOf('.') > ungrouped.lastIndexOf(',') ? '.' : ','
    if ((last === '.' ? dots : commas) > 1) return null
    const plain = withoutGroups(ungrouped, last === '.' ? ',' : '.')
    return plain === null ? null : plain.replace(',', '.')
  }
  const mark = commas > 0 ? ',' : '.'
  const times = dots + commas
  if (times > 1) return withoutGroups(ungrouped, mark)
  // One mark that could be both: thousands only where the locale groups so and the digits fit (1,234 but not 0,125 or 7,5).
  if (times === 1 && mark === group && mark !== decimal && fitsGroups(ungrouped, mark)) return ungrouped.replace(mark, '')
  return ungrouped.replace(',', '.')
}

function withoutGroups(text: string, mark: string): string | null {
  const whole = text.split(mark === '.' ? ',' : mark === ',' ? '.' : /[.,]/)[0] ?? ''
  if (!fitsGroups(whole, mark) || text.indexOf(mark, whole.length) >= 0) return null
  return text.replaceAll(mark, '')
}

function fitsGroups(whole: string, mark: string): boolean {
  const [first = '', ...rest] = whole.split(mark)
  return /^[1-9]\d{0,2}$/.test(first) && rest.every((part) => /^\d{3}$/.test(part))
}

interface Separators {
  decimal: string
  group: string
}
const known = new Map<string, Separators>()

function separatorsOf(locale: string): Separators {
  const found = known.get(locale)
  if (found) return found
  const parts = formatter(locale).formatToParts(-1_234_567.5)
  const part = (type: string, otherwise: string) => parts.find((one) => one.type === type)?.value ?? otherwise
  const separators = { decimal: part('decimal', '.'), group: part('group', ',') }
  // Locales come from launches: a platform that sends nonsense must not fill the memory.
  if (known.size < 500) known.set(locale, separators)
  return separators
}

/** A locale's number format; English where the platform's word for the locale is none. */
export function formatter(locale: string): Intl.NumberFormat {
  const options = { numberingSystem: 'latn', maximumSignificantDigits: 15 }
  try {
    return new Intl.NumberFormat(locale, options)
  } catch {
    return new Intl.NumberFormat('en', options)
  }
}
