// PURE: the terms on which one person takes a placement: the author's settings, the placement's dates, what a teacher granted.
import type { ActivityDocument, Allowance, PlacementSettings, PlayerView } from '@cuepoint/contracts'

export interface Terms {
  settings: PlacementSettings
  allowance: Allowance
}

const plainSettings: PlacementSettings = { opensAt: null, dueAt: null, closesAt: null, late: 'accept', emptyIsZero: false }
export const plainTerms: Terms = { settings: plainSettings, allowance: { extraAttempts: 0, extraSeconds: 0 } }

/** SQL of one JSON object shaped like Terms. Arguments are SQL. */
export function termsSql(placementId: string, personId: string): string {
  return `(select json_build_object(
    'settings', (select ${settingsJson} from placement_settings ps where ps.placement_id = ${placementId}),
    'allowance', (select json_build_object('extraAttempts', al.extra_attempts, 'extraSeconds', al.extra_seconds)
      from allowances al where al.placement_id = ${placementId} and al.person_id = ${personId})))`
}

/** SQL: one row of placement_settings, called ps, as JSON shaped like PlacementSettings but for its times. */
export const settingsJson = `json_build_object('opensAt', ps.opens_at, 'dueAt', ps.due_at, 'closesAt', ps.closes_at,
  'late', ps.late, 'emptyIsZero', ps.empty_is_zero)`

/** From what `termsSql` gives; what nobody has set is plain. */
export function termsFrom(json: { settings: PlacementSettings | null; allowance: Allowance | null } | null | undefined): Terms {
  return { settings: settingsFrom(json?.settings), allowance: json?.allowance ?? plainTerms.allowance }
}

/** Inside JSON, PostgreSQL writes times in its own way. */
export function settingsFrom(json: PlacementSettings | null | undefined): PlacementSettings {
  if (!json) return plainSettings
  const time = (text: string | null) => (text === null ? null : new Date(text).toISOString())
  return { ...json, opensAt: time(json.opensAt), dueAt: time(json.dueAt), closesAt: time(json.closesAt) }
}

type Settings = ActivityDocument['settings']

/** The author's settings with this person's extra attempts in them. */
export function settingsFor(settings: Settings, { allowance }: Terms): Settings {
  const { attemptsAllowed } = settings
  return attemptsAllowed === null ? settings : { ...settings, attemptsAllowed: attemptsAllowed + allowance.extraAttempts }
}

/** When it is over for this person: extra time moves the end, too. null = never. In milliseconds. */
function endOf({ settings, allowance }: Terms): number | null {
  const ends = [settings.late === 'refuse' ? settings.dueAt : null, settings.closesAt].flatMap((it) => (it ? [Date.parse(it)] : []))
  return ends.length > 0 ? Math.min(...ends) + allowance.extraSeconds * 1000 : null
}

/** The end of an attempt begun then: by its time limit or by the placement's end, whichever is first. */
export function deadlineOf(startedAt: Date, timeLimitSeconds: number | null, terms: Terms): Date | null {
  const byLimit = timeLimitSeconds === null ? null : startedAt.getTime() + (timeLimitSeconds + terms.allowance.extraSeconds) * 1000
  const ends = [byLimit, endOf(terms)].flatMap((it) => (it === null ? [] : [it]))
  return ends.length > 0 ? new Date(Math.min(...ends)) : null
}

/** Can an attempt be begun now? */
export function isOpen(terms: Terms, at: number): boolean {
  const { opensAt } = terms.settings
  const end = endOf(terms)
  return (opensAt === null || at >= Date.parse(opensAt)) && (end === null || at < end)
}

/** Handed in after this person's due date? */
export function isLate(submittedAt: Date | null, { settings, allowance }: Terms): boolean {
  return (
    settings.dueAt !== null && submittedAt !== null && submittedAt.getTime() > Date.parse(settings.dueAt) + allowance.extraSeconds * 1000
  )
}

/** The dates as the learner sees them; null where there are none. */
export function datesOf(terms: Terms, at: number): PlayerView['dates'] {
  const { opensAt, dueAt, closesAt } = terms.settings
  if (!opensAt && !dueAt && !closesAt) return null
  const moved = (text: string | null) =>
    text === null ? null : new Date(Date.parse(text) + terms.allowance.extraSeconds * 1000).toISOString()
  return { opensAt, dueAt: moved(dueAt), closesAt: moved(closesAt), open: isOpen(terms, at) }
}
