// Fetches the groups of a course (Course Groups service, LTI-GS 1.0) and who is in them: the class list says it where the LMS has
// both services; else it is asked person by person, within bounds. A group of a named set is called "set: group".
import { nowMs } from '../../../kernel/clock.ts'
import type { ToldGroup } from '../../identity/index.ts'
import { type PagedList, readPages } from './paged-read.ts'
import type { RosterSource } from './roster-reading.ts'

const groupsPages = {
  scope: 'https://purl.imsglobal.org/spec/lti-gs/scope/contextgroup.readonly',
  accept: 'application/vnd.ims.lti-gs.v1.contextgroupcontainer+json',
  kind: 'groups',
  what: 'list of groups',
  permission: 'groups',
} as const satisfies Partial<PagedList>

const perPage = 100
const mostGroups = 1000
/** A course with more people than this is not asked about one by one; their launches may tell. */
const mostAsked = 300
const longestMs = 60_000
const atOnce = 3

export interface GroupsSource extends Pick<RosterSource, 'registration' | 'origins'> {
  groupsUrl: string
  groupSetsUrl: string | null
}

export type GroupsRead = { ok: true; groups: ToldGroup[]; membersBy: Map<string, string[]> } | { ok: false; why: string }

/** `people`: whom to ask about where the class list does not say their groups; `groupsBy`: what it said. Never throws for what the LMS does. */
export async function readGroups(
  source: GroupsSource,
  people: readonly string[],
  groupsBy: ReadonlyMap<string, string[]>,
  pageMs = 12_000,
): Promise<GroupsRead> {
  const all = await listAt(source, source.groupsUrl, 'groups', pageMs)
  if (!all.ok) return all
  const groups = await withSetNames(source, all.groups, pageMs)
  // Said of somebody, so it is said of all: who is in none is named with none.
  if (groupsBy.size > 0) return { ok: true, groups, membersBy: new Map(people.map((id) => [id, groupsBy.get(id) ?? []])) }
  if (groups.length === 0) return { ok: true, groups, membersBy: new Map() }
  return { ok: true, groups, membersBy: await askedOneByOne(source, people.slice(0, mostAsked), pageMs) }
}

async function askedOneByOne(source: GroupsSource, people: readonly string[], pageMs: number): Promise<Map<string, string[]>> {
  const membersBy = new Map<string, string[]>()
  const end = nowMs() + longestMs
  const waiting = people.values()
  let stopped = false
  const work = async () => {
    for (const id of waiting) {
      if (stopped || nowMs() > end) return
      const url = new URL(source.groupsUrl)
      url.searchParams.set('user_id', id)
      const mine = await listAt(source, url.href, 'groups', pageMs)
      if (mine.ok)
        membersBy.set(
          id,
          mine.groups.map((it) => it.externalId),
        )
      // It does not bear the asking: who is not asked about stays where they are.
      else stopped = true
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return membersBy
}

/** Groups are worth having without the names of their sets: these are left out where the LMS does not tell them. */
async function withSetNames(source: GroupsSource, groups: readonly ListedGroup[], pageMs: number): Promise<ToldGroup[]> {
  const { groupSetsUrl } = source
  if (groupSetsUrl === null || !groups.some((it) => it.setId !== '')) return [...groups]
  const sets = await listAt(source, groupSetsUrl, 'sets', pageMs)
  const names = new Map(sets.ok ? sets.groups.map((it) => [it.externalId, it.name]) : [])
  return groups.map(({ setId, ...group }) => {
    const set = names.get(setId)
    return set && group.name ? { ...group, name: `${set}: ${group.name}`.slice(0, 255) } : group
  })
}

type ListedGroup = ToldGroup & { setId: string }

async function listAt(
  { registration, origins }: GroupsSource,
  address: string,
  what: 'groups' | 'sets',
  pageMs: number,
): Promise<{ ok: true; groups: ListedGroup[] } | { ok: false; why: string }> {
  const url = new URL(address)
  url.searchParams.set('limit', String(perPage))
  const groups = new Map<string, ListedGroup>()
  const read = await readPages({ ...groupsPages, registration, origins, address: url.href, pageMs }, (body) => {
    const page = listedIn(body, what)
    if (!page) return 'the LMS sent something that is not a list of groups'
    for (const group of page) if (groups.size < mostGroups) groups.set(group.externalId, group)
    return undefined
  })
  return read.ok ? { ok: true, groups: [...groups.values()] } : { ok: false, why: read.why }
}

function listedIn(body: string, what: 'groups' | 'sets'): ListedGroup[] | undefined {
  try {
    const list = (JSON.parse(body) as { groups?: unknown; sets?: unknown })[what]
    if (!Array.isArray(list)) return undefined
    return list.flatMap((one: unknown) => {
      const { id, name, set_id } = (one ?? {}) as { id?: unknown; name?: unknown; set_id?: unknown }
      const externalId = text(id)
      return externalId ? [{ externalId, name: text(name), setId: text(set_id) }] : []
    })
  } catch {
    return undefined
  }
}

/** Ids may come as numbers. */
function text(value: unknown): string {
  const words = typeof value === 'number' ? String(value) : value
  return typeof words === 'string' ? words.toWellFormed().replaceAll('\0', '').trim().slice(0, 255) : ''
}
