// PURE: rich text as plain words, for names and descriptions.

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }
const longest = 500

/** At most 500 characters; '' for what holds pictures only. */
export function plainText(html: string): string {
  const text = html
    .replace(/<(?:br|\/p|\/li|\/div|\/h\d)[^>]*>/gi, ' ')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{1,10}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
      if (name) return named[name.toLowerCase()] ?? whole
      const code = decimal ? Number(decimal) : Number.parseInt(hex ?? '', 16)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : ''
    })
    .replace(/\s+/g, ' ')
    .trim()
  return text.length > longest
    ? `${text
        .slice(0, longest - 1)
        .toWellFormed()
        .replaceAll('\uFFFD', '')}…`
    : text
}
