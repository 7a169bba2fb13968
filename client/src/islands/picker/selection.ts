// What the instructor has chosen to add, as pure rules: one or several, only what is published, and what the LMS is told of each.
import type { ActivitySummary } from '@cuepoint/contracts'
import { type LinkDetails, type SentDetails, sentDetails } from './link-details.ts'

/** One line of the review: the texts as typed, so that an empty or half-typed field can stand there. */
export interface ChosenItem extends LinkDetails {
  readonly activityId: string
  readonly title: string
  readonly points: string
}

/** The server's own limits of a title and of points. */
const TITLE_MAX = 200
const POINTS_MAX = 100_000
const ITEMS_MAX = 50

export function canBeAdded(activity: ActivitySummary): boolean {
  return activity.published !== null
}

/** Where one is taken, choosing another puts it in the place of the first. */
export function toggled(chosen: readonly string[], id: string, multiple: boolean): string[] {
  if (!multiple) return [id]
  if (chosen.includes(id)) return chosen.filter((one) => one !== id)
  return chosen.length < ITEMS_MAX ? [...chosen, id] : [...chosen]
}

/** Chosen and still there and published, in the order of choosing. */
export function chosenOf(activities: readonly ActivitySummary[], chosen: readonly string[]): ActivitySummary[] {
  return chosen.flatMap((id) => activities.filter((one) => one.id === id && canBeAdded(one)))
}

/**
 * What the review starts from. The title that the instructor already typed in the LMS wins, where there is one link to give it to;
 * not so a proposal that is only our own name, which some LMSs make. `before` are the lines as they were left, which stay as they are.
 */
export function itemsOf(chosen: readonly ActivitySummary[], typedInLms: string, before: readonly ChosenItem[] = []): ChosenItem[] {
  return chosen.map(
    (activity) =>
      before.find((one) => one.activityId === activity.id) ?? {
        activityId: activity.id,
        title: (chosen.length === 1 && ofActivity(typedInLms)) || activity.title,
        points: String(activity.published?.maxScore ?? activity.maxScore),
      },
  )
}

const ofActivity = (title: string): string => (/^cuepoint$/i.test(title.trim()) ? '' : title.trim())

export function pointsFrom(text: string): number | null {
  const plain = text.trim().replace(',', '.')
  if (!/^(\d+\.?\d*|\.\d+)$/.test(plain)) return null
  const points = Number(plain)
  return points <= POINTS_MAX ? points : null
}

export function titleIsGood(title: string): boolean {
  return title.trim().length > 0 && title.trim().length <= TITLE_MAX
}

export interface ReadyItem extends SentDetails {
  readonly activityId: string
  readonly title: string
  readonly points: number
}

/** What is sent, or null while a line is not good yet. */
export function readyItems(items: readonly ChosenItem[]): ReadyItem[] | null {
  const ready = items.flatMap((item) => {
    const { activityId, title } = item
    const points = pointsFrom(item.points)
    const details = sentDetails(item)
    return points !== null && details !== null && titleIsGood(title) ? [{ activityId, title: title.trim(), points, ...details }] : []
  })
  return ready.length === items.length && ready.length > 0 ? ready : null
}

/** Titles that occur more than once: their rows need more to be told apart. */
export function titlesTwice(activities: readonly ActivitySummary[]): Set<string> {
  const titles = activities.map((one) => one.title.trim().toLocaleLowerCase())
  return new Set(
    activities.map((one) => one.title).filter((title) => titles.filter((it) => it === title.trim().toLocaleLowerCase()).length > 1),
  )
}
