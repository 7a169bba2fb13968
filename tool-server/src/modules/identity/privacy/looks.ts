// Who looked at whose work. A look is written before what was asked for is sent: where it cannot be written, nothing is shown.
import type { Caller, LookAt } from '@cuepoint/contracts'
import { now } from '../../../kernel/clock.ts'
import { queryAlone } from '../../../kernel/db.ts'

/** The same look again within so many minutes is one. */
const sameMinutes = 5
/** Looks are kept for so long. */
const keptMonths = 24

interface Look {
  institutionId: string
  what: LookAt
  /** null = the whole class. */
  personId: string | null
  placementId: string | null
  courseId: string | null
  byPersonId: string | null
  operatorSessionId: string | null
}

// The lock makes two requests of one click one look.
const sql = `with alone as materialized (select pg_advisory_xact_lock(hashtextextended($9, 24)))
insert into looks (institution_id, course_id, placement_id, by_person_id, operator_session_id, person_id, what, at)
select $1::uuid, $2::uuid, $3::uuid, $4::uuid, $5::uuid, $6::uuid, $7::text, $8::timestamptz from alone
where not exists (
  select from looks l where l.institution_id = $1 and l.what = $7 and l.at > $8::timestamptz - interval '${sameMinutes} minutes' and l.at <= $8
    and (l.placement_id, l.by_person_id, l.operator_session_id, l.person_id) is not distinct from ($3::uuid, $4::uuid, $5::uuid, $6::uuid))`

async function write(it: Look): Promise<void> {
  const { institutionId, courseId, placementId, byPersonId, operatorSessionId, personId, what } = it
  const key = [placementId, byPersonId, operatorSessionId, personId, what].join(' ')
  await queryAlone(sql, [institutionId, courseId, placementId, byPersonId, operatorSessionId, personId, what, now(), key], 'look')
}

/** A teacher looks at a learner, or (`personId` null) at all of a class by name. Nobody looks at themselves. */
export async function noteLook(caller: Caller, it: { what: LookAt; personId: string | null; placementId: string | null }): Promise<void> {
  if (it.personId !== null && it.personId === caller.personId) return
  await write({
    ...it,
    institutionId: caller.institutionId,
    courseId: caller.courseId,
    byPersonId: caller.personId,
    operatorSessionId: null,
  })
}

export async function noteOperatorLook(operatorSessionId: string, institutionId: string, personId: string, what: LookAt): Promise<void> {
  await write({ institutionId, what, personId, operatorSessionId, byPersonId: null, courseId: null, placementId: null })
}

/** An audit has an end, too. */
export async function dropOldLooks(): Promise<void> {
  await queryAlone(`delete from looks where at < $1::timestamptz - interval '${keptMonths} months'`, [now()])
}
