// PURE: the `next` of a Link header (RFC 8288), as services of an LMS page by. Only an address of the same origin is followed: the
// access token goes with the call.

export type NextPage = { is: 'last' } | { is: 'next'; url: string } | { is: 'malformed' } | { is: 'foreign' }

const link = /<([^<>]*)>((?:\s*;\s*[\w*-]+(?:\s*=\s*(?:"[^"]*"|[\w!#$&+\-.^|~:/%]+))?)*)\s*(?:,|$)/gy

/** What follows the page at `from`. A header that cannot be read is told from one that names no next page: half a list is no list. */
export function nextPageOf(header: string | undefined, from: string): NextPage {
  const text = (header ?? '').trim()
  let at = 0
  let next: string | undefined
  while (at < text.length) {
    link.lastIndex = at
    const found = link.exec(text)
    if (!found) return { is: 'malformed' }
    at = link.lastIndex
    while (/\s/.test(text[at] ?? '')) at++
    const rel = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s;,"]+))/i.exec(found[2] ?? '')
    const relations = (rel?.[1] ?? rel?.[2] ?? '').toLowerCase().split(/\s+/)
    if (relations.includes('next')) next ??= found[1] ?? ''
  }
  if (next === undefined) return { is: 'last' }
  if (next === '' || !URL.canParse(next, from)) return { is: 'malformed' }
  const url = new URL(next, from)
  return url.origin === new URL(from).origin && !url.username && !url.password ? { is: 'next', url: url.href } : { is: 'foreign' }
}
