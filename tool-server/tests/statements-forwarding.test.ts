// Learning events reach the institution's LRS as statements, each once by its id, whatever the LRS answers.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { findingsIn } from '../../fixtures/xapi/profile.ts'
import { setClock } from '../src/kernel/clock.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { setPatience } from '../src/kernel/safe-fetch.ts'
import { lrsDesk, removeLrs, saveLrs, switchLrs } from '../src/modules/analytics/lrs/desk.ts'
import { resendToLrs } from '../src/modules/analytics/lrs/resending.ts'
import { forgetRests } from '../src/modules/analytics/lrs/standing.ts'
import { tryLrs } from '../src/modules/analytics/lrs/trial.ts'
import { addStub, issuer, type LearningStage, openLearningStage, rowsOf } from './_learning.ts'
import { newSchool } from './_quiz.ts'
import { warningsOf } from './_xapi-warnings.ts'

let stage: LearningStage
beforeAll(async () => {
  stage = await openLearningStage()
})
afterAll(async () => {
  setPatience()
  await stage?.close()
})
beforeEach(async () => {
  setClock()
  setPatience()
  forgetRests()
  stage.stub.forget()
  await queryAlone('delete from deliveries')
  await switchLrs(stage.lrsId, true)
})

// biome-ignore lint/suspicious/noExplicitAny: statements as the LRS holds them
const held = (): any[] => stage.stub.order.map((id) => stage.stub.statements.get(id))
const verbs = () => held().map(({ verb }) => verb.id.split('/').at(-1))
/** Time passes: what waits for a retry is due. */
const later = (minutes: number) => {
  setClock(() => Date.now() + minutes * 60_000)
}
const desk = async () => (await lrsDesk()).all.find(({ id }) => id === stage.lrsId)

describe('the statements of a quiz', () => {
  it('arrive in order, valid, about the account at the LMS', async () => {
    const { attemptId } = await stage.takes('Lea')
    await stage.drain()
    expect(verbs()).toEqual(['attempted', 'answered', 'answered', 'completed', 'passed', 'terminated'])
    for (const one of held()) expect(warningsOf(one)).toEqual([])
    expect(findingsIn(held())).toEqual([])
    expect(new Set(held().map(({ context }) => context.registration))).toEqual(new Set([attemptId]))
    expect(held()[0].actor.account.homePage).toBe(issuer)
    expect(JSON.stringify(held())).not.toContain('Lea')
    expect((await desk())?.sent).toBeGreaterThanOrEqual(6)
  })
  it('are kept here word for word as the LRS has them', async () => {
    const { attemptId } = await stage.takes()
    await stage.drain()
    const kept = await queryAlone<{ statement: unknown }>('select statement from statements where registration = $1 order by sequence', [
      attemptId,
    ])
    expect(kept.map(({ statement }) => statement)).toEqual(held())
  })
  it('go to each LRS that wants to hear of them, in its own words for people', async () => {
    const quiet = await addStub(stage.school, stage.stub, { actor: 'pseudonym', events: ['assessment.attempt.opened'] })
    await stage.takes()
    await stage.drain()
    expect(verbs().filter((verb) => verb === 'attempted')).toHaveLength(2)
    expect(verbs().filter((verb) => verb === 'completed')).toHaveLength(1)
    const names = held()
      .filter(({ verb }) => verb.id.endsWith('attempted'))
      .map(({ actor }) => actor.account.name)
    expect(new Set(names).size).toBe(2)
    await removeLrs(quiet)
    await stage.takes()
    await stage.drain()
    expect(verbs().filter((verb) => verb === 'attempted')).toHaveLength(3)
  })
  it('speak the version that the LRS was set to', async () => {
    const [now] = (await lrsDesk()).all.filter(({ id }) => id === stage.lrsId)
    if (!now) throw new Error('no LRS')
    const { institution, ...same } = now
    const form = { ...same, lrsId: stage.lrsId, institutionId: institution.id, password: null }
    await saveLrs({ ...form, xapiVersion: '2.0.0' })
    await stage.takes()
    await stage.drain()
    expect(new Set(stage.stub.posts.map(({ version }) => version))).toEqual(new Set(['2.0.0']))
    await saveLrs({ ...form, xapiVersion: '1.0.3' })
  })
  it('of another school never meet this LRS', async () => {
    const other = await newSchool()
    await queryAlone('update placements set activity_id = null where id = $1', [other.placementId])
    await stage.takes()
    await stage.drain()
    const rows = await queryAlone('select 1 from deliveries d join events e on e.id = d.event_id where e.institution_id = $1', [
      other.institutionId,
    ])
    expect(rows).toEqual([])
    expect(held()).toHaveLength(6)
  })
})

