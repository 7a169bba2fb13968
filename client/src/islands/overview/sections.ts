// PURE: whom the choice of a section or group shows, and which is chosen first.
import type { CourseGroup, LearnerRow } from '@cuepoint/contracts'
import { rt } from './roster-words.ts'

export const everyone = ''

/** Who teaches one section of several sees it first; who teaches all, or none that is known, sees everyone. */
export function firstSectionOf(groups: readonly CourseGroup[]): string {
  const sections = groups.filter((it) => it.kind === 'section')
  const own = sections.filter((it) => it.own)
  return own.length === 1 && sections.length > 1 ? (own[0]?.id ?? everyone) : everyone
}

export function inSection(rows: readonly LearnerRow[], sectionId: string): readonly LearnerRow[] {
  return sectionId === everyone ? rows : rows.filter((row) => row.groupIds.includes(sectionId))
}

/** As the choice says it. */
export function groupName({ kind, name, named, own }: CourseGroup): string {
  const words = named ? name : rt(kind === 'section' ? 'roster.sectionNumber' : 'roster.groupNumber', { number: name })
  return own ? rt('roster.mine', { name: words }) : words
}
