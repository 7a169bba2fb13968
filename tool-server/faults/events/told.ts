// What was told at a school, from the table of events; and JSON that can be compared.
import type { EventName, LearningEvent } from '@cuepoint/contracts'
import { queryAlone } from '../../src/kernel/db.ts'

interface EventRow extends Record<string, unknown> {
  id: string
  name: EventName
  version: number
  institutionId: string
  courseId: string | null
  personId: string | null
  placementId: string | null
  occurredAt: Date
  data: LearningEvent['data']
}

export function eventsAt(institutionId: string): Promise<LearningEvent[]> {
  return queryAlone<EventRow>(
    `select id, name, version, institution_id as "institutionId", course_id as "courseId", person_id as "personId",
       placement_id as "placementId", occurred_at as "occurredAt", data from events where institution_id = $1 order by sequence`,
    [institutionId],
  )
}

/** JSON whose keys are in one order: jsonb has its own. */
export function text(value: unknown): string {
  return JSON.stringify(value, (_key, it: unknown) =>
    it && typeof it === 'object' && !Array.isArray(it) ? Object.fromEntries(Object.entries(it).sort(([a], [b]) => (a < b ? -1 : 1))) : it,
  )
}
