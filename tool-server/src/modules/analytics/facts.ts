// What statements need beside their events, looked up for a whole batch at once: people, courses, sections, Versions.
import type { LearningEvent } from '@cuepoint/contracts'
import { config } from '../../kernel/config.ts'
import { activityTitlesOf, type Version, versionOf } from '../content/index.ts'
import { learningFactsOf } from '../identity/index.ts'
import { type ActorChoice, actorOf } from './statement/actor.ts'
import type { Facts } from './statement/context.ts'
import type { Statement } from './statement/statement.ts'
import { isLearning, statementsOf } from './statement/statements-of.ts'

/** `target`: the LRS whose own pseudonyms are used, else ''. */
export interface Teller {
  actor: ActorChoice
  target: string
  /** Of people who were erased, too: for the ids of what was told of them. */
  erased?: boolean
}

export const accountTeller: Teller = { actor: { as: 'account' }, target: '' }

/** The statements of each event, in the order of the events. None where its person is not there any more, or was erased. */
export async function statementsOfEach(
  events: readonly LearningEvent[],
  { actor, target, erased = false }: Teller,
): Promise<Statement[][]> {
  const told = events.filter(isLearning)
  if (told.length === 0) return events.map(() => [])
  const [known, versions, titles] = await Promise.all([
    learningFactsOf(
      idsOf(told, (it) => it.personId),
      idsOf(told, (it) => it.courseId),
    ),
    versionsOf(told),
    activityTitlesOf(idsOf(told, (it) => (named(it).versionId ? null : named(it).activityId))),
  ])
  const base = config().publicUrl
  return events.map((event) => {
    const { personId, courseId } = event
    const person = personId === null ? undefined : known.people.get(personId)
    if (!person || personId === null || (person.erased && !erased)) return []
    const course = courseId === null ? undefined : known.courses.get(courseId)
    const { versionId = '', activityId = '' } = named(event)
    const version = versions.get(versionId) ?? null
    const facts: Facts = {
      base,
      actor: actorOf({ personId, ...person }, actor, base),
      target,
      course: course && courseId ? { id: courseId, ...course } : null,
      sections: known.sections.get(`${personId} ${courseId}`) ?? [],
      version,
      activityTitle: version?.title ?? titles.get(activityId ?? '') ?? '',
    }
    return statementsOf(event, facts)
  })
}

function named({ data }: LearningEvent): { versionId?: string; activityId?: string | null } {
  return data as { versionId?: string; activityId?: string | null }
}

function idsOf(events: readonly LearningEvent[], idOf: (event: LearningEvent) => string | null | undefined): string[] {
  return [...new Set(events.flatMap((event) => idOf(event) ?? []))]
}

/** Versions stay as they are, and content keeps the used ones in memory. One that is gone is left out. */
async function versionsOf(events: readonly LearningEvent[]): Promise<Map<string, Version>> {
  const found = new Map<string, Version>()
  for (const id of idsOf(events, (event) => named(event).versionId)) {
    const version = await versionOf(id).catch(() => null)
    if (version) found.set(id, version)
  }
  return found
}
