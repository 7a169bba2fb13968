// After a run: what the learners did, what their LRS holds, what the house keeps and what the dashboards count must tell the same. Answers
// with what is not so.
import type { Json } from '../../../fixtures/lrs/stub.ts'
import { findingsIn } from '../../../fixtures/xapi/profile.ts'
import { queryAlone } from '../../src/kernel/db.ts'
import { accountTeller, statementsOfEach } from '../../src/modules/analytics/facts.ts'
import { figuresWrong } from './figures.ts'
import type { Site } from './site.ts'
import { eventsAt, text } from './told.ts'

/** `refused`: ids of statements that the LRS did not take; `late`: they came in the end, out of their order. */
export interface Exceptions {
  refused?: ReadonlySet<string>
  late?: boolean
}

export async function differences(site: Site, { refused = new Set(), late = false }: Exceptions = {}): Promise<string[]> {
  const wrong: string[] = []
  const held = site.stub.order.map((id) => site.stub.statements.get(id) as Json)
  const made = (await statementsOfEach(await eventsAt(site.school.institutionId), accountTeller)).flat()
  // A learner may do the same thing twice, and one of the two be refused: which one came is seen by their ids.
  const unsure = new Set(made.filter(({ id }) => refused.has(id)).map(keyOf))
  const inOrder = (keys: readonly string[]): readonly string[] => (late ? keys.toSorted() : keys)
  for (const [personId, learner] of site.people) {
    const mine = held.filter(({ actor }) => actor.account.name === personId).map(keyOf)
    const sure = (keys: readonly string[]) => inOrder(keys.filter((key) => !unsure.has(key)))
    wrong.push(...listsApart(sure(learner.expected), sure(mine), 'the LRS'))
  }
  const strangers = held.filter(({ actor }) => !site.people.has(actor.account.name))
  if (strangers.length > 0) wrong.push(`${strangers.length} statements are about people of another school`)
  wrong.push(...(await keptWrong(site, made, refused)))
  for (const { rule, id } of findingsIn(held)) wrong.push(`statement ${id} breaks the rule "${rule}"`)
  wrong.push(...(await figuresWrong(site)))
  return [...wrong, ...(await leftOver(site, refused.size > 0))]
}

/** "attempt verb detail", as the learner's own list has it. */
function keyOf({ verb, object, result, context }: Json): string {
  const term = (name: string): Json => result?.extensions?.[`https://w3id.org/xapi/video/extensions/${name}`]
  const part = /\/questions\/(.*)$/.exec(object.id)?.[1]
  const details = [part, result?.response, term('time'), term('time-from'), term('time-to')].filter((it) => it !== undefined)
  return [context.registration, verb.id.split('/').at(-1), ...details].join(' ')
}

function listsApart(wanted: readonly string[], there: readonly string[], where: string): string[] {
  const at = wanted.findIndex((key, place) => there[place] !== key)
  if (at < 0 && there.length === wanted.length) return []
  const twice = there.filter((key, place) => there.indexOf(key) !== place)
  const first = at < 0 ? `then ${there[wanted.length]}` : `at ${at} ${there[at] ?? 'nothing'} instead of ${wanted[at]}`
  return [`${where} holds ${there.length} of ${wanted.length}: ${first}${twice.length > 0 ? `; twice: ${twice[0]}` : ''}`]
}

/** The LRS, the house and the events themselves: the same statements by id, each with the same content. */
async function keptWrong({ school, stub }: Site, made: readonly Json[], refused: ReadonlySet<string>): Promise<string[]> {
  const wrong: string[] = []
  const rows = await queryAlone<{ statement: Json }>('select statement from statements where institution_id = $1 order by sequence', [
    school.institutionId,
  ])
  const kept = new Map(rows.map(({ statement }) => [statement.id as string, statement]))
  for (const statement of made) {
    const [there, here] = [stub.statements.get(statement.id), kept.get(statement.id)]
    if (there ? refused.has(statement.id) : !refused.has(statement.id))
      wrong.push(`the LRS has ${there ? 'the refused' : 'no'} statement ${statement.id} (${keyOf(statement)})`)
    if (there && text(there) !== text(statement)) wrong.push(`the LRS has another statement ${statement.id} (${keyOf(statement)})`)
    if (text(here) !== text(statement)) wrong.push(`the house keeps ${here ? 'another' : 'no'} statement ${statement.id}`)
  }
  if (stub.order.length > made.length) wrong.push(`the LRS has ${stub.order.length} statements of ${made.length}`)
  if (kept.size !== made.length) wrong.push(`the house keeps ${kept.size} statements of ${made.length}`)
  return wrong
}

/** What waits, is leased, or was given up though nothing refused it. */
async function leftOver({ school }: Site, mayBeParked: boolean): Promise<string[]> {
  const rows = await queryAlone<{ state: string; listener: string; last_error: string | null }>(
    `select d.state, d.listener, d.last_error from deliveries d join events e on e.id = d.event_id
     where e.institution_id = $1 and (d.state = 'due' or exists (select from lane_leases l where d.id = any (l.ids)) or (d.state = 'parked' and not $2))`,
    [school.institutionId, mayBeParked],
  )
  return rows.map((row) => `a delivery of ${row.listener} is left ${row.state}: ${row.last_error}`)
}
