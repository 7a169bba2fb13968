// Launches that are refused for what came before them, or for when they come: replays, logins and keys that are old, many at once.
import { claim, type Fault } from '../../../fixtures/lms-simulator/index.ts'
import { nowMs, setClock } from '../../src/kernel/clock.ts'
import { queryAlone } from '../../src/kernel/db.ts'
import { approveDeployment } from '../../src/modules/lti/platforms/deployments.ts'
import { forgetPlatformKeys } from '../../src/modules/lti/platforms/platform-keys.ts'
import { registrationsOf } from '../../src/modules/lti/platforms/registry.ts'
import { claimsOf, type Row, type Scene, walk } from './rows.ts'

const ourClock = 'needs the clock of our process'
const minute = 60_000
const hour = 60 * minute

/** What comes of `deed` when the tool's clock is ahead by so much. */
async function later<T>(ms: number, deed: () => Promise<T>): Promise<T> {
  setClock(() => Date.now() + ms)
  try {
    return await deed()
  } finally {
    setClock()
  }
}

/** A whole launch, then its form posted once more after `ms`. */
const replayed =
  (ms: number) =>
  async (scene: Scene): Promise<Response> => {
    const it = await walk(scene)
    const cookie = it.toolCookies
    await (await it.launch()).text()
    return later(ms, () => it.launch({}, { headers: { cookie } }))
  }

/** A used login with a right token of a deployment whose institution is not made yet: the longest way to the landing. */
async function replayedElsewhere(scene: Scene): Promise<Response> {
  const it = await walk(scene)
  const cookie = it.toolCookies
  await (await it.launch()).text()
  const { issuer, clientId } = scene.lms.registration
  const ours = (await registrationsOf(issuer)).find((one) => one.clientId === clientId)
  await approveDeployment(ours?.id ?? '', 'approved-and-new')
  const claims = { ...claimsOf(it.formFields.id_token ?? ''), [claim.deploymentId]: 'approved-and-new' }
  const answer = await it.launch({ id_token: scene.lms.platform.signIdToken(claims) }, { headers: { cookie } })
  // What was still under way when the answer went out would be written by now.
  await new Promise((done) => setTimeout(done, 200))
  return answer
}

/** One form posted 50 times at once: a refused answer, where exactly one came through. */
async function fiftyAtOnce(scene: Scene): Promise<Response> {
  const it = await walk(scene)
  const cookie = it.toolCookies
  const answers = await Promise.all(Array.from({ length: 50 }, () => it.launch({}, { headers: { cookie } })))
  const refused = answers.filter((one) => one.status >= 400)
  if (refused.length === 50) throw new Error('not one came through')
  if (refused.length < 49) throw new Error('more than one came through')
  for (const one of answers) if (one !== refused[0]) await one.text()
  return refused[0] as Response
}

/** A launch while the LMS's keys cannot be had; `keptHours`: how old the ones are that we hold. */
export const keysAway =
  (fault: Fault, keptHours?: number) =>
  async (scene: Scene): Promise<Response> => {
    if (keptHours !== undefined) await (await (await walk(scene)).launch()).text()
    forgetPlatformKeys()
    if (keptHours === undefined) await queryAlone('delete from platform_key_sets')
    const ahead = (keptHours ?? 0) * hour
    try {
      return await later(ahead, async () => {
        scene.lms.faults.jwks = () => fault
        const it = await walk(scene)
        const claims = claimsOf(it.formFields.id_token ?? '')
        const seconds = Math.floor(nowMs() / 1000)
        const token = scene.lms.platform.signIdToken({ ...claims, iat: seconds, exp: seconds + 60 })
        return it.launch(ahead ? { id_token: token } : {}, { signal: AbortSignal.timeout(8_000) })
      })
    } finally {
      scene.lms.faults.clear()
      forgetPlatformKeys()
    }
  }

/** A thousand tokens under kids that nobody has: refused, and the LMS's keys are fetched once in a minute at most. */
async function randomKids(scene: Scene): Promise<Response> {
  const it = await walk(scene)
  const body = { iss: scene.lms.registration.issuer, aud: scene.lms.registration.clientId }
  const cookie = it.toolCookies
  const send = (kid: string) => it.launch({ id_token: scene.lms.platform.signIdToken(body, { kid }) }, { headers: { cookie } })
  const before = scene.lms.jwksFetches
  const rounds = scene.stock ? 10 : 200
  for (let at = 0; at < rounds; at++) await Promise.all(Array.from({ length: 5 }, async (_, n) => (await send(`random-${at}-${n}`)).text()))
  const inTheMinute = scene.lms.jwksFetches - before
  if (inTheMinute > 1) throw new Error('a fetch of the keys for each token')
  const answer = await later(61_000, async () =>
    (await walk(scene)).launch({ id_token: scene.lms.platform.signIdToken(body, { kid: 'later' }) }),
  )
  if (scene.lms.jwksFetches - before > inTheMinute + 1) throw new Error('more than one fetch in the second minute')
  return answer
}

const away: [string, Fault][] = [
  ['down', { drop: true }],
  ['a login page with status 200', { status: 200, body: '<html>sign in</html>' }],
  ['empty', { status: 200, body: '{"keys":[]}' }],
  ['status 500', { status: 500 }],
  ['2 MB large', { status: 200, body: `{"keys":[],"x":"${'x'.repeat(2_000_000)}"}` }],
  ['slow: 20 s', { delayMs: 20_000 }],
]

const used = { status: 401, reason: 'state_used', sessions: 1, attack: 11 }

export const refusedInTime: Row[] = [
  {
    ...{ id: 'B13', says: 'a login of eleven minutes ago', status: 401, reason: 'state_expired', oursOnly: ourClock },
    send: async (scene) => {
      const it = await walk(scene)
      return later(11 * minute, () => it.launch())
    },
  },
  {
    ...{ id: 'B14.2', says: 'state used twice, the second time for another deployment', oursOnly: 'needs our tables' },
    ...used,
    send: replayedElsewhere,
  },
  {
    ...{ id: 'B21.2', says: 'many tokens with random kids: one fetch of the keys a minute', status: 401, reason: 'kid_unknown', attack: 5 },
    send: randomKids,
  },
  ...away.map(([how, fault], at) => ({
    ...{ id: `B28.${at + 1}`, says: `the LMS’s keys: ${how}, and none are kept`, status: 503, reason: 'platform_keys_unreachable' },
    ...{ attack: 26, send: keysAway(fault) },
  })),
  {
    ...{ id: 'B28.7', says: 'the LMS’s keys: down, and those kept are 25 hours old', status: 503, reason: 'platform_keys_unreachable' },
    ...{ oursOnly: ourClock, sessions: 1, send: keysAway({ drop: true }, 25) },
  },
  { id: 'B41', says: 'the same launch replayed at once', ...used, send: replayed(0) },
  { id: 'B41.2', says: 'the same launch replayed after 11 s', ...used, oursOnly: ourClock, send: replayed(11_000) },
  {
    ...{ id: 'B41.3', says: 'the token of a used launch with a login of its own', status: 401, reason: 'nonce_differs', sessions: 1 },
    send: async (scene) => {
      const first = await walk(scene)
      await (await first.launch()).text()
      return (await walk(scene)).launch({ id_token: first.formFields.id_token })
    },
  },
  { id: 'B42', says: 'the same launch 50 times at once: one session', ...used, send: fiftyAtOnce },
  { id: 'B43', says: 'the same launch replayed after eleven minutes', ...used, oursOnly: ourClock, send: replayed(11 * minute) },
]
