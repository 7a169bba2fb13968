// SQL for the events of the person $1: found placement by placement, because the events have no index by person alone (every event that
// is recorded would pay for it).
export const eventsOfPerson = `(
  select e.id, e.sequence from events e where e.person_id = $1 and e.placement_id is null
  union all
  select e.id, e.sequence from people o join courses c on c.institution_id = o.institution_id join placements p on p.course_id = c.id
    cross join lateral (select x.id, x.sequence from events x where x.placement_id = p.id and x.person_id = $1) e
  where o.id = $1)`
