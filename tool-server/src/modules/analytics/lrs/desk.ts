// What an operator does with LRSs: sets them up, looks at them, pauses, resumes, removes.
import type { BodyOf, EventName, LrsDesk, LrsState, saveLrs as saveCall } from '@cuepoint/contracts'
import { newId, newToken, now } from '../../../kernel/clock.ts'
import { queryAlone } from '../../../kernel/db.ts'
import { AppError, notFound } from '../../../kernel/errors.ts'
import { backlogByTarget, hurry } from '../../../kernel/events/backlog.ts'
import { checkedUrl, FetchError } from '../../../kernel/safe-fetch.ts'
import { seal } from '../../../kernel/secrets.ts'
import { institutionNames } from '../../identity/index.ts'
import { forwardStatements, lanesOf } from '../lrs.ts'
import { statementEvents } from '../statement/statements-of.ts'
import { voidStatements } from '../voiding/tell-voids.ts'
import { forgetLrs } from './endpoints.ts'
import { forgetRests } from './standing.ts'

interface Row extends Record<string, unknown>, Omit<LrsState, 'institution' | 'backlog' | 'lastSentAt' | 'lastErrorAt'> {
  institutionId: string
  lastSentAt: Date | null
  lastErrorAt: Date | null
}

const rateMinutes = 5

export async function lrsDesk(): Promise<LrsDesk> {
  const [rows, backlog, names] = await Promise.all([
    queryAlone<Row>(
      `select id, institution_id as "institutionId", name, url, xapi_version as "xapiVersion", username, actor, events, state,
         state_reason as "stateReason", last_error as "lastError", last_error_at as "lastErrorAt", last_sent_at as "lastSentAt", sent,
         (select coalesce(sum(m.sent), 0)::float8 / ${rateMinutes} from lrs_minutes m
           where m.lrs_id = l.id and m.minute > $1::timestamptz - interval '${rateMinutes} minutes') as "perMinute"
       from lrs_endpoints l where deleted_at is null order by institution_id, created_at, id`,
      [now()],
    ),
    backlogByTarget(forwardStatements.name, voidStatements.name),
    institutionNames(),
  ])
  const all = rows.map(({ institutionId, lastSentAt, lastErrorAt, ...row }) => ({
    ...row,
    institution: { id: institutionId, name: names.get(institutionId) ?? '' },
    backlog: backlog.get(row.id) ?? { due: 0, parked: 0, oldestSeconds: 0 },
    lastSentAt: lastSentAt?.toISOString() ?? null,
    lastErrorAt: lastErrorAt?.toISOString() ?? null,
  }))
  return { institutions: [...names].map(([id, name]) => ({ id, name })), events: [...statementEvents], all }
}

export async function saveLrs(it: BodyOf<typeof saveCall>): Promise<string> {
  const url = endpointOf(it.url)
  const known = new Set<string>(statementEvents)
  if (it.events?.some((name) => !known.has(name))) throw unfit('events', 'There is no such event.')
  const values = [it.name, url, it.xapiVersion, it.username, it.actor, it.events as EventName[] | null]
  const id = it.lrsId ?? newId()
  if (it.lrsId === null) {
    if (it.password === null) throw unfit('password', 'A new LRS needs its password.')
    if (!(await institutionNames()).has(it.institutionId)) throw notFound()
    await queryAlone(
      `insert into lrs_endpoints (name, url, xapi_version, username, actor, events, id, institution_id, secret_sealed, salt_sealed, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [...values, id, it.institutionId, seal(it.password), seal(newToken()), now()],
    )
  } else {
    const rows = await queryAlone(
      `update lrs_endpoints set name = $1, url = $2, xapi_version = $3, username = $4, actor = $5, events = $6,
         secret_sealed = coalesce($8, secret_sealed) where id = $7 and deleted_at is null returning id`,
      [...values, id, it.password === null ? null : seal(it.password)],
    )
    if (rows.length === 0) throw notFound()
  }
  forgetLrs()
  return id
}

/** On: what waited goes at once. */
export async function switchLrs(lrsId: string, on: boolean): Promise<void> {
  const rows = await queryAlone(
    `update lrs_endpoints set state = $2, state_reason = $3 where id = $1 and deleted_at is null returning id`,
    on ? [lrsId, 'on', null] : [lrsId, 'paused', 'paused by an administrator'],
  )
  if (rows.length === 0) throw notFound()
  forgetLrs()
  forgetRests(lrsId)
  if (!on) return
  await hurry(forwardStatements.name, lanesOf(lrsId))
  await hurry(voidStatements.name, [lrsId])
}

/** What still waits for it is told to nobody. */
export async function removeLrs(lrsId: string): Promise<void> {
  const rows = await queryAlone('update lrs_endpoints set deleted_at = $2 where id = $1 and deleted_at is null returning id', [
    lrsId,
    now(),
  ])
  if (rows.length === 0) throw notFound()
  forgetLrs()
  await hurry(forwardStatements.name, lanesOf(lrsId))
  await hurry(voidStatements.name, [lrsId])
}

/** People copy it with and without its last word. */
function endpointOf(given: string): string {
  try {
    const { origin, pathname, search } = checkedUrl(given)
    if (search) throw unfit('url', 'The address of an LRS has no question mark.')
    return origin + pathname.replace(/\/+$/, '').replace(/\/statements$/, '')
  } catch (error) {
    if (error instanceof FetchError) throw unfit('url', `This address cannot be called: ${error.message}.`)
    throw error
  }
}

function unfit(path: string, message: string): AppError {
  return new AppError('lrs_invalid', message, { issues: [{ path, code: 'lrs_invalid', message }] })
}
