// Reads what the recorder wrote, for the operator's island.
import type { Flight, FlightList } from '@cuepoint/contracts'
import { queryAlone } from '../../../kernel/db.ts'
import { notFound } from '../../../kernel/errors.ts'
import { casesOf } from './reasons.ts'
import { flushFlights } from './recorder.ts'

type Row = Omit<Flight, 'at' | 'cases' | 'platform'> & { at: Date; platform_id: string | null; platform_name: string | null }

const columns = `f.id::text id, f.kind, f.at, f.ms, f.outcome, f.reason, f.support_code "supportCode", f.deployment_id "deploymentId", f.steps, f.facts,
  r.id platform_id, r.name platform_name from flights f left join registrations r on r.id = f.registration_id`

function seen({ platform_id, platform_name, at, ...row }: Row): Flight {
  const platform = platform_id ? { id: platform_id, name: platform_name ?? '' } : null
  return { ...row, at: at.toISOString(), cases: casesOf(row.reason, row.kind), platform }
}

const most = 400

export async function flightsOf(which: string): Promise<FlightList> {
  // What this process has just seen is shown at once.
  await flushFlights()
  const deployments = await queryAlone<FlightList['deployments'][number]>(
    `select d.id, r.name platform, d.deployment_id "deploymentId" from deployments d join registrations r on r.id = d.registration_id
     order by r.name, d.deployment_id`,
  )
  if (which === 'all')
    return { deployments, flights: (await queryAlone<Row>(`select ${columns} order by f.id desc limit ${most}`)).map(seen) }
  if (which === 'unknown')
    return {
      deployments,
      flights: (await queryAlone<Row>(`select ${columns} where f.registration_id is null order by f.id desc limit ${most}`)).map(seen),
    }
  if (!deployments.some((it) => it.id === which)) throw notFound()
  // Calls know their platform, and their deployment only where one asked for them.
  const rows = await queryAlone<Row>(
    `select ${columns} join deployments d on d.id = $1 and d.registration_id = f.registration_id
       and (f.deployment_id = d.deployment_id or f.deployment_id is null) order by f.id desc limit ${most}`,
    [which],
  )
  return { deployments, flights: rows.map(seen) }
}

/** The one with the code, and the other rungs of its login. */
export async function flightsByCode(code: string): Promise<Flight[]> {
  await flushFlights()
  const rows = await queryAlone<Row>(
    `select ${columns} where f.support_code = $1 or f.trail in (select trail from flights where support_code = $1 and trail is not null)
     order by f.id desc limit 20`,
    [code.trim().toUpperCase()],
  )
  return rows.map(seen)
}
