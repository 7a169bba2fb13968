// PURE: a number as people write it, with the decimal sign of their language; null where it is none, or is below zero.

export function numberIn(text: string, locale: string): number | null {
  const sign = decimalSign(locale)
  const plain = text.trim().replace(/[\s\u00a0\u202f']/g, '')
  const read = plain.includes('.') && sign === ',' && !plain.includes(',') ? plain : plain.replace(sign, '.')
  if (!/^\d+(\.\d+)?$/.test(read)) return null
  return Number(read)
}

function decimalSign(locale: string): string {
  try {
    return new Intl.NumberFormat(locale).formatToParts(1.5).find(({ type }) => type === 'decimal')?.value ?? '.'
  } catch {
    return '.'
  }
}
