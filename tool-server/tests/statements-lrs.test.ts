// A real LRS, Learning Locker's: the statements of a whole quiz and of a whole video are read back from it and are what the house keeps;
// sent again they are there once.
import { randomUUID } from 'node:crypto'
import type { PlayerEvent } from '@cuepoint/contracts'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { findingsIn, orderFindingsIn } from '../../fixtures/xapi/profile.ts'
import { now, setClock } from '../src/kernel/clock.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { removeLrs } from '../src/modules/analytics/lrs/desk.ts'
import { isSame } from '../src/modules/analytics/lrs/sameness.ts'
import { tryLrs } from '../src/modules/analytics/lrs/trial.ts'
import { openAttempt } from '../src/modules/assessment/attempts.ts'
import { checkCue } from '../src/modules/assessment/cues.ts'
import { keepPlayerEvents } from '../src/modules/assessment/player-events.ts'
import { submitAttempt } from '../src/modules/assessment/submit.ts'
import { reportWatching } from '../src/modules/assessment/watching.ts'
import { addStub, type LearningStage, openLearningStage, rowsOf } from './_learning.ts'
import { textAnswer, textQuestion } from './_quiz.ts'
import { type RealLrs, startRealLrs } from './_real-lrs.ts'
import { cueOf, newAsset, placeVideo, videoOf } from './_video.ts'

let stage: LearningStage
let lrs: RealLrs
let lrsId: string
beforeAll(async () => {
  lrs = await startRealLrs()
  stage = await openLearningStage()
  await removeLrs(stage.lrsId)
  lrsId = await addStub(stage.school, { ...stage.stub, url: lrs.url, username: lrs.username, password: lrs.password })
})
afterAll(async () => {
  await stage?.close()
  await lrs?.stop()
})

const kept = async () =>
  (await queryAlone<{ statement: { id: string } }>('select statement from statements order by sequence')).map((row) => row.statement)

it('gives a whole quiz back as it was told', async () => {
  await stage.takes('Lea')
  await stage.drain()
  const [ours, theirs] = [await kept(), await lrs.statements()]
  expect(ours).toHaveLength(6)
  expect(theirs.map(({ id }) => id)).toEqual(ours.map(({ id }) => id))
  for (const [at, one] of ours.entries()) {
    expect(isSame(one, theirs[at])).toBe(true)
    expect(theirs[at]).toMatchObject(one)
  }
  expect(findingsIn(theirs)).toEqual([])
})

it('takes the same statements again and has them once', async () => {
  await queryAlone(`update deliveries set state = 'due', attempts = 0 where listener = 'analytics.forward-statements'`)
  await stage.takes('Tim')
  await stage.drain()
  expect((await rowsOf(lrsId)).every(({ state }) => state === 'done')).toBe(true)
  const ids = (await lrs.statements()).map(({ id }) => id)
  expect(ids).toHaveLength(12)
  expect(new Set(ids).size).toBe(12)
})

/** A learner in front of a video of 20 s, by a clock of its own. */
async function viewer() {
  let clock = Date.now() - 600_000
  setClock(() => clock)
  const { school } = stage
  const placementId = randomUUID()
  await queryAlone('insert into placements (id, course_id, external_id, title, takes_scores) values ($1, $2, $3, $4, true)', [
    ...[placementId, school.courseId, placementId, 'Video'],
  ])
  const assetId = await newAsset(school, { seconds: 20 })
  const plan = { ladder: { rate: { num: 30_000, den: 1001 } } }
  await queryAlone('insert into transcodes (asset_id, generation, event_id, state, ladder_version, plan) values ($1, 1, $1, $3, 1, $2)', [
    assetId,
    JSON.stringify(plan),
    'done',
  ])
  const cues = [cueOf(textQuestion('shown'), 8, { triesAllowed: 2 }), cueOf(textQuestion('later'), 18, { required: false })]
  await placeVideo({ ...school, placementId }, videoOf(assetId, cues, { watchedThreshold: 0.9 }))
  const caller = { ...(await school.learner('Vera')), placementId }
  const { id } = await openAttempt(caller, placementId)
  const viewId = randomUUID()
  const told = (name: PlayerEvent['name'], data: object) => {
    const at = now().toISOString()
    return { id: name === 'video.initialized' ? viewId : randomUUID(), at, name, data: { viewId, ...data } }
  }
  const send = async (...events: ReturnType<typeof told>[]): Promise<void> => {
    const receipt = await keepPlayerEvents(caller, id, { sentAt: now().toISOString(), events }, 'A browser/1.0')
    expect(receipt.refused).toEqual([])
  }
  let seq = 0
  const report = (from: number, to: number) => {
    const intervals = from === to ? [] : [{ from, to, speed: 1 }]
    return reportWatching(caller, id, { viewId, seq: ++seq, intervals, positionSeconds: to })
  }
  const wait = (seconds: number) => (clock += seconds * 1000)
  const play = async (from: number, to: number): Promise<void> => {
    wait(to - from)
    await report(from, to)
  }
  return { caller, id, told, send, report, wait, play }
}
const state = { speed: 1, volume: 0.5, captions: null, fullScreen: false, screenSize: '1280x720', playbackSize: '640x360', quality: 360 }

