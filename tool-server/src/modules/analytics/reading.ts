// GET /xapi/statements over what the house keeps: the filters of xAPI 1.0.3 (Communication 2.1.3), inside what the caller may see.
import type { Caller, KeptStatement } from '@cuepoint/contracts'
import { z } from 'zod'
import { queryAlone } from '../../kernel/db.ts'
import { invalid, notFound } from '../../kernel/errors.ts'
import { institutionNames } from '../identity/index.ts'
import { voidedVerb } from './statement/voiding.ts'

const yes = z.enum(['true', 'false']).transform((it) => it === 'true')
const agent = z.string().transform((text, context): Record<string, unknown> => {
  try {
    const { account, ...others } = JSON.parse(text) as { account?: { homePage?: unknown; name?: unknown } } & Record<string, unknown>
    // All that identify an agent (Data 2.4.2.3); exactly one of them.
    const known = ['mbox', 'mbox_sha1sum', 'openid'].filter((it) => typeof others[it] === 'string')
    const named = typeof account?.homePage === 'string' && typeof account.name === 'string'
    if (named && known.length === 0) return { account: { homePage: account.homePage, name: account.name } }
    const [one] = known
    if (one && known.length === 1 && !account) return { [one]: others[one] }
  } catch {
    // Said below.
  }
  context.addIssue({ code: 'custom', message: 'an agent has one of account, mbox, mbox_sha1sum and openid' })
  return z.NEVER
})

const Filters = z.strictObject({
  statementId: z.uuid().optional(),
  /** One that is void: it is shown under this word only. */
  voidedStatementId: z.uuid().optional(),
  agent: agent.optional(),
  verb: z.string().max(2000).optional(),
  activity: z.string().max(2000).optional(),
  registration: z.uuid().optional(),
  related_activities: yes.optional(),
  /** Our agents stand as actors only: there is nothing related to look at. */
  related_agents: yes.optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  until: z.iso.datetime({ offset: true }).optional(),
  limit: z.coerce.number().int().min(0).max(10_000).optional(),
  ascending: yes.optional(),
  format: z.enum(['ids', 'exact', 'canonical']).optional(),
  attachments: yes.optional(),
  /** Of `more`: behind which row to go on. */
  after: z.coerce.number().int().min(0).optional(),
})

const most = 100

// What was voided is void, whoever asks and however; the voiding statement itself is not (Communication 2.1.4).
const isVoid = `exists (select from statements v where v.verb = '${voidedVerb}' and v.activity = s.id::text and v.institution_id = s.institution_id)`

const sql = (ascending: boolean) => `select sequence, statement, stored from statements s
  where ${isVoid} = $14 and institution_id = $1 and course_id = $2 and ($3::uuid is null or person_id = $3)
    and ($4::uuid is null or id = $4) and ($5::jsonb is null or statement->'actor' @> $5)
    and ($6::text is null or verb = $6) and ($7::text is null or activity = $7 or ($8 and $7 = any(related)))
    and ($9::uuid is null or registration = $9) and ($10::timestamptz is null or stored > $10) and ($11::timestamptz is null or stored <= $11)
    and ($12::bigint is null or sequence ${ascending ? '>' : '<'} $12)
  order by sequence ${ascending ? 'asc' : 'desc'} limit $13`

interface Row extends Record<string, unknown> {
  sequence: number
  statement: Record<string, unknown>
  stored: Date
}

