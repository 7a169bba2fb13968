// Gradebook columns (AGS line items) as far as scores need them: does one still stand, and one of ours that is gone made again.
import { queryAlone } from '../../../kernel/db.ts'
import { originAllowed, type Registration } from '../platforms/registry.ts'
import { gradeCall } from './grade-call.ts'
import type { LedgerRow } from './score-ledger.ts'

const ags = 'https://purl.imsglobal.org/spec/lti-ags/scope/'
const writing = `${ags}lineitem`
const reading = `${ags}lineitem.readonly`
const contentType = 'application/vnd.ims.lis.v2.lineitem+json'

/** false also where we may not look. */
export async function columnStands(registration: Registration, { line_item_url, scopes }: LedgerRow): Promise<boolean> {
  const scope = [reading, writing].find((it) => scopes.includes(it))
  if (!scope || !line_item_url) return false
  const answer = await gradeCall(registration, { method: 'GET', url: line_item_url, scope, contentType })
  return answer.kind === 'ok'
}

/** By placement. A registration's lane is one worker's at a time, so what is under way here is all there is. */
const making = new Map<string, Promise<boolean>>()

/** Makes the column of a placement again, once for all scores that ask at the same time. true: there is one now. */
export function columnMadeAgain(registration: Registration, row: LedgerRow): Promise<boolean> {
  const underWay = making.get(row.placement_id)
  if (underWay) return underWay
  const made = makeColumn(registration, row).finally(() => making.delete(row.placement_id))
  making.set(row.placement_id, made)
  return made
}

interface Column {
  line_item_url: string | null
  external_id: string
  title: string
  activity_id: string | null
  origins: string[]
}

async function makeColumn(registration: Registration, row: LedgerRow): Promise<boolean> {
  const [now] = await queryAlone<Column>(
    `select s.line_item_url, p.external_id, p.title, p.activity_id, d.origins
     from placement_services s join placements p on p.id = s.placement_id join deployments d on d.id = s.deployment_id
     where s.placement_id = $1`,
    [row.placement_id],
  )
  if (now && now.line_item_url !== row.line_item_url) return now.line_item_url !== null
  if (!now || !row.line_items_url || !row.scopes.includes(writing)) return false
  const answer = await gradeCall(registration, {
    ...{ method: 'POST', url: row.line_items_url, scope: writing, contentType },
    body: JSON.stringify({
      label: now.title || 'Cuepoint',
      scoreMaximum: row.max_score,
      resourceLinkId: now.external_id,
      ...(now.activity_id ? { resourceId: now.activity_id } : {}),
    }),
  })
  const made = answer.kind === 'ok' ? addressIn(answer.body) : undefined
  if (!made || !originAllowed(registration, made, now.origins)) return false
  const kept = await queryAlone(
    `update placement_services set line_item_url = $2, line_item_made = true, updated_at = now()
     where placement_id = $1 and line_item_url is not distinct from $3 returning placement_id`,
    [row.placement_id, made, row.line_item_url],
  )
  return kept.length > 0
}

function addressIn(body: string): string | undefined {
  try {
    const { id } = JSON.parse(body) as { id?: unknown }
    return typeof id === 'string' ? id : undefined
  } catch {
    return undefined
  }
}
