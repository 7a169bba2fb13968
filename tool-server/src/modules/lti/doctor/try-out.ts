// Calls an LMS on purpose, one step at a time: its keys, an access token, a gradebook column that is made and deleted again.
// What was made is noted first, so that a try-out that broke off is cleaned up by the next one.
import type { Tried, TryStep } from '@cuepoint/contracts'
import { now } from '../../../kernel/clock.ts'
import { queryAlone } from '../../../kernel/db.ts'
import { notFound } from '../../../kernel/errors.ts'
import { platformFetch } from '../flight/recorded.ts'
import type { Ailment } from '../lms/advice/advice.ts'
import { adviceFor } from '../lms/advice/index.ts'
import { fetchPlatformKeys } from '../platforms/platform-keys.ts'
import { listRegistrations, originAllowed, type Registration } from '../platforms/registry.ts'
import { accessToken, askToken } from '../services/access-token.ts'
import { lineItemScope } from './checks.ts'

const media = 'application/vnd.ims.lis.v2.lineitem+json'
const label = 'Cuepoint test (may be deleted)'

export async function tryOut(platformId: string, step: TryStep): Promise<Tried> {
  const registration = (await listRegistrations()).find((it) => it.id === platformId)
  if (!registration) throw notFound()
  const ailment: Ailment = { keys: 'platform-keys', token: 'tool-keys', create: 'line-item', remove: 'line-item' }[step] as Ailment
  const deed = { keys, token, create, remove }[step]
  try {
    return { ok: true, says: await deed(registration), mend: null }
  } catch (error) {
    const says = error instanceof Error ? error.message : 'it failed'
    return { ok: false, says: sentence(says), mend: adviceFor(registration.lms, ailment) }
  }
}

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!]$/.test(text) ? '' : '.'}`

async function keys(registration: Registration): Promise<string> {
  const count = await fetchPlatformKeys(registration)
  return `The LMS publishes ${count} usable ${count === 1 ? 'key' : 'keys'}.`
}

async function token(registration: Registration): Promise<string> {
  await askToken(registration, lineItemScope)
  return 'The LMS knows our key and gives an access token.'
}

/** A place where a column can be made: of the course that was opened last. */
async function lineItemsOf(registration: Registration): Promise<{ url: string; origins: string[] }> {
  const [row] = await queryAlone<{ url: string; origins: string[] }>(
    `select s.line_items_url url, d.origins from placement_services s join deployments d on d.id = s.deployment_id
     where s.registration_id = $1 and s.line_items_url is not null and $2 = any (s.scopes) order by s.updated_at desc limit 1`,
    [registration.id, lineItemScope],
  )
  if (!row)
    throw new Error(
      'no course is known where Cuepoint may make a column: a teacher has to open an activity first, or the scope is not granted',
    )
  if (!originAllowed(registration, row.url, row.origins)) throw new Error('the address of the gradebook lies outside the LMS’s own site')
  return row
}

async function create(registration: Registration): Promise<string> {
  await remove(registration)
  const { url, origins } = await lineItemsOf(registration)
  const answer = await platformFetch({ registration, kind: 'line-item' }, url, {
    method: 'POST',
    headers: { authorization: `Bearer ${await accessToken(registration, [lineItemScope])}`, 'content-type': media, accept: media },
    body: JSON.stringify({ label, scoreMaximum: 1, tag: 'cuepoint-test' }),
  })
  if (answer.status < 200 || answer.status > 299) throw new Error(`the LMS did not make the column (status ${answer.status})`)
  const id = idIn(answer.body)
  if (!id || !originAllowed(registration, id, origins))
    throw new Error('the LMS does not say where the column is, so look for “Cuepoint test” and delete it by hand')
  await queryAlone('insert into test_line_items (registration_id, url, created_at) values ($1, $2, $3) on conflict do nothing', [
    registration.id,
    id,
    now(),
  ])
  return `The LMS made the column “${label}”.`
}

function idIn(body: string): string | undefined {
  try {
    const { id } = JSON.parse(body) as { id?: unknown }
    return typeof id === 'string' ? id : undefined
  } catch {
    return undefined
  }
}

async function remove(registration: Registration): Promise<string> {
  const rows = await queryAlone<{ url: string }>('select url from test_line_items where registration_id = $1', [registration.id])
  for (const { url } of rows) {
    const answer = await platformFetch({ registration, kind: 'line-item' }, url, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${await accessToken(registration, [lineItemScope])}` },
    })
    const gone = (answer.status >= 200 && answer.status < 300) || answer.status === 404 || answer.status === 410
    if (!gone) throw new Error(`the LMS did not delete the column “${label}” (status ${answer.status}); delete it by hand`)
    await queryAlone('delete from test_line_items where registration_id = $1 and url = $2', [registration.id, url])
  }
  return rows.length > 0 ? 'The LMS deleted it again.' : 'There was nothing to delete.'
}
