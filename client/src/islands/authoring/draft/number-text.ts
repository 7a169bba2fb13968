// Numbers as people type them: "7,5" where the locale writes a comma, "7.5" everywhere, "1e3"; and how they are shown back.

function decimalMark(locale: string): string {
  try {
    return new Intl.NumberFormat(locale).formatToParts(1.5).find((part) => part.type === 'decimal')?.value ?? '.'
  } catch {
    return '.'
  }
}

/** null where the text is not one finite number. A comma is a decimal mark where the locale says so, or where it cannot be a thousands mark. */
export function numberFrom(text: string, locale: string): number | null {
  const bare = text.replace(/[\s\u00a0\u202f'’_]/g, '').replace(/^[−–]/, '-')
  const commaIsDecimal = decimalMark(locale) === ',' || !/^[-+]?\d{1,3}(,\d{3})+(\.|$)/.test(bare)
  let plain: string
  if (!bare.includes(',')) plain = bare
  else if (!commaIsDecimal) plain = bare.replaceAll(',', '')
  else if (decimalMark(locale) === ',') plain = (bare.indexOf('.') < bare.indexOf(',') ? bare.replaceAll('.', '') : bare).replace(',', '.')
  else plain = bare.replace(',', '.')
  if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(plain)) return null
  const value = Number(plain)
  return Number.isFinite(value) ? value : null
}

/** As the locale writes it, in full and without thousands marks, so that it can be edited. */
export function numberText(value: number, locale: string): string {
  return String(value).replace('.', decimalMark(locale))
}
