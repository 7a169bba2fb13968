// The LMS of the benchmarks: signs id_tokens (RS256, a nonce each, so none can be made beforehand) with the claims a Moodle 5.1
// sends, serves its keys, and counts who fetches them. What it does costs the bench's own process, never a contender's.
import { createSign, generateKeyPairSync } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { serveLean, type Told } from './lean-http.ts'

const clientId = 'bench-client'
const deploymentId = '1'

export interface Subject {
  id: string
  role: 'Instructor' | 'Learner'
}

export interface Platform {
  origin: string
  clientId: string
  deploymentId: string
  authUrl: string
  tokenUrl: string
  jwksUrl: string
  lineItem: string
  /** Told of each score that is taken, by the learner's id and the score. */
  onScore: (userId: string, score: number) => void
  /** For scores: rosters have tokens of their own. */
  tokenRequests: number
  /** Requests that the tools made to this LMS: key fetches, or anything else. */
  fetches: number
  loginFields(subject: Subject, target: string): Record<string, string>
  idToken(subject: Subject, target: string, nonce: string): string
  stop(): Promise<void>
}

export async function startPlatform(): Promise<Platform> {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const kid = 'bench-key'
  const jwks = JSON.stringify({ keys: [{ ...publicKey.export({ format: 'jwk' }), kid, alg: 'RS256', use: 'sig' }] })
  const head = encoded({ alg: 'RS256', typ: 'JWT', kid })
  const server = await serveLean(({ path, body }) => {
    if (path.includes('/lineitem/scores?')) return take(platform, body)
    if (path.startsWith('/auth?')) return authorise(platform, path)
    if (path === '/token') return grant(platform, body)
    platform.fetches++
    return { status: path === '/jwks' ? 200 : 404, type: 'application/json', body: jwks }
  })
  const { origin } = server
  const platform: Platform = {
    ...{ origin, clientId, deploymentId, authUrl: `${origin}/auth`, tokenUrl: `${origin}/token`, jwksUrl: `${origin}/jwks` },
    lineItem: `${origin}/mod/lti/services.php/2/lineitems/1/lineitem?type_id=1`,
    ...{ fetches: 0, tokenRequests: 0, onScore: () => undefined },
    loginFields: (subject, target) => ({
      ...{ iss: origin, client_id: clientId, lti_deployment_id: deploymentId, target_link_uri: target },
      ...{ login_hint: `${subject.role}:${subject.id}`, lti_message_hint: JSON.stringify({ cmid: 12, launchid: `launch-${subject.id}` }) },
    }),
    idToken(subject, target, nonce) {
      const signed = `${head}.${encoded(claimsOf(origin, subject, target, nonce))}`
      return `${signed}.${createSign('RSA-SHA256').update(signed).sign(privateKey, 'base64url')}`
    },
    async stop() {
      server.stop()
    },
  }
  return platform
}

/** For a real browser: answers the authorisation with a form that posts itself to the tool. */
function authorise(platform: Platform, path: string): Told {
  const asked = new URL(path, platform.origin).searchParams
  const [role, id] = (asked.get('login_hint') ?? '').split(':')
  const action = asked.get('redirect_uri') ?? ''
  const subject: Subject = { id: id ?? '', role: role === 'Instructor' ? role : 'Learner' }
  const token = platform.idToken(subject, `${new URL(action).origin}/`, asked.get('nonce') ?? '')
  const field = (name: string, value: string) => `<input type="hidden" name="${name}" value="${value}">`
  const form = `<form method="post" action="${action}">${field('id_token', token)}${field('state', asked.get('state') ?? '')}</form>`
  return { type: 'text/html', body: `<!doctype html>${form}<script>document.forms[0].submit()</script>` }
}

/** An access token for whoever asks, after as long as an LMS takes to check who it is. */
async function grant(platform: Platform, body: string): Promise<Told> {
  if (/scope%2Fscore/i.test(body)) platform.tokenRequests++
  const token = JSON.stringify({ access_token: `token-${platform.tokenRequests}`, token_type: 'Bearer', expires_in: 3600, scope: '' })
  await sleep(20)
  return { type: 'application/json', body: token }
}

function take(platform: Platform, body: string): Told {
  const score = JSON.parse(body) as { userId: string; scoreGiven: number }
  platform.onScore(score.userId, score.scoreGiven)
  return { type: 'application/vnd.ims.lis.v1.score+json', body: '' }
}

function encoded(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}

/** As fixtures/golden/moodle-5.1.json has them. */
function claimsOf(origin: string, { id, role }: Subject, target: string, nonce: string): Record<string, unknown> {
  const seconds = Math.floor(Date.now() / 1000)
  const lti = 'https://purl.imsglobal.org/spec/lti/claim/'
  const ags = 'https://purl.imsglobal.org/spec/lti-ags/scope/'
  const services = `${origin}/mod/lti/services.php`
  const name = { given_name: 'Bench', family_name: `Number ${id}`, name: `Bench Number ${id}` }
  return {
    ...{ nonce, iat: seconds, exp: seconds + 60, iss: origin, aud: clientId, sub: id, ...name, email: `${id}@example.test` },
    [`${lti}deployment_id`]: deploymentId,
    [`${lti}target_link_uri`]: target,
    [`${lti}lis`]: { person_sourcedid: `sis-${id}`, course_section_sourcedid: 'BIO-1' },
    [`${lti}roles`]: [`http://purl.imsglobal.org/vocab/lis/v2/membership#${role}`],
    [`${lti}context`]: { id: '2', label: 'BIO1', title: 'Biology 1', type: ['CourseSection'] },
    [`${lti}message_type`]: 'LtiResourceLinkRequest',
    [`${lti}resource_link`]: { title: 'A quiz', description: '', id: '1' },
    'https://purl.imsglobal.org/spec/lti-bo/claim/basicoutcome': {
      lis_result_sourcedid: JSON.stringify({ data: { instanceid: '1', userid: id, typeid: '1', launchid: 1 }, hash: '0'.repeat(64) }),
      lis_outcome_service_url: `${origin}/mod/lti/service.php`,
    },
    [`${lti}ext`]: { user_username: id, lms: 'moodle-2' },
    [`${lti}launch_presentation`]: { locale: 'en', document_target: 'iframe', return_url: `${origin}/mod/lti/return.php?course=2` },
    [`${lti}tool_platform`]: {
      ...{ product_family_code: 'moodle', version: '2025100600', guid: 'moodle.example', name: 'Moodle', description: 'A Moodle' },
    },
    [`${lti}version`]: '1.3.0',
    [`${lti}custom`]: { context_memberships_url: `${services}/CourseSection/2/bindings/1/memberships` },
    'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint': {
      scope: ['lineitem', 'lineitem.readonly', 'result.readonly', 'score'].map((word) => ags + word),
      lineitems: `${services}/2/lineitems?type_id=1`,
      lineitem: `${services}/2/lineitems/1/lineitem?type_id=1`,
    },
    'https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice': {
      context_memberships_url: `${services}/CourseSection/2/bindings/1/memberships`,
      service_versions: ['1.0', '2.0'],
    },
  }
}