describe('an LRS that', () => {
  it('is away gets everything when it is back, in order, and nothing twice', async () => {
    stage.stub.mood = () => ({ is: 'status', status: 503 })
    await stage.takes()
    await stage.drain()
    later(60)
    await stage.takes()
    await stage.drain()
    expect(held()).toEqual([])
    expect((await desk())?.backlog.due).toBe(4)
    expect((await desk())?.lastError).toMatch(/^503/)
    stage.stub.mood = () => undefined
    later(60 * 26)
    await stage.drain()
    await stage.drain()
    expect(held()).toHaveLength(12)
    expect(stage.stub.again).toEqual([])
    expect((await desk())?.backlog).toEqual({ due: 0, parked: 0, oldestSeconds: 0 })
  })
  it('asks to wait is left alone for as long as it asks', async () => {
    stage.stub.mood = () => ({ is: 'status', status: 429, headers: { 'retry-after': '600' } })
    await stage.takes()
    await stage.drain()
    const asked = stage.stub.posts.length
    stage.stub.mood = () => undefined
    later(9)
    await stage.drain()
    expect(stage.stub.posts).toHaveLength(asked)
    later(13)
    await stage.drain()
    expect(held()).toHaveLength(6)
  })
  it.each([
    ['hangs', { is: 'hang' }],
    ['cuts the line', { is: 'drop' }],
    ['answers a byte at a time', { is: 'drip', ms: 20 }],
    ['answers a sign-in page with 200', { is: 'status', status: 200, body: '<html>Please sign in</html>' }],
  ] as const)('%s is tried again', async (_, mood) => {
    setPatience(0.02)
    let first = true
    stage.stub.mood = () => {
      if (!first) return undefined
      first = false
      return mood
    }
    await stage.takes()
    await stage.drain()
    setPatience()
    expect((await rowsOf(stage.lrsId)).some(({ state }) => state === 'due')).toBe(true)
    later(30)
    await stage.drain()
    expect(held()).toHaveLength(6)
    expect((await rowsOf(stage.lrsId)).every(({ state }) => state === 'done')).toBe(true)
  })
  it('took them and lost its answer has them once', async () => {
    let first = true
    stage.stub.mood = () => {
      if (!first) return undefined
      first = false
      return { is: 'take-then-drop' }
    }
    await stage.takes()
    await stage.drain()
    later(30)
    await stage.drain()
    expect(held()).toHaveLength(6)
    expect(new Set(stage.stub.order).size).toBe(6)
    expect((await rowsOf(stage.lrsId)).every(({ state }) => state === 'done')).toBe(true)
  })
  it('refuses one statement has all the others, and the refused one waits with its words', async () => {
    stage.stub.against = (one) => (one.verb.id.endsWith('passed') ? 'I do not like passing' : undefined)
    await stage.takes()
    await stage.drain()
    expect(verbs()).toEqual(['attempted', 'answered', 'answered', 'completed', 'terminated'])
    const rows = await rowsOf(stage.lrsId)
    expect(rows.map(({ state }) => state)).toEqual(['done', 'parked'])
    expect(rows[1]?.last_error).toContain('I do not like passing')
    // The lane goes on behind it.
    stage.stub.against = () => undefined
    await stage.takes()
    await stage.drain()
    expect(held()).toHaveLength(11)
  })
  it('refuses everything is paused, and nothing is given up', async () => {
    stage.stub.against = () => 'X-Experience-API-Version is not supported'
    for (let at = 0; at < 6; at++) await stage.takes()
    // All in one lane, as one learner's would be.
    await queryAlone(`update deliveries set lane = target || '/0' where listener = 'analytics.forward-statements'`)
    await stage.drain()
    expect((await desk())?.state).toBe('refused')
    expect((await desk())?.stateReason).toContain('refuses every statement')
    expect((await rowsOf(stage.lrsId)).every(({ state }) => state === 'due')).toBe(true)
  })
  it('finds one statement alone too large has all the others, and that one waits with its words', async () => {
    stage.stub.mood = (sent) =>
      sent.some((one) => one.verb.id.endsWith('completed')) ? { is: 'status', status: 413, body: 'too large for me' } : undefined
    await stage.takes()
    await stage.drain()
    expect(verbs()).toEqual(['attempted', 'answered', 'answered', 'passed', 'terminated'])
    expect((await rowsOf(stage.lrsId)).map(({ last_error }) => last_error)[1]).toContain('413: too large for me')
  })
  it('finds a batch too large gets it in parts', async () => {
    stage.stub.mood = (sent) => (sent.length > 2 ? { is: 'status', status: 413 } : undefined)
    await stage.takes()
    await stage.drain()
    expect(held()).toHaveLength(6)
    expect(Math.max(...stage.stub.posts.filter(({ status }) => status === 200).map(({ count }) => count))).toBe(2)
  })
  it.each([401, 403])('shuts us out with %i is paused until an administrator resumes it', async (status) => {
    stage.stub.mood = () => ({ is: 'status', status, body: 'this key is not welcome' })
    await stage.takes()
    await stage.drain()
    expect(await desk()).toMatchObject({ state: 'refused', stateReason: `${status}: this key is not welcome` })
    const asked = stage.stub.posts.length
    stage.stub.mood = () => undefined
    later(120)
    await stage.takes()
    await stage.drain()
    expect(stage.stub.posts).toHaveLength(asked)
    await switchLrs(stage.lrsId, true)
    await stage.drain()
    expect(held()).toHaveLength(12)
  })
  it('has a statement already is content where it says the same, and parks what says something else', async () => {
    await stage.takes()
    await stage.drain()
    // An LRS may add to what it took, and compare strictly.
    const [first, second] = stage.stub.order
    const change = (id: string | undefined, deed: (it: { version?: string; timestamp: string }) => void) => {
      const it = structuredClone(stage.stub.statements.get(id ?? ''))
      deed(it)
      stage.stub.statements.set(id ?? '', it)
    }
    change(first, (it) => (it.version = '1.0.0'))
    await queryAlone(`update deliveries set state = 'due', attempts = 0 where listener = 'analytics.forward-statements'`)
    await stage.drain()
    expect((await rowsOf(stage.lrsId)).map(({ state }) => state)).toEqual(['done', 'done'])
    change(second, (it) => (it.timestamp = '2020-01-01T00:00:00.000Z'))
    await queryAlone(`update deliveries set state = 'due', attempts = 0 where listener = 'analytics.forward-statements'`)
    await stage.drain()
    const rows = await rowsOf(stage.lrsId)
    expect(rows.map(({ state }) => state)).toEqual(['done', 'parked'])
    expect(rows[1]?.last_error).toContain('Conflicts with existing statement')
  })
  it('has a statement already and cannot be asked which is asked again later, and nothing is given up', async () => {
    await stage.takes()
    await stage.drain()
    stage.stub.isStrict = true
    stage.stub.reads = () => 503
    await queryAlone(`update deliveries set state = 'due', attempts = 0 where listener = 'analytics.forward-statements'`)
    await stage.drain()
    expect((await rowsOf(stage.lrsId)).map(({ state }) => state)).toEqual(['due', 'due'])
    expect((await desk())?.lastError).toMatch(/^503/)
    stage.stub.reads = () => undefined
    later(30)
    await stage.drain()
    expect((await rowsOf(stage.lrsId)).map(({ state }) => state)).toEqual(['done', 'done'])
  })
})

