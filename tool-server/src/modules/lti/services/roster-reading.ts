// Fetches a class list page by page (NRPS 2.0): of the course, or of one link where an LMS gives it to some of the course only.
// Half a list is not believed: it would tell of people that they left.
import type { RosterPerson } from '../../identity/index.ts'
import type { Registration } from '../platforms/registry.ts'
import { type PagedList, readPages } from './paged-read.ts'
import { rosterPageFrom } from './roster-members.ts'

// Schoology gives at most 100 a page (fact 34), Moodle all at once unless asked (fact 26): a class of thousands would pass the body cap.
const perPage = 100

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

/** Never throws for what the LMS does. `pageMs`: the longest wait for one page. */
export async function readRoster(source: RosterSource, pageMs = 12_000): Promise<RosterRead> {
  // A launch without a course is a course of its own link: then the link's members are all there are.
  const first = await readAs(source, source.contextId === null, pageMs)
  // Some platforms know members by link only, and say so by refusing the course's address (NRPS 2.0, 3.1: rlid).
  const byLink = !first.ok && [400, 404].includes(first.status ?? 0) && source.contextId !== null
  const read = byLink ? await readAs(source, true, pageMs) : first
  return read.ok ? read : { ok: false, why: read.why }
}

/** Whom the LMS names for this one link; `untold`: it does not tell links apart; `failed`: it may another time. */
export async function readLinkRoster(source: RosterSource, pageMs = 12_000): Promise<RosterPerson[] | 'untold' | 'failed'> {
  const read = await readAs(source, true, pageMs)
  if (read.ok) return read.people
  return [400, 404].includes(read.status ?? 0) ? 'untold' : 'failed'
}

const membersPages = {
  scope: 'https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly',
  accept: 'application/vnd.ims.lti-nrps.v2.membershipcontainer+json',
  kind: 'roster',
  what: 'class list',
  permission: 'names and roles',
} as const satisfies Partial<PagedList>

async function readAs(source: RosterSource, byLink: boolean, pageMs: number): Promise<RosterRead & { status?: number }> {
  const { registration, origins, membershipsUrl, contextId, linkId } = source
  const address = new URL(membershipsUrl)
  address.searchParams.set('limit', String(perPage))
  if (byLink) address.searchParams.set('rlid', linkId)
  const people = new Map<string, RosterPerson>()
  const groupsBy = new Map<string, string[]>()
  const read = await readPages({ ...membersPages, registration, origins, address: address.href, pageMs }, (body) => {
    const page = rosterPageFrom(body)
    if (!page) return 'the LMS sent something that is not a class list'
    if (contextId !== null && page.contextId !== '' && page.contextId !== contextId) return 'the LMS sent the class list of another course'
    for (const person of page.people) people.set(person.externalId, person)
    for (const [id, groups] of page.groupsBy) groupsBy.set(id, groups)
    return undefined
  })
  if (!read.ok) return read
  // The teacher who opened it is on it at least: an empty list is a fault, and believing it would empty the class.
  if (people.size === 0) return { ok: false, why: 'the LMS sent an empty class list' }
  return { ok: true, people: [...people.values()], groupsBy, whole: !byLink || contextId === null }
}
