// Tells an LMS where its notices go (Platform Notification Service 1.0): at the first launch that says it has them, and every hour
// where that failed or is a day old. One handler for each type and deployment (Canvas, fact 15).
import { now, nowMs } from '../../../kernel/clock.ts'
import { config } from '../../../kernel/config.ts'
import { queryAlone } from '../../../kernel/db.ts'
import { log } from '../../../kernel/log.ts'
import { schedule } from '../../../kernel/module.ts'
import { originAllowed, registrationById } from '../platforms/registry.ts'
import { type ServiceGet, serviceGet, servicePut } from '../services/service-get.ts'
import { copyNotice } from './receiving.ts'

export const noticesPath = '/lti/notices'
const againSeconds = 3000
const checkedSeconds = 86_400
const oneCall: Pick<ServiceGet, 'scope' | 'accept' | 'kind' | 'timeoutMs'> = {
  scope: 'https://purl.imsglobal.org/spec/lti/scope/noticehandlers',
  accept: 'application/json',
  kind: 'notices',
  timeoutMs: 10_000,
}

/** Asks for notices of copied courses, where this deployment's LMS has them and that was not done lately. Never throws for what the LMS does. */
export async function subscribe(deploymentId: string): Promise<void> {
  const [from] = await queryAlone<{ registration_id: string; notices_url: string; origins: string[] }>(
    `select s.registration_id, s.notices_url, d.origins from placement_services s join deployments d on d.id = s.deployment_id
     where s.deployment_id = $1 and s.notices_url is not null and $2 = any (s.notice_types) and d.status = 'approved'
     order by s.updated_at desc limit 1`,
    [deploymentId, copyNotice],
  )
  const registration = from && (await registrationById(from.registration_id))
  if (!from || registration?.status !== 'active' || !originAllowed(registration, from.notices_url, from.origins)) return
  const handler = `${config().publicUrl}${noticesPath}`
  if (!(await claim(deploymentId, handler))) return
  const failure = await ask(() => registered(registration, from.notices_url, handler))
  if (failure) log.warn({ registrationId: registration.id, why: failure }, 'an LMS does not take where its notices go')
  await queryAlone(
    `update notice_handlers set failure = $3, registered_at = case when $3::text is null then $4 else registered_at end
     where deployment_id = $1 and notice_type = $2`,
    [deploymentId, copyNotice, failure, now()],
  )
}

/** One of any number of processes gets it; another address of ours counts as never asked. */
async function claim(deploymentId: string, handler: string): Promise<boolean> {
  const claimed = await queryAlone(
    `insert into notice_handlers as h (deployment_id, notice_type, url, tried_at) values ($1, $2, $3, $4)
     on conflict (deployment_id, notice_type) do update set url = excluded.url, tried_at = excluded.tried_at,
       registered_at = case when h.url = excluded.url then h.registered_at end
     where h.url <> excluded.url or h.tried_at is null
       or h.tried_at <= case when h.registered_at is null or h.failure is not null then $5::timestamptz else $6 end
     returning 1`,
    [deploymentId, copyNotice, handler, now(), new Date(nowMs() - againSeconds * 1000), new Date(nowMs() - checkedSeconds * 1000)],
  )
  return claimed.length > 0
}

type Registered = NonNullable<Awaited<ReturnType<typeof registrationById>>>

/** null: it stands there now. What stands there already is not written again. */
async function registered(registration: Registered, url: string, handler: string): Promise<string | null> {
  const standing = await serviceGet(registration, { ...oneCall, url })
  if (standing.status === 200 && handlerIn(standing.body) === handler) return null
  const answer = await servicePut(registration, { ...oneCall, url, body: { notice_type: copyNotice, handler } })
  return answer.status >= 200 && answer.status < 300 ? null : `the LMS answered with status ${answer.status}`
}

async function ask(call: () => Promise<string | null>): Promise<string | null> {
  try {
    return await call()
  } catch (error) {
    return error instanceof Error ? error.message : 'unknown'
  }
}

function handlerIn(body: string): string | undefined {
  try {
    const { notice_handlers } = JSON.parse(body) as { notice_handlers?: { notice_type?: unknown; handler?: unknown }[] }
    const found = notice_handlers?.find((it) => it?.notice_type === copyNotice)?.handler
    return typeof found === 'string' ? found : undefined
  } catch {
    return undefined
  }
}

export const subscribeToNotices = schedule({
  name: 'lti.subscribe-to-notices',
  everySeconds: 3600,
  async run() {
    const rows = await queryAlone<{ deployment_id: string }>(
      'select distinct deployment_id from placement_services where notices_url is not null and $1 = any (notice_types)',
      [copyNotice],
    )
    for (const { deployment_id } of rows) await subscribe(deployment_id)
    await queryAlone('delete from taken_notices where expires_at < $1', [now()])
  },
})