/** The whole view: everything that the profile has a verb for. */
async function watchAll(): Promise<string> {
  const { caller, id, told, send, wait, play } = await viewer()
  const tell = (name: PlayerEvent['name'], data: object) => send(told(name, data))
  await tell('video.initialized', { state })
  await tell('video.played', { seconds: 0, speed: 1 })
  await play(0, 0)
  await play(0, 8)
  await tell('video.paused', { seconds: 8 })
  await tell('cue.shown', { cueId: 'cue-shown', seconds: 8 })
  for (const [at, word] of ['wrong', 'right'].entries()) {
    wait(4)
    await checkCue(caller, id, 'cue-shown', { answer: textAnswer('shown', word).value, seq: at + 1 })
  }
  await tell('video.seeked', { fromSeconds: 8, toSeconds: 6 })
  await tell('video.played', { seconds: 6, speed: 1 })
  await play(6, 6)
  await tell('video.interacted', { seconds: 7, what: 'captions', state: { ...state, captions: 'en' } })
  await tell('video.interacted', { seconds: 7.5, what: 'quality', state: { quality: 720 } })
  await play(6, 20)
  await tell('video.paused', { seconds: 20 })
  await tell('video.interacted', { seconds: 20, what: 'captions', state })
  await tell('video.completed', { seconds: 20 })
  wait(1)
  await tell('video.terminated', { seconds: 20 })
  // One that was written down and never checked.
  await submitAttempt(caller, id, randomUUID(), [textAnswer('later', 'right')])
  return id
}

const ofAttempt = (all: Awaited<ReturnType<RealLrs['statements']>>, id: string) => all.filter(({ context }) => context.registration === id)
const term = (name: string) => `https://w3id.org/xapi/video/extensions/${name}`

it('gives a whole video back as it was told, by the rules of the Video Profile', async () => {
  const attemptId = await watchAll().finally(() => setClock())
  await stage.drain()
  const [ours, theirs] = [ofAttempt(await kept(), attemptId), ofAttempt(await lrs.statements(), attemptId)]
  expect(theirs.map(({ id }) => id)).toEqual(ours.map(({ id }) => id))
  for (const [at, one] of ours.entries()) {
    expect(isSame(one, theirs[at])).toBe(true)
    expect(theirs[at]).toMatchObject(one)
  }
  expect(theirs.map(({ verb }) => verb.id.split('/').at(-1))).toEqual([
    ...['attempted', 'initialized', 'played', 'paused', 'answered', 'answered', 'seeked', 'played', 'interacted', 'interacted'],
    ...['paused', 'interacted', 'completed', 'terminated', 'answered', 'completed', 'terminated'],
  ])
  expect(findingsIn(theirs)).toEqual([])
  expect(orderFindingsIn(theirs)).toEqual([])
  const told = theirs.flatMap(({ verb, result }) => (verb.id.endsWith('/paused') ? [result.extensions[term('played-segments')]] : []))
  expect(told).toEqual(['0.000[.]8.000', '0.000[.]20.000'])
  const set = theirs.filter(({ verb }) => verb.id.endsWith('/interacted')).map(({ context }) => context.extensions)
  expect(set.map((one) => one[term('quality')])).toEqual([360, 720, 360])
  expect(set[2]).toMatchObject({ [term('cc-enabled')]: false, [term('cc-subtitle-lang')]: 'en' })
  const first = theirs.find(({ verb }) => verb.id.endsWith('/initialized'))
  expect(first?.context.extensions).toMatchObject({
    [term('user-agent')]: 'A browser/1.0',
    [term('frame-rate')]: 29.97,
    [term('track')]: 'audio',
  })
  const cues = await queryAlone(
    `select data->>'cueId' as "cueId", data->>'seconds' as seconds from events where name = 'assessment.cue.shown'`,
  )
  expect(cues).toEqual([{ cueId: 'cue-shown', seconds: '8' }])
  const answered = theirs.filter(({ verb }) => verb.id.endsWith('/answered'))
  expect(answered.map(({ object, result }) => [object.id.split('/').at(-1), result.response])).toEqual([
    ['shown', 'wrong'],
    ['shown', 'right'],
    ['later', 'right'],
  ])
})

it('says at each moment what was played up to it, to the millisecond, though a page tells all at once', async () => {
  const { id, told, send, report, wait } = await viewer()
  const events = [told('video.initialized', { state }), told('video.played', { seconds: 0, speed: 1 })]
  await report(0, 0)
  wait(3)
  // The report names the moment a little differently.
  events.push(told('video.paused', { seconds: 3.02 }))
  await report(0, 2.98)
  wait(1)
  events.push(told('video.seeked', { fromSeconds: 3.02, toSeconds: 10 }), told('video.played', { seconds: 10, speed: 1 }))
  wait(5)
  await report(10, 14.97)
  wait(1)
  // It leaves: what it played since its last report comes a moment later.
  events.push(told('video.paused', { seconds: 16.004 }), told('video.terminated', { seconds: 16.004 }))
  await send(...events).finally(() => setClock())
  await stage.drain()
  const theirs = ofAttempt(await lrs.statements(), id)
  expect(orderFindingsIn(theirs)).toEqual([])
  const segments = theirs.map(({ verb, result }) => [verb.id.split('/').at(-1), result?.extensions?.[term('played-segments')]])
  expect(segments.filter(([, one]) => one !== undefined)).toEqual([
    ['paused', '0.000[.]3.020'],
    ['seeked', '0.000[.]3.020'],
    ['paused', '0.000[.]3.020[,]10.000[.]16.004'],
    ['terminated', '0.000[.]3.020[,]10.000[.]16.004'],
  ])
})

it('takes a test statement', async () => {
  expect(await tryLrs(lrsId)).toMatchObject({ outcome: 'read-back' })
})
