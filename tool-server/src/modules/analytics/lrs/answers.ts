// PURE: what an LRS's answer to a batch of statements means.

export interface Answer {
  status: number
  headers: Readonly<Record<string, string>>
  body: string
}

export type Meaning =
  /** It has them. */
  | { is: 'stored' }
  /** It took none of them, for something in them: halve and try again; of one alone, this is what it says. */
  | { is: 'refused'; words: string }
  /** It has one of them already, with other content perhaps. */
  | { is: 'conflict'; words: string }
  /** It does not let us in: nobody but an administrator can mend that. */
  | { is: 'shut'; words: string }
  /** Later. `nowhere`: by its answer there is no such place, or nothing can be written there. */
  | { is: 'away'; words: string; afterSeconds?: number; nowhere?: true }

/** `count`: how many statements were sent. `nowMs`: for a Retry-After that is a date. */
export function meaningOf({ status, headers, body }: Answer, count: number, nowMs: number): Meaning {
  const words = wordsOf(status, body)
  if (status === 200) {
    // A sign-in page with status 200 has taken nothing.
    return idsIn(body) === count ? { is: 'stored' } : { is: 'away', words: 'It answered 200, but not with the ids of the statements.' }
  }
  if (status === 204) return { is: 'stored' }
  if (status === 401 || status === 403) return { is: 'shut', words }
  if (status === 409) return { is: 'conflict', words }
  if (status === 400 || status === 413 || status === 422) return { is: 'refused', words }
  if (noSuchPlace.has(status)) return { is: 'away', words, nowhere: true }
  const after = retryAfter(headers['retry-after'], nowMs)
  return { is: 'away', words, ...(after === undefined ? {} : { afterSeconds: after }) }
}

const noSuchPlace = new Set([404, 405, 410, 501])

function idsIn(body: string): number {
  try {
    const ids: unknown = JSON.parse(body)
    return Array.isArray(ids) && ids.every((it) => typeof it === 'string') ? ids.length : -1
  } catch {
    return -1
  }
}

const longestSeconds = 3600

function retryAfter(text: string | undefined, nowMs: number): number | undefined {
  if (!text) return undefined
  const seconds = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - nowMs) / 1000
  return Number.isNaN(seconds) ? undefined : Math.min(longestSeconds, Math.max(1, seconds))
}

/** The LRS's own words, cut: of JSON its message, else the text. */
function wordsOf(status: number, body: string): string {
  const text = messageIn(body) ?? body.replace(/<[^>]*>/g, ' ')
  return `${status}${text.trim() ? `: ${text.replace(/\s+/g, ' ').trim().slice(0, 300)}` : ''}`
}

function messageIn(body: string): string | undefined {
  try {
    const json = JSON.parse(body) as { message?: unknown; warnings?: unknown; error?: unknown } | null
    const said = [json?.message, json?.error, json?.warnings].filter((it) => it !== undefined)
    return said.length > 0 ? said.map((it) => (typeof it === 'string' ? it : JSON.stringify(it))).join(' ') : undefined
  } catch {
    return undefined
  }
}
