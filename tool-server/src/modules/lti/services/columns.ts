// Gradebook columns (AGS line items) as far as scores need them: does one still stand, one of ours that is gone made again, and the
// first one made where an LMS makes none for a link by itself (Brightspace, fact 32). Never a second for one placement.
import { mayBeSilent, query, queryAlone, transaction } from '../../../kernel/db.ts'
import { noteTakesScores } from '../../identity/index.ts'
import { originAllowed, type Registration } from '../platforms/registry.ts'
import { type Answer, gradeCall } from './grade-call.ts'
import type { Book } from './score-ledger.ts'
import { sendAllAgain } from './sending-again.ts'

const ags = 'https://purl.imsglobal.org/spec/lti-ags/scope/'
export const lineItemScope = `${ags}lineitem`
const writing = lineItemScope
const reading = `${ags}lineitem.readonly`
const contentType = 'application/vnd.ims.lis.v2.lineitem+json'
const containerType = 'application/vnd.ims.lis.v2.lineitemcontainer+json'

/** Of which placement, and what its last launch said. */
export type ColumnPlace = Pick<Book, 'placement_id' | 'line_item_url' | 'line_items_url' | 'scopes'>

/** false also where we may not look. */
export async function columnStands(registration: Registration, { line_item_url, scopes }: Book): Promise<boolean> {
  const scope = [reading, writing].find((it) => scopes.includes(it))
  if (!scope || !line_item_url) return false
  const answer = await gradeCall(registration, { method: 'GET', url: line_item_url, scope, contentType })
  return answer.kind === 'ok'
}

/** What became of it; `why` where the LMS may do better later. */
export type Made = { made: true } | { made: false; why: string | null }

/** A token, two readings and the making. */
const makingSeconds = 90

/** By placement. */
const making = new Map<string, Promise<Made>>()

/** Makes the column of a placement, once for all that ask at the same time. */
export function columnMade(registration: Registration, place: ColumnPlace, maxScore: number): Promise<Made> {
  const underWay = making.get(place.placement_id)
  if (underWay) return underWay
  const made = alone(registration, place, maxScore).finally(() => making.delete(place.placement_id))
  making.set(place.placement_id, made)
  return made
}

/** One worker at a time: two that both find none would make two. */
function alone(registration: Registration, place: ColumnPlace, maxScore: number): Promise<Made> {
  return transaction(async (tx) => {
    await mayBeSilent(tx, makingSeconds)
    await query(tx, 'select pg_advisory_xact_lock(hashtext($1))', [`column ${place.placement_id}`])
    return makeColumn(registration, place, maxScore)
  })
}

interface Column {
  line_item_url: string | null
  external_id: string
  title: string
  activity_id: string | null
  origins: string[]
}

const no = (why: string | null = null): Made => ({ made: false, why })

async function makeColumn(registration: Registration, place: ColumnPlace, maxScore: number): Promise<Made> {
  const [now] = await queryAlone<Column>(
    `select s.line_item_url, p.external_id, p.title, p.activity_id, d.origins
     from placement_services s join placements p on p.id = s.placement_id join deployments d on d.id = s.deployment_id
     where s.placement_id = $1`,
    [place.placement_id],
  )
  if (now && now.line_item_url !== place.line_item_url) return now.line_item_url !== null ? { made: true } : no()
  const all = place.line_items_url
  if (!now || !all || !place.scopes.includes(writing)) return no()
  const standing = await standingColumn(registration, all, now.external_id)
  if (standing) return keep(registration, place, now, standing)
  const answer = await gradeCall(registration, {
    ...{ method: 'POST', url: all, scope: writing, contentType },
    body: JSON.stringify({
      label: now.title || 'Cuepoint',
      scoreMaximum: maxScore,
      resourceLinkId: now.external_id,
      ...(now.activity_id ? { resourceId: now.activity_id } : {}),
    }),
  })
  if (answer.kind === 'later') return no(answer.why)
  const made = answer.kind === 'ok' ? addressIn(parsed(answer.body)) : undefined
  return made ? keep(registration, place, now, made) : no()
}

/** A column of this link that the LMS has already: a try of ours whose answer was lost, say. */
async function standingColumn(registration: Registration, all: string, linkId: string): Promise<string | undefined> {
  const url = new URL(all)
  url.searchParams.set('resource_link_id', linkId)
  const answer: Answer = await gradeCall(registration, { method: 'GET', url: url.href, scope: writing, contentType: containerType })
  const list = answer.kind === 'ok' ? parsed(answer.body) : undefined
  // Not every LMS filters as it is asked to.
  const mine = Array.isArray(list) ? list.find((it) => (it as { resourceLinkId?: unknown } | null)?.resourceLinkId === linkId) : undefined
  return addressIn(mine)
}

async function keep(registration: Registration, place: ColumnPlace, now: Column, address: string): Promise<Made> {
  if (!originAllowed(registration, address, now.origins)) return no()
  const kept = await transaction(async (tx) => {
    const rows = await query(
      tx,
      `update placement_services set line_item_url = $2, line_item_made = true, updated_at = now()
       where placement_id = $1 and line_item_url is not distinct from $3 returning 1`,
      [place.placement_id, address, now.line_item_url],
    )
    if (rows.length > 0) await noteTakesScores(tx, place.placement_id)
    if (rows.length > 0 && now.line_item_url) await sendAllAgain(tx, place.placement_id)
    return rows.length > 0
  })
  return kept ? { made: true } : no()
}

function addressIn(column: unknown): string | undefined {
  const { id } = (column ?? {}) as { id?: unknown }
  return typeof id === 'string' && URL.canParse(id) ? id : undefined
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}
