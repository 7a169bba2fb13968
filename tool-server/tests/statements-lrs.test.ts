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

/** One learner's whole view of a video of 20 s, by a clock of its own: everything that the profile has a verb for. */
async function watchAll(): Promise<string> {
  let clock = Date.now() - 600_000
  setClock(() => clock)
  const { school } = stage
  const placementId = randomUUID()
  await queryAlone('insert into placements (id, course_id, external_id, title, takes_scores) values ($1, $2, $3, $4, true)', [
    ...[placementId, school.courseId, placementId, 'Video'],
  ])
  const assetId = await newAsset(school, { seconds: 20 })
  const document = videoOf(assetId, [cueOf(textQuestion('shown'), 8, { triesAllowed: 2 })], { watchedThreshold: 0.9 })
  await placeVideo({ ...school, placementId }, document)
  const caller = { ...(await school.learner('Vera')), placementId }
  const { id } = await openAttempt(caller, placementId)
  const viewId = randomUUID()
  const tell = async (name: PlayerEvent['name'], data: object): Promise<void> => {
    const at = now().toISOString()
    const events = [{ id: name === 'video.initialized' ? viewId : randomUUID(), at, name, data: { viewId, ...data } }]
    expect((await keepPlayerEvents(caller, id, { sentAt: at, events })).refused).toEqual([])
  }
  let seq = 0
  const play = async (from: number, to: number): Promise<void> => {
    clock += (to - from) * 1000
    const intervals = from === to ? [] : [{ from, to, speed: 1 }]
    await reportWatching(caller, id, { viewId, seq: ++seq, intervals, positionSeconds: to })
  }
  const state = { speed: 1, volume: 0.5, captions: null, fullScreen: false, screenSize: '1280x720', playbackSize: '640x360', quality: 360 }
  await tell('video.initialized', { state })
  await tell('video.played', { seconds: 0, speed: 1 })
  await play(0, 0)
  await play(0, 8)
  await tell('video.paused', { seconds: 8 })
  await tell('cue.shown', { cueId: 'cue-shown', seconds: 8 })
  for (const [at, word] of ['wrong', 'right'].entries()) {
    clock += 4000
    await checkCue(caller, id, 'cue-shown', { answer: textAnswer('shown', word).value, seq: at + 1 })
  }
  await tell('video.seeked', { fromSeconds: 8, toSeconds: 6 })
  await tell('video.played', { seconds: 6, speed: 1 })
  await play(6, 6)
  await tell('video.interacted', { seconds: 7, what: 'captions', state: { ...state, captions: 'en' } })
  await tell('video.interacted', { seconds: 7.5, what: 'quality', state: { quality: 720 } })
  await play(6, 20)
  await tell('video.paused', { seconds: 20 })
  await tell('video.completed', { seconds: 20 })
  clock += 1000
  await tell('video.terminated', { seconds: 20 })
  await submitAttempt(caller, id, randomUUID(), [])
  return id
}

it('gives a whole video back as it was told, by the rules of the Video Profile', async () => {
  const attemptId = await watchAll().finally(() => setClock())
  await stage.drain()
  const of = (all: Awaited<ReturnType<RealLrs['statements']>>) => all.filter(({ context }) => context.registration === attemptId)
  const [ours, theirs] = [of(await kept()), of(await lrs.statements())]
  expect(theirs.map(({ id }) => id)).toEqual(ours.map(({ id }) => id))
  for (const [at, one] of ours.entries()) {
    expect(isSame(one, theirs[at])).toBe(true)
    expect(theirs[at]).toMatchObject(one)
  }
  expect(theirs.map(({ verb }) => verb.id.split('/').at(-1))).toEqual([
    ...['attempted', 'initialized', 'played', 'paused', 'answered', 'answered', 'seeked', 'played', 'interacted', 'interacted'],
    ...['paused', 'completed', 'terminated', 'completed', 'terminated'],
  ])
  expect(findingsIn(theirs)).toEqual([])
  expect(orderFindingsIn(theirs)).toEqual([])
  const segments = 'https://w3id.org/xapi/video/extensions/played-segments'
  const told = theirs.flatMap(({ verb, result }) => (verb.id.endsWith('/paused') ? [result.extensions[segments]] : []))
  expect(told).toEqual(['0.000[.]8.000', '0.000[.]20.000'])
  const quality = 'https://w3id.org/xapi/video/extensions/quality'
  const sizes = theirs.filter(({ verb }) => verb.id.endsWith('/interacted')).map(({ context }) => context.extensions[quality])
  expect(sizes).toEqual([360, 720])
})

it('takes a test statement', async () => {
  expect(await tryLrs(lrsId)).toMatchObject({ outcome: 'read-back' })
})
