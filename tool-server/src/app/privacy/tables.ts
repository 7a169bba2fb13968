// Every table that keeps something of people, as the rooms declare them; the highest room first, so that what refers goes before what it
// refers to. The events are nobody's room's.
import type { PersonalTable } from '../../kernel/module.ts'
import { eventsOfPerson } from '../../modules/identity/index.ts'
import { modules } from '../rooms.ts'

const events: PersonalTable = {
  table: 'events',
  names: ['person_id'],
  of: `t.id in (select id from ${eventsOfPerson} mine)`,
  // Which teacher did it is not said.
  exported: `t.name, t.version, t.occurred_at, t.data - 'byPersonId' as data`,
  order: 't.sequence',
  erased: 'deleted',
  ages: {
    with: 'time',
    at: 't.occurred_at',
    // Of work under way the figures are still made anew from its events; what was not delivered must be.
    unless: `t.person_id is null
      or exists (select from deliveries d where d.event_id = t.id and d.state = 'due')
      or exists (select from attempts a where a.id::text = t.data->>'attemptId' and a.state = 'open')`,
  },
}

/** In the order in which they are erased. */
export const personalTables: readonly PersonalTable[] = (() => {
  const ofRooms = modules.toReversed().map((room) => room.personal ?? [])
  const identity = ofRooms.pop() ?? []
  return [...ofRooms.flat(), events, ...identity]
})()

export const rowsOf = ({ of = 't.person_id = $1' }: PersonalTable): string => of
