// Reads a list of the LMS page by page: same-origin `next` only, a cap on pages, bytes and time, and every way in which it can go
// wrong told in words for a teacher. Nothing is believed before the last page is in.
import { nowMs } from '../../../kernel/clock.ts'
import { GiveUp } from '../../../kernel/errors.ts'
import { FetchError } from '../../../kernel/safe-fetch.ts'
import { lmsOf } from '../lms/index.ts'
import { originAllowed, type Registration } from '../platforms/registry.ts'
import { nextPageOf } from './next-page.ts'
import { serviceGet } from './service-get.ts'

export interface PagedList {
  registration: Registration
  /** Approved for the deployment. */
  origins: readonly string[]
  address: string
  scope: string
  accept: string
  kind: 'roster' | 'groups'
  /** As people call it: "class list". */
  what: string
  /** What an administrator of the LMS has to allow. */
  permission: string
  /** The longest wait for one page. */
  pageMs: number
}

/** `status`: the LMS's own refusal. */
export type PagesRead = { ok: true } | { ok: false; why: string; status?: number }

const mostPages = 300
const longestMs = 120_000

/** `take` says of each page's body why it cannot be used, or nothing. Never throws for what the LMS does. */
export async function readPages(list: PagedList, take: (body: string) => string | undefined): Promise<PagesRead> {
  try {
    return await pages(list, take)
  } catch (error) {
    if (error instanceof FetchError) return failed(wordsOf(error, list))
    if (error instanceof GiveUp)
      return failed(`${error.message}. An administrator of the LMS has to allow Cuepoint to read ${list.permission}.`)
    if (error instanceof Error && error.message.startsWith('the LMS ')) return failed(error.message)
    throw error
  }
}

const failed = (why: string): PagesRead => ({ ok: false, why })

async function pages(list: PagedList, take: (body: string) => string | undefined): Promise<PagesRead> {
  const { registration, origins, address, scope, accept, kind, what, pageMs } = list
  if (!originAllowed(registration, address, origins)) return failed(`the address of the ${what} lies outside the LMS’s own site`)
  const seen = new Set<string>()
  const end = nowMs() + longestMs
  let url = address
  for (;;) {
    if (seen.has(url)) return failed(`the LMS sends the same page of the ${what} again and again`)
    if (seen.size >= mostPages) return failed(`the ${what} has more than ${mostPages} pages`)
    if (nowMs() > end) return failed(`the LMS takes too long to send the ${what}`)
    seen.add(url)
    const answer = await serviceGet(registration, { url, scope, accept, kind, timeoutMs: pageMs })
    if (answer.status !== 200) return { ok: false, why: wordsOfStatus(list, answer), status: answer.status }
    if (answer.body.trimStart().startsWith('<'))
      return failed(`the LMS answered with a web page (a sign-in or maintenance page) instead of the ${what}`)
    const wrong = take(answer.body)
    if (wrong) return failed(wrong)
    const next = nextPageOf(answer.headers.link, url)
    if (next.is === 'malformed') return failed(`the LMS sent its ${what} in pages, but the address of the next page cannot be read`)
    if (next.is === 'foreign') return failed(`the next page of the ${what} is said to lie outside the LMS’s own site`)
    if (next.is === 'last') return { ok: true }
    url = next.url
  }
}

function wordsOf(error: FetchError, { what }: PagedList): string {
  if (error.code === 'timeout') return `the LMS did not send the ${what} in time`
  if (error.code === 'too_large') return `the LMS sent more than a ${what} can be`
  return error.code === 'unreachable' ? 'the LMS could not be reached' : `the address of the ${what} may not be called`
}

function wordsOfStatus(
  { registration, what, permission }: PagedList,
  answer: { status: number; headers: Record<string, string>; body: string },
): string {
  const { status } = answer
  if (lmsOf(registration.lms).isThrottle(answer)) return 'the LMS asks us to slow down'
  if (status === 401 || status === 403)
    return `the LMS does not let Cuepoint read the ${what}. An administrator of the LMS has to allow ${permission}.`
  return `the LMS answered with status ${status} instead of the ${what}`
}
