// Access tokens: revoked, refused, short-lived, asked for by many at once.
import { setTimeout as wait } from 'node:timers/promises'
import { loginPage } from '../../../fixtures/lms-simulator/index.ts'
import { queryAlone } from '../../src/kernel/db.ts'
import { registrationById } from '../../src/modules/lti/platforms/registry.ts'
import { forgetTokens } from '../../src/modules/lti/services/access-token.ts'
import { scopes } from '../../src/modules/lti/services/grade-call.ts'
import type { Row } from '../family.ts'
import { sometimes } from './answer-rows.ts'
import type { Run, Stage } from './stage.ts'

async function withoutTokens(): Promise<void> {
  forgetTokens()
  await queryAlone('delete from access_tokens')
}

const refusals = ({ lms }: Run): number => lms.calls.filter((it) => it.kind === 'score' && it.status === 401).length

type AccessToken = typeof import('../../src/modules/lti/services/access-token.ts')

/** Each remembers tokens for itself, as a process of its own does; the database they share. */
async function coldWorkers(count: number): Promise<AccessToken[]> {
  const path = '../../src/modules/lti/services/access-token.ts'
  return Promise.all(Array.from({ length: count }, (_, at) => import(`${path}?worker=${at}`) as Promise<AccessToken>))
}

export function tokenRows(stage: Stage): Row[] {
  return [
    {
      name: 'token-revoked',
      does: 'the LMS forgets the access token in the middle of a batch (401)',
      holds: 'one new token, the call once more, no failure shown',
      async play(chance) {
        const run = await stage.begin(chance)
        const before = run.lms.tokenRequests
        const fault = sometimes(run, () => {
          run.lms.platform.expireTokens()
          return {}
        })
        await run.storm()
        await run.settle()
        const asked = run.lms.tokenRequests - before
        // The first may be due anyway; Results are read with a token of their own.
        return [...(await run.differences()), ...(asked > fault.came + 2 ? [`${asked} tokens for ${fault.came} revocations`] : [])]
      },
    },
    {
      name: 'token-refused',
      does: 'the LMS takes no token for a while, or gives none: 401, 400, 500, a web page, a cut connection',
      holds: 'one fresh token per try, then back-off; every grade arrives',
      async play(chance) {
        const run = await stage.begin(chance)
        if (chance.isTrue()) await withoutTokens()
        const before = run.lms.tokenRequests
        const fault = sometimes(
          run,
          ({ kind }) => {
            if (kind === 'score') return { status: 401, body: '' }
            return chance.one([
              { status: 400, body: JSON.stringify({ error: 'invalid_client' }) },
              { status: 500, body: 'down' },
              { drop: true },
              loginPage(),
            ])
          },
          ['score', 'token'],
        )
        await run.storm()
        await run.settle()
        const asked = run.lms.tokenRequests - before
        return [...(await run.differences()), ...(asked > fault.came * 2 + 4 ? [`${asked} token requests for ${fault.came} faults`] : [])]
      },
    },
    {
      name: 'token-life',
      does: 'expires_in is 1 s, short, missing, a text or no number; time goes on in the middle of a batch',
      holds: 'refreshed early enough that no call is refused, no failure shown',
      async play(chance) {
        const run = await stage.begin(chance)
        await withoutTokens()
        const [says, lives] = chance.one<[unknown, number]>([
          [1, 1],
          [30, 30],
          [120, 120],
          [3600, 3600],
          [undefined, 3600],
          ['3600', 3600],
          ['soon', 3600],
          [0, 3600],
          [null, 3600],
        ])
        run.lms.faults.ags = ({ kind }) => {
          if (kind === 'score') stage.clock.advance(chance.whole(0, 2_000))
          if (kind !== 'token') return undefined
          return {
            rewrite: ({ expires_in: _usual, ...rest }) => {
              const token = run.lms.state.tokens.get(rest.access_token)
              if (token) token.expiresAt = stage.clock.lms() + lives * 1000
              return says === undefined ? rest : { ...rest, expires_in: says }
            },
          }
        }
        await run.storm()
        await run.settle()
        const late = lives >= 120 ? refusals(run) : 0
        return [...(await run.differences()), ...(late > 0 ? [`${late} calls came with a token that was over`] : [])]
      },
    },
    {
      name: 'cold-workers',
      does: '32 workers without a token need one at the same time, the LMS takes its time',
      holds: 'one token request, the same token for all',
      async play(chance) {
        const run = await stage.begin(chance)
        await withoutTokens()
        const registration = await registrationById(run.class.registrationId)
        if (!registration) throw new Error('the registration is gone')
        const before = run.lms.tokenRequests
        run.lms.faults.ags = ({ kind }) => (kind === 'token' ? { delayMs: chance.whole(0, 40) } : undefined)
        const workers = chance.shuffled(await coldWorkers(32))
        for (const worker of workers) worker.forgetTokens()
        const tokens = await Promise.all(
          workers.map(async (worker) => {
            await wait(chance.whole(0, 20))
            return worker.accessToken(registration, [scopes.score])
          }),
        )
        await run.handIn(6)
        await run.settle()
        const asked = run.lms.tokenRequests - before
        return [
          ...(await run.differences()),
          ...(asked === 1 ? [] : [`${asked} token requests`]),
          ...(new Set(tokens).size === 1 ? [] : ['they have different tokens']),
        ]
      },
    },
  ]
}
