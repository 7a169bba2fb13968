// PURE: a page of a membership container (NRPS 2.0, 3.2) in our words.
import type { RosterPerson } from '../../identity/index.ts'
import { roleFrom } from '../launch/claims.ts'

export interface RosterPage {
  contextId: string
  people: RosterPerson[]
  /** Ids of the Course Groups service by the person's external id. */
  groupsBy: Map<string, string[]>
}

const statuses = { active: 'active', inactive: 'inactive', deleted: 'left' } as const

/** undefined: not a membership container. Members without an id, and those who only look on (observers), are passed over. */
export function rosterPageFrom(body: string): RosterPage | undefined {
  let said: { context?: { id?: unknown } | null; members?: unknown } | null
  try {
    said = JSON.parse(body) as typeof said
  } catch {
    return undefined
  }
  if (!Array.isArray(said?.members)) return undefined
  const page: RosterPage = { contextId: text(said.context?.id, 255), people: [], groupsBy: new Map() }
  for (const member of said.members as unknown[]) {
    const person = personFrom(member)
    if (!person) continue
    page.people.push(person)
    const groups = groupIdsOf((member as Record<string, unknown>).group_enrollments)
    if (groups.length > 0) page.groupsBy.set(person.externalId, groups)
  }
  return page
}

function personFrom(member: unknown): RosterPerson | undefined {
  if (!member || typeof member !== 'object') return undefined
  const it = member as Record<string, unknown>
  const externalId = text(it.user_id, 256)
  if (externalId === '' || externalId.length > 255) return undefined
  const role = roleFrom(Array.isArray(it.roles) ? it.roles.slice(0, 200) : [], true)
  if (role === 'viewer') return undefined
  const [givenName, familyName] = [text(it.given_name, 150), text(it.family_name, 150)]
  return {
    externalId,
    name: text(it.name, 300) || [givenName, familyName].filter(Boolean).join(' '),
    givenName,
    familyName,
    email: text(it.email, 320),
    sourcedId: text(it.lis_person_sourcedid, 255),
    role: role === 'assistant' ? 'instructor' : role,
    status: statuses[text(it.status, 20).toLowerCase() as keyof typeof statuses] ?? 'active',
  }
}

function groupIdsOf(enrollments: unknown): string[] {
  if (!Array.isArray(enrollments)) return []
  return enrollments.slice(0, 200).flatMap((one) => text((one as { group_id?: unknown } | null)?.group_id, 255) || [])
}

/** Numbers too: some platforms send ids unquoted. */
function text(value: unknown, longest: number): string {
  const words = typeof value === 'number' ? String(value) : value
  return typeof words === 'string' ? words.toWellFormed().replaceAll('\0', '').trim().slice(0, longest) : ''
}
