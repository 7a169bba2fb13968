// Fetches a class list page by page (NRPS 2.0). Nothing is believed before the last page is in: half a list would tell of people
// that they left.

import { nowMs } from '../../../kernel/clock.ts'
import { GiveUp } from '../../../kernel/errors.ts'
import { FetchError } from '../../../kernel/safe-fetch.ts'
import type { RosterPerson } from '../../identity/index.ts'
import { lmsOf } from '../lms/index.ts'
import { originAllowed, type Registration } from '../platforms/registry.ts'
import { nextPageOf } from './next-page.ts'
import { rosterPageFrom } from './roster-members.ts'
import { serviceGet } from './service-get.ts'

const membersScope = 'https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly'
const accept = 'application/vnd.ims.lti-nrps.v2.membershipcontainer+json'
// Schoology gives at most 100 a page (fact 34), Moodle all at once unless asked (fact 26): a class of thousands would pass the body cap.
const perPage = 100
const mostPages = 300
const longestMs = 120_000

export interface RosterSource {
  registration: Registration
  /** Approved for the deployment. */
  origins: readonly string[]
  membershipsUrl: string
  /** Id of the course at the LMS, which the answer must be about; null where the launch named none. */
  contextId: string | null
  /** Id of one of its links at the LMS. */
  linkId: string
}

export type RosterRead =
  | { ok: true; people: RosterPerson[]; groupsBy: Map<string, string[]>; whole: boolean }
  /** Why not, for a teacher. */
  | { ok: false; why: string }

const failed = (why: string): RosterRead => ({ ok: false, why })

/** Never throws for what the LMS does. `pageMs`: the longest wait for one page. */
export async function readRoster(source: RosterSource, pageMs = 12_000): Promise<RosterRead> {
  // A launch without a course is a course of its own link: then the link's members are all there are.
  const first = await readAs(source, source.contextId === null, pageMs)
  // Some platforms know members by link only, and say so by refusing the course's address (NRPS 2.0, 3.1: rlid).
  if ('status' in first && [400, 404].includes(first.status) && source.contextId !== null)
    return stripped(await readAs(source, true, pageMs))
  return stripped(first)
}

type Tried = RosterRead | (RosterRead & { status: number })

function stripped(tried: Tried): RosterRead {
  return tried.ok ? tried : failed(tried.why)
}

async function readAs(source: RosterSource, byLink: boolean, pageMs: number): Promise<Tried> {
  try {
    return await readPages(source, byLink, pageMs)
  } catch (error) {
    if (error instanceof FetchError) return failed(wordsOf(error))
    if (error instanceof GiveUp)
      return failed(`${error.message}. An administrator of the LMS has to allow Cuepoint to read names and roles.`)
    if (error instanceof Error && error.message.startsWith('the LMS ')) return failed(error.message)
    throw error
  }
}

async function readPages(
  { registration, origins, membershipsUrl, contextId, linkId }: RosterSource,
  byLink: boolean,
  pageMs: number,
): Promise<Tried> {
  if (!originAllowed(registration, membershipsUrl, origins)) return failed('the address of the class list lies outside the LMS’s own site')
  const address = new URL(membershipsUrl)
  address.searchParams.set('limit', String(perPage))
  if (byLink) address.searchParams.set('rlid', linkId)
  const people = new Map<string, RosterPerson>()
  const groupsBy = new Map<string, string[]>()
  const seen = new Set<string>()
  const end = nowMs() + longestMs
  let url = address.href
  for (;;) {
    if (seen.has(url)) return failed('the LMS sends the same page of the class list again and again')
    if (seen.size >= mostPages) return failed(`the class list has more than ${mostPages} pages`)
    if (nowMs() > end) return failed('the LMS takes too long to send the class list')
    seen.add(url)
    const answer = await serviceGet(registration, { url, scope: membersScope, accept, timeoutMs: pageMs })
    if (answer.status !== 200) return { ...failed(wordsOfStatus(registration, answer)), status: answer.status } as Tried
    if (answer.body.trimStart().startsWith('<'))
      return failed('the LMS answered with a web page (a sign-in or maintenance page) instead of the class list')
    const page = rosterPageFrom(answer.body)
    if (!page) return failed('the LMS sent something that is not a class list')
    if (contextId !== null && page.contextId !== '' && page.contextId !== contextId)
      return failed('the LMS sent the class list of another course')
    for (const person of page.people) people.set(person.externalId, person)
    for (const [id, groups] of page.groupsBy) groupsBy.set(id, groups)
    const next = nextPageOf(answer.headers.link, url)
    if (next.is === 'malformed') return failed('the LMS sent its class list in pages, but the address of the next page cannot be read')
    if (next.is === 'foreign') return failed('the next page of the class list is said to lie outside the LMS’s own site')
    if (next.is === 'last') break
    url = next.url
  }
  // The teacher who opened it is on it at least: an empty list is a fault, and believing it would empty the class.
  if (people.size === 0) return failed('the LMS sent an empty class list')
  return { ok: true, people: [...people.values()], groupsBy, whole: !byLink || contextId === null }
}

function wordsOf(error: FetchError): string {
  if (error.code === 'timeout') return 'the LMS did not send the class list in time'
  if (error.code === 'too_large') return 'the LMS sent more than a class list can be'
  return error.code === 'unreachable' ? 'the LMS could not be reached' : 'the address of the class list may not be called'
}

function wordsOfStatus(registration: Registration, answer: { status: number; headers: Record<string, string>; body: string }): string {
  const { status } = answer
  if (lmsOf(registration.lms).isThrottle(answer)) return 'the LMS asks us to slow down'
  if (status === 401 || status === 403)
    return 'the LMS does not let Cuepoint read the class list. An administrator of the LMS has to allow names and roles.'
  return `the LMS answered with status ${status} instead of the class list`
}
