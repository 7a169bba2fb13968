// The operator's calls about how LMSs come in.
import {
  addRegistrationLink,
  decideDeployment,
  decideDeploymentOrigin,
  decideRegistration,
  dropRegistrationLink,
  getRegistrationDesk,
  rotateToolKey,
} from '@cuepoint/contracts'
import { tool } from '@cuepoint/lti-config'
import { now } from '../../../kernel/clock.ts'
import { config } from '../../../kernel/config.ts'
import { queryAlone } from '../../../kernel/db.ts'
import { invalid } from '../../../kernel/errors.ts'
import { implement } from '../../../kernel/http/implement.ts'
import { log } from '../../../kernel/log.ts'
import { lmsNames } from '../lms/index.ts'
import { approveRegistration, grantedOf, refuseDeployment } from './approvals.ts'
import { approveDeployment } from './deployments.ts'
import { keyStates, rotateKey } from './keys.ts'
import { askedOrigins, decideOrigin } from './origins.ts'
import { listRegistrationLinks, makeRegistrationLink, revokeRegistrationLink } from './registration-links.ts'
import { scopeWords } from './registration-pages.ts'
import { listRegistrations, setStatus } from './registry.ts'

const ok = { ok: true } as const

async function desk() {
  const pending = (await listRegistrations()).filter((it) => it.status === 'pending')
  const { publicUrl } = config()
  return {
    now: now().toISOString(),
    links: (await listRegistrationLinks()).map((it) => ({ ...it, expiresAt: it.expiresAt.toISOString() })),
    pending: await Promise.all(
      pending.map(async (it) => ({
        id: it.id,
        name: it.name,
        lms: it.lms,
        issuer: it.issuer,
        clientId: it.clientId,
        addresses: [it.authUrl, it.tokenUrl, it.jwksUrl],
        refusedScopes: ((await grantedOf(it.id))?.refusedScopes ?? []).map(scopeWords),
      })),
    ),
    deployments: await queryAlone<{ registrationId: string; platform: string; deploymentId: string; status: 'pending' | 'refused' }>(
      `select d.registration_id "registrationId", r.name platform, d.deployment_id "deploymentId", d.status
       from deployments d join registrations r on r.id = d.registration_id
       where d.status <> 'approved' and r.status = 'active' order by d.first_seen_at desc limit 200`,
    ),
    origins: await askedOrigins(),
    keys: (await keyStates()).map((it) => ({
      ...it,
      signsFrom: it.signsFrom.toISOString(),
      publishedUntil: it.publishedUntil?.toISOString() ?? null,
    })),
    addresses: {
      login: publicUrl + tool.paths.login,
      launch: publicUrl + tool.paths.launch,
      keys: publicUrl + tool.paths.keys,
      canvas: publicUrl + tool.paths.canvas,
    },
  }
}

export const registrationDeskRoutes = [
  implement(getRegistrationDesk, desk),
  implement(addRegistrationLink, async ({ body }) => {
    if (body.lms !== null && !lmsNames.includes(body.lms)) throw invalid('There is no such LMS.')
    const { link, address } = await makeRegistrationLink({ name: body.name, lms: body.lms ?? undefined })
    return { address, expiresAt: link.expiresAt.toISOString() }
  }),
  implement(dropRegistrationLink, async ({ body }) => {
    await revokeRegistrationLink(body.linkId)
    return ok
  }),
  implement(decideRegistration, async ({ body }) => {
    if (body.approve) await approveRegistration(body.registrationId)
    else await setStatus(body.registrationId, 'retired')
    return ok
  }),
  implement(decideDeployment, async ({ caller, body }) => {
    await (body.approve ? approveDeployment : refuseDeployment)(body.registrationId, body.deploymentId)
    log.info({ audit: 'deployment-decided', operatorSessionId: caller.operatorSessionId, ...body }, 'an operator decided of a deployment')
    return ok
  }),
  implement(decideDeploymentOrigin, async ({ body }) => {
    await decideOrigin(body.registrationId, body.deploymentId, body.origin, body.approve)
    return ok
  }),
  implement(rotateToolKey, async () => {
    await rotateKey()
    return ok
  }),
]
