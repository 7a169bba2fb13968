// Our own signer of deep-linking responses that carry an error: ltijs writes the errormsg claim under a name that no LMS reads
// (docs/decisions/0001-ltijs.md).
import type { ReturnProblem } from '@cuepoint/contracts'
import { SignJWT } from 'jose'
import { newToken, nowMs } from '../../../kernel/clock.ts'
import type { DeepLinkingSettings } from '../launch/claims.ts'
import { toolKey } from '../platforms/keys.ts'
import type { Registration } from '../platforms/registry.ts'

const lti = 'https://purl.imsglobal.org/spec/lti/claim/'
const dl = 'https://purl.imsglobal.org/spec/lti-dl/claim/'
/** As long as ltijs gives its own. */
const lifeSeconds = 60

/** What people read in their LMS, and what stands in its log. */
const words: Record<ReturnProblem, { message: string; log: string }> = {
  activity_gone: {
    message: 'Nothing was added: the activity that was chosen has been deleted in Cuepoint. Choose another one.',
    log: 'cuepoint: activity_gone, the chosen activity was deleted before the return',
  },
  nothing_to_add: {
    message: 'Nothing was added: no activity of this course is published in Cuepoint yet. Publish one, then add it.',
    log: 'cuepoint: nothing_to_add, the course has no published activity',
  },
  failed: {
    message: 'Nothing was added: Cuepoint could not finish. Please try again.',
    log: 'cuepoint: failed, the choice could not be completed',
  },
}

export async function signProblem(
  registration: Registration,
  deploymentId: string,
  { data }: DeepLinkingSettings,
  problem: ReturnProblem,
): Promise<string> {
  const { kid, privateKey } = await toolKey()
  const seconds = Math.floor(nowMs() / 1000)
  return new SignJWT({
    nonce: newToken(),
    [`${lti}deployment_id`]: deploymentId,
    [`${lti}message_type`]: 'LtiDeepLinkingResponse',
    [`${lti}version`]: '1.3.0',
    ...(data === null ? {} : { [`${dl}data`]: data }),
    [`${dl}content_items`]: [],
    [`${dl}errormsg`]: words[problem].message,
    [`${dl}errorlog`]: words[problem].log,
  })
    .setProtectedHeader({ alg: 'RS256', kid, typ: 'JWT' })
    .setIssuer(registration.clientId)
    .setAudience(registration.issuer)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + lifeSeconds)
    .sign(privateKey)
}
