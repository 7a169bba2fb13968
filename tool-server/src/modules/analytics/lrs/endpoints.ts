// The LRSs of the institutions: where they are, how to get in (sealed), what they want to hear, how they stand.
import type { EventName } from '@cuepoint/contracts'
import { nowMs } from '../../../kernel/clock.ts'
import { query, queryAlone, type Tx } from '../../../kernel/db.ts'
import { unseal } from '../../../kernel/secrets.ts'
import type { Teller } from '../facts.ts'

export interface Lrs {
  id: string
  institutionId: string
  name: string
  /** Without `/statements`. */
  url: string
  xapiVersion: '1.0.3' | '2.0.0'
  username: string
  secretSealed: string
  actor: 'account' | 'pseudonym' | 'mail'
  saltSealed: string
  /** null = every kind. */
  events: EventName[] | null
  state: 'on' | 'paused' | 'refused'
  stateReason: string | null
}

const columns = `id, institution_id as "institutionId", name, url, xapi_version as "xapiVersion", username, secret_sealed as "secretSealed",
  actor, salt_sealed as "saltSealed", events, state, state_reason as "stateReason"`

// A handful in a whole installation: read at once, remembered for some seconds in each process.
const rememberedMs = 2000
let remembered: { all: readonly Lrs[]; until: number } | undefined

async function lrsAll(tx: Tx): Promise<readonly Lrs[]> {
  if (remembered && remembered.until > nowMs() && remembered.until <= nowMs() + rememberedMs) return remembered.all
  const all = await query<Lrs & Record<string, unknown>>(
    tx,
    `select ${columns} from lrs_endpoints where deleted_at is null order by created_at, id`,
    [],
    'lrs-all',
  )
  remembered = { all, until: nowMs() + rememberedMs }
  return all
}

/** At once, after a change in this process; the others look again within two seconds. */
export function forgetLrs(): void {
  remembered = undefined
}

/** Straight from the database: whether it may be called is not a thing to be remembered wrongly. */
export async function lrsById(id: string): Promise<Lrs | undefined> {
  const [lrs] = await queryAlone<Lrs & Record<string, unknown>>(
    `select ${columns} from lrs_endpoints where id = $1 and deleted_at is null`,
    [id],
    'lrs-by-id',
  )
  return lrs
}

/** Those of an institution, removed ones too: they may hold what was sent to them. */
export async function lrsEver(tx: Tx, institutionId: string): Promise<Lrs[]> {
  return query<Lrs & Record<string, unknown>>(
    tx,
    `select ${columns} from lrs_endpoints where institution_id = $1 order by created_at, id`,
    [institutionId],
  )
}

/** The LRSs of an institution that want to hear of such an event. */
export async function lrsHearing(tx: Tx, institutionId: string, event: EventName): Promise<readonly Lrs[]> {
  return (await lrsAll(tx)).filter((it) => it.institutionId === institutionId && (it.events === null || it.events.includes(event)))
}

export function authorizationOf({ username, secretSealed }: Pick<Lrs, 'username' | 'secretSealed'>): string {
  return `Basic ${Buffer.from(`${username}:${unseal(secretSealed)}`).toString('base64')}`
}

/** How it names people. A pseudonym is of one LRS, so its statements are others than those of the next. */
export function tellerOf({ id, actor, saltSealed }: Lrs): Teller {
  if (actor === 'pseudonym') return { actor: { as: 'pseudonym', salt: unseal(saltSealed) }, target: id }
  return { actor: { as: actor }, target: actor === 'account' ? '' : id }
}
