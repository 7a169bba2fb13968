// The tool's key is changed with overlap: a launch and a score work at every moment of it, and nobody sees the private half.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { setClock } from '../src/kernel/clock.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { log } from '../src/kernel/log.ts'
import { keyStates, rotateKey } from '../src/modules/lti/index.ts'
import { publishedKeys, toolKey, wipeRetiredKeys } from '../src/modules/lti/platforms/keys.ts'
import { forgetTokens } from '../src/modules/lti/services/access-token.ts'
import { callTool, eventually, startSchool, type TestSchool } from './_app.ts'
import { launchAs, placeSample, rightAnswers } from './_journey.ts'

const hour = 3_600_000
const overlapHours = 24
const RealDate = Date
const begin = Date.now()
let shiftMs = 0

/** One clock, running and set ahead, for the tool and for the LMS beside it. */
class ShiftedDate extends RealDate {
  constructor(...given: unknown[]) {
    super(...((given.length > 0 ? given : [ShiftedDate.now()]) as [number]))
  }
  static override now(): number {
    return RealDate.now() + shiftMs
  }
  static override [Symbol.hasInstance](it: unknown): boolean {
    return Function.prototype[Symbol.hasInstance].call(RealDate, it)
  }
}
const lines: string[] = []
let school: TestSchool
let placed: Awaited<ReturnType<typeof placeSample>>

beforeAll(async () => {
  vi.stubGlobal('Date', ShiftedDate)
  setClock(() => Date.now())
  school = await startSchool({ env: { KEY_OVERLAP_HOURS: String(overlapHours), LOG_LEVEL: 'silent' } })
  for (const level of ['info', 'warn', 'error'] as const)
    vi.spyOn(log, level).mockImplementation((...said: unknown[]) => void lines.push(JSON.stringify(said)))
  placed = await placeSample(school)
})
afterAll(async () => {
  await school?.stop()
  vi.restoreAllMocks()
  vi.unstubAllGlobals()
  setClock()
})

const at = (hours: number): void => {
  shiftMs = hours * hour
}
const kidsNow = async (): Promise<string[]> => (await publishedKeys()).keys.map((key) => (key as { kid: string }).kid)

/** A new learner launches, hands in, and the score arrives with an access token that the key of this moment asked for. */
async function launchAndScore(): Promise<string> {
  school.lms.platform.expireTokens()
  forgetTokens()
  await queryAlone('delete from access_tokens')
  const learner = school.lms.addPerson({ givenName: 'Ada', familyName: randomUUID().slice(0, 6), courses: { '2': 'learner' } })
  const before = { scores: school.lms.scores.length, tokens: school.lms.tokenRequests }
  const seat = await launchAs(school, learner.username, placed.itemId)
  const attempt = seat.data.player.current
  const answers = rightAnswers('photosynthesis-and-cell-energy', attempt.questions)
  await callTool(school.origin, seat.token, 'POST', `/api/attempts/${attempt.id}/submit`, { key: randomUUID(), answers })
  await eventually('the score arrives', () =>
    school.lms.gradebook('2').some((it) => it.name === learner.name && it.score === attempt.maxScore),
  )
  expect(school.lms.scores.length).toBe(before.scores + 1)
  expect(school.lms.tokenRequests).toBe(before.tokens + 1)
  return (await toolKey()).kid
}

it('through every phase: published first, then signing, the old one withdrawn last', { timeout: 60_000 }, async () => {
  const old = await launchAndScore()
  /** What an LMS that looked at our keys at this hour knows of them. */
  const seen: { hours: number; kids: string[] }[] = []
  const look = async (hours: number): Promise<void> => void seen.push({ hours, kids: await kidsNow() })
  await look(0)

  at(1)
  const made = await rotateKey()
  expect(made.state).toBe('coming')
  expect(Math.abs(made.signsFrom.getTime() - begin - (1 + overlapHours) * hour)).toBeLessThan(60_000)
  await look(1)
  expect(await kidsNow()).toEqual(expect.arrayContaining([old, made.kid]))
  await expect(rotateKey()).rejects.toMatchObject({ code: 'rotation_under_way' })

  const expected = [
    [1, old],
    [1 + overlapHours - 0.01, old],
    [1 + overlapHours + 0.05, made.kid],
    [1 + 2 * overlapHours - 0.01, made.kid],
    [1 + 2 * overlapHours + 0.05, made.kid],
  ] as const
  for (const [hours, kid] of expected) {
    at(hours)
    await look(hours)
    const signing = await launchAndScore()
    expect(signing).toBe(kid)
    // Even an LMS that looked a whole overlap ago, and not since, knows the key that signs now.
    const stale = seen.filter((it) => it.hours <= Math.max(0, hours - overlapHours)).at(-1)
    if (hours >= 1 + overlapHours) expect(stale?.kids).toContain(signing)
  }
  expect(await kidsNow()).toEqual([made.kid])
  expect(await keyStates()).toEqual([expect.objectContaining({ kid: made.kid, state: 'signing', publishedUntil: null })])
})

describe('the private half', () => {
  it('is in no answer, no log line and, in clear, in no row', async () => {
    const { pem, kid } = await toolKey()
    const secret = pem.replace(/-----[^-]+-----|\s/g, '').slice(40, 80)
    const jwks = await (await fetch(`${school.origin}/lti/keys`)).text()
    for (const key of JSON.parse(jwks).keys) {
      expect(key).toMatchObject({ kty: 'RSA', alg: 'RS256', use: 'sig' })
      for (const half of ['d', 'p', 'q', 'dp', 'dq', 'qi']) expect(key).not.toHaveProperty(half)
    }
    const [row] = await queryAlone<{ text: string }>('select tool_keys::text as text from tool_keys where kid = $1', [kid])
    expect(lines.length).toBeGreaterThan(0)
    for (const text of [jwks, row?.text ?? secret, ...lines]) expect(text).not.toContain(secret)
  })

  it('is wiped once the key is withdrawn', async () => {
    await wipeRetiredKeys()
    const rows = await queryAlone<{ retired: boolean; empty: boolean }>(
      `select retired_at is not null and retired_at < $1 retired, private_sealed = '' empty from tool_keys`,
      [new Date()],
    )
    expect(rows).toContainEqual({ retired: true, empty: true })
    expect(rows.filter((it) => it.retired !== it.empty)).toEqual([])
  })
})

it('a key that has leaked is replaced at once', async () => {
  const before = await kidsNow()
  const made = await rotateKey({ atOnce: true })
  expect(made.state).toBe('signing')
  expect(await kidsNow()).toEqual([made.kid])
  expect(before).not.toContain(made.kid)
  school.lms.platform.forgetToolKeys()
  expect(await launchAndScore()).toBe(made.kid)
})
