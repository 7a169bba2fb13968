// PURE: the sections and groups of a launch's person, as custom parameters tell them (lti-config/tool.ts): Canvas its sections,
// Moodle the ids of groups.

export interface SaidGroup {
  externalId: string
  /** '' where it is not said. */
  name: string
}

/** null: the LMS says nothing of that kind; an empty list: this person is in none. */
export interface SaidGroups {
  section: SaidGroup[] | null
  group: SaidGroup[] | null
  /** Names of the sections in an order of their own: which is whose is known where others' launches have told the rest. */
  sectionNames: string[]
}

const most = 100

export function saidGroupsFrom(custom: Readonly<Record<string, string>>): SaidGroups {
  const names = namesIn(custom.section_names)
  return { section: sectionsFrom(custom.section_ids, names), group: named(listOf(custom.group_ids)), sectionNames: names }
}

/** Canvas gives both lists, each in an order of its own: a launch alone tells a name only where there is one. */
function sectionsFrom(ids: string | undefined, names: readonly string[]): SaidGroup[] | null {
  const all = listOf(ids)
  const [only, ...more] = names
  return all?.length === 1 && only && more.length === 0 ? named(all, only) : named(all)
}

function named(ids: string[] | null, name = ''): SaidGroup[] | null {
  return ids === null ? null : ids.map((externalId) => ({ externalId, name }))
}

/** A variable that the LMS does not know comes back as it was written, and says nothing. */
function listOf(value: string | undefined): string[] | null {
  if (value === undefined || value.startsWith('$')) return null
  const ids = value.split(',').map((it) => it.trim())
  return [...new Set(ids)].filter((it) => it !== '' && it.length <= 255).slice(0, most)
}

function namesIn(value: string | undefined): string[] {
  try {
    const list: unknown = JSON.parse(value ?? '[]')
    return Array.isArray(list)
      ? list.flatMap((it) => (typeof it === 'string' && it.trim() ? it.trim().slice(0, 255) : [])).slice(0, most)
      : []
  } catch {
    return []
  }
}