describe('an operator', () => {
  it('pauses and resumes: nothing goes, then everything', async () => {
    await switchLrs(stage.lrsId, false)
    await stage.takes()
    await stage.drain()
    expect(held()).toEqual([])
    expect(await desk()).toMatchObject({ state: 'paused', backlog: { due: 2 } })
    await switchLrs(stage.lrsId, true)
    await stage.drain()
    expect(held()).toHaveLength(6)
  })
  it('sends a test statement and hears what the LRS says', async () => {
    expect(await tryLrs(stage.lrsId)).toMatchObject({ outcome: 'read-back' })
    expect(warningsOf(held()[0])).toEqual([])
    stage.stub.mood = () => ({ is: 'status', status: 403, body: 'read only' })
    expect(await tryLrs(stage.lrsId)).toMatchObject({ outcome: 'refused', words: '403: read only' })
  })
  it('sends a range of time again: what the LRS lost is back, what it has it has once', async () => {
    const from = new Date(Date.now() - 1000).toISOString()
    await stage.takes()
    await stage.takes()
    await stage.drain()
    const before = [...stage.stub.order]
    const mine = new Set(before)
    expect(before).toHaveLength(12)
    stage.stub.forget()
    // Deliveries that were done long ago are swept out.
    await queryAlone(`delete from deliveries where id in (select min(id) from deliveries where listener = 'analytics.forward-statements')`)
    expect(await resendToLrs(stage.lrsId, from, new Date(Date.now() + 60_000).toISOString())).toBeGreaterThanOrEqual(4)
    await stage.drain()
    expect(stage.stub.order.filter((id) => mine.has(id))).toHaveLength(12)
    await resendToLrs(stage.lrsId, from, new Date(Date.now() + 60_000).toISOString())
    await stage.drain()
    expect(new Set(stage.stub.order).size).toBe(stage.stub.order.length)
  })
  it('sends a range of time again to an LRS that is paused and hears of some events only: those, once it is resumed', async () => {
    await stage.takes()
    await stage.drain()
    const lrsId = await addStub(stage.school, stage.stub, { name: 'Some', events: ['assessment.attempt.opened'] })
    try {
      stage.stub.forget()
      await switchLrs(lrsId, false)
      const day = 86_400_000
      const at = (ms: number) => new Date(Date.now() + ms).toISOString()
      expect(await resendToLrs(lrsId, at(-day), at(day))).toBeGreaterThan(0)
      await stage.drain()
      expect(held()).toEqual([])
      await switchLrs(lrsId, true)
      await stage.drain()
      expect(new Set(verbs())).toEqual(new Set(['attempted']))
      expect(await resendToLrs(lrsId, at(-2 * day), at(-day))).toBe(0)
    } finally {
      await removeLrs(lrsId)
    }
  })
  it('keeps no password in the clear, and cannot point it where nothing may be called', async () => {
    const [row] = await queryAlone<Record<string, unknown>>('select * from lrs_endpoints where id = $1', [stage.lrsId])
    expect(JSON.stringify(row)).not.toContain(stage.stub.password)
    expect(JSON.stringify(await lrsDesk())).not.toContain(stage.stub.password)
    await expect(addStub(stage.school, stage.stub, { url: 'http://10.0.0.7:8080/xapi' })).rejects.toMatchObject({ code: 'lrs_invalid' })
    await expect(addStub(stage.school, stage.stub, { events: ['no.such.event'] })).rejects.toMatchObject({ code: 'lrs_invalid' })
  })
})