/** `given`: the query as it came. 400 for what is no filter; 404 for an id that is not here. */
export async function statementsFor(caller: Caller, given: Record<string, unknown>): Promise<Record<string, unknown>> {
  const parsed = Filters.safeParse(given)
  if (!parsed.success)
    throw invalid(
      'These are not the filters of xAPI.',
      parsed.error.issues.slice(0, 20).map((it) => ({ path: it.path.join('.'), code: it.code, message: it.message })),
    )
  const it = parsed.data
  // A learner reads of themselves; without a person there is nothing of them.
  const own = caller.role === 'learner' ? (caller.personId ?? '00000000-0000-0000-0000-000000000000') : null
  const one = it.statementId ?? it.voidedStatementId
  if (one) assertAlone(it)
  const ascending = it.ascending === true
  const limit = Math.min(it.limit || most, most)
  const rows = await queryAlone<Row>(sql(ascending), [
    ...[caller.institutionId, caller.courseId, own, one ?? null, it.agent ? JSON.stringify(it.agent) : null],
    ...[it.verb ?? null, it.activity ?? null, it.related_activities === true, it.registration ?? null],
    ...[it.since ?? null, it.until ?? null, it.after ?? null, limit + 1, it.voidedStatementId !== undefined],
  ])
  if (one) {
    if (!rows[0]) throw notFound()
    return said(rows[0], it.format)
  }
  const shown = rows.slice(0, limit)
  return {
    statements: shown.map((row) => said(row, it.format)),
    more: rows.length > limit ? moreOf(given, shown.at(-1)?.sequence ?? 0) : '',
  }
}

/** One statement is asked for by its id alone (Communication 2.1.3): what would filter it is a mistake of whoever asks. */
function assertAlone(it: z.output<typeof Filters>): void {
  const beside = Object.entries(it).filter(([name, value]) => value !== undefined && !['attachments', 'format'].includes(name))
  if (beside.length > 1)
    throw invalid(
      'One statement is asked for by its id alone.',
      beside.slice(1).map(([path]) => ({ path, code: 'custom', message: 'stands beside statementId or voidedStatementId' })),
    )
}

/** `canonical`: of each text one language, as it is kept anyway. `ids`: what identifies agents, verbs and activities, and no more. */
function said({ statement, stored }: Row, format: z.output<typeof Filters>['format']): Record<string, unknown> {
  const shown = format === 'ids' ? (identified(statement) as Record<string, unknown>) : statement
  return { ...shown, stored: stored.toISOString(), version: '1.0.0' }
}

/** Results and extensions are no agents, verbs or activities: they stay whole. */
const whole = new Set(['result', 'extensions'])

function identified(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(identified)
  if (!value || typeof value !== 'object') return value
  const entries = Object.entries(value).filter(([key]) => key !== 'definition' && key !== 'display' && key !== 'name')
  const told = Object.fromEntries(entries.map(([key, it]) => [key, whole.has(key) ? it : key === 'account' ? it : identified(it)]))
  // Objects of a statement are activities where they do not say what they are.
  return told.objectType === 'Activity' ? { id: told.id } : told
}

function moreOf(given: Record<string, unknown>, after: number): string {
  const query = new URLSearchParams(Object.entries(given).map(([name, value]): [string, string] => [name, String(value)]))
  query.set('after', String(after))
  return `/xapi/statements?${query}`
}

/** For an operator: the newest of all. */
export async function newestStatements(): Promise<KeptStatement[]> {
  const [rows, names] = await Promise.all([
    queryAlone<Row & { institution_id: string }>(
      'select institution_id, sequence, statement, stored from statements order by sequence desc limit $1',
      [most],
    ),
    institutionNames(),
  ])
  return rows.map(({ institution_id: institutionId, statement, stored }) => {
    const { id, verb, object, context } = statement as unknown as Said
    const course = context?.contextActivities.grouping?.find((one) => one.definition?.type.endsWith('/course'))
    return {
      id,
      institution: names.get(institutionId) ?? '',
      course: textIn(course?.definition?.name),
      verb: textIn(verb.display),
      object: textIn(object.definition?.name) || textIn(object.definition?.description) || object.id,
      stored: stored.toISOString(),
      statement,
    }
  })
}

interface Defined {
  id: string
  /** A StatementRef has none. */
  definition?: { type: string; name?: Record<string, string>; description?: Record<string, string> }
}
interface Said {
  id: string
  verb: { display: Record<string, string> }
  object: Defined
  context?: { contextActivities: { grouping?: Defined[] } }
}

function textIn(map: Record<string, string> | undefined): string {
  return Object.values(map ?? {})[0] ?? ''
}
