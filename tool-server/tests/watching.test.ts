// Watching, honestly counted: by the server's clock, over HTTP's deeds, whatever a page claims. (Attack 34.)
import { randomUUID } from 'node:crypto'
import type { VideoSettings } from '@cuepoint/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { setClock } from '../src/kernel/clock.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { attemptOf, openAttempt } from '../src/modules/assessment/attempts.ts'
import { learnerPageOf } from '../src/modules/assessment/learner-page.ts'
import { overviewFor } from '../src/modules/assessment/overview.ts'
import { playerOf } from '../src/modules/assessment/player.ts'
import { submitAttempt } from '../src/modules/assessment/submit.ts'
import { reportWatching } from '../src/modules/assessment/watching.ts'
import { eventsNamed, newSchool, openQuizDatabase, type School } from './_quiz.ts'
import { newAsset, placeVideo, videoOf } from './_video.ts'
import { View } from './_video-journey.ts'

let close: () => Promise<void>
let at = Date.now()
beforeAll(async () => {
  close = (await openQuizDatabase()).close
})
beforeEach(() => setClock(() => at))
afterAll(() => close())

const pass = (seconds: number) => {
  at += seconds * 1000
}

async function watching(over: Partial<VideoSettings> = {}) {
  const school: School = await newSchool()
  const activityId = await placeVideo(school, videoOf(await newAsset(school), [], over))
  const lea = await school.learner()
  const attempt = await openAttempt(lea, school.placementId)
  const view = () => new View((body) => reportWatching(lea, attempt.id, body as never))
  const page = async () => (await learnerPageOf(school.instructor, school.placementId, lea.personId ?? '')).attempts[0]?.watching
  return { school, lea, attempt, activityId, view, page }
}

describe('watching', () => {
  it('from beginning to end earns all its points; half of it half of them', async () => {
    for (const [until, score] of [
      [100, 10],
      [50, 5],
    ] as const) {
      const { lea, attempt, view, school } = await watching()
      expect(attempt).toMatchObject({
        questions: [],
        maxScore: 10,
        video: { watched: [], watchedShare: 0, durationSeconds: 100, maxSpeed: 2 },
      })
      const page = view()
      await page.tell()
      for (let from = 0; from < until; from += 5) {
        pass(5)
        await page.tell([from, from + 5])
      }
      const done = await submitAttempt(lea, attempt.id, randomUUID(), [])
      expect(done.outcome).toMatchObject({ score, maxScore: 10, watching: { share: until / 100, score, maxScore: 10 } })
      expect(await overviewFor(school.instructor, school.placementId)).toMatchObject({
        learners: [{ state: 'finished', result: { score, maxScore: 10 } }],
      })
      const { data } = (await eventsNamed('assessment.attempt.submitted')).at(-1) ?? { data: null }
      expect(data.watching).toEqual({
        lengthSeconds: 100,
        played: [[0, until]],
        progress: until / 100,
        threshold: 1,
        score,
        maxScore: 10,
      })
    }
  })

  it('beyond the threshold counts as all of it', async () => {
    const { lea, attempt, view } = await watching({ watchedThreshold: 0.8 })
    const page = view()
    await page.tell()
    pass(80)
    expect(await page.tell([0, 80])).toMatchObject({ watchedShare: 0.8, creditedSeconds: 80, positionSeconds: 80 })
    expect((await submitAttempt(lea, attempt.id, randomUUID(), [])).outcome).toMatchObject({ score: 10 })
  })

  it('goes on where it was left, in another tab or on another day', async () => {
    const { lea, attempt, view, school } = await watching()
    const first = view()
    await first.tell()
    pass(30)
    await first.tell([0, 30], { playing: false })
    pass(100_000)
    const again = await attemptOf(lea, attempt.id)
    expect(again.video).toMatchObject({ watched: [[0, 30]], positionSeconds: 30 })
    const player = await playerOf(lea, school.placementId)
    expect(player).toMatchObject({
      activity: { kind: 'video', video: { durationSeconds: 100 } },
      current: { video: { positionSeconds: 30 } },
    })
    const second = view()
    await second.tell()
    pass(10)
    expect(await second.tell([30, 40])).toMatchObject({ watched: [[0, 40]], creditedSeconds: 40 })
  })

  it('in two tabs at once is counted once where they overlap, and no report is lost', async () => {
    const { view } = await watching()
    const views = [view(), view()]
    for (const one of views) await one.tell()
    for (let from = 0; from < 40; from += 5) {
      pass(5)
      await Promise.all(views.map((one, tab) => one.tell([from + tab * 3, from + tab * 3 + 5])))
    }
    const last = await views[0]?.tell()
    expect(last).toMatchObject({ watched: [[0, 43]], creditedSeconds: 43 })
  })

  it('is reported to nobody else’s attempt, to no closed one, and by nobody who only looks', async () => {
    const { school, lea, attempt, view } = await watching()
    const report = { viewId: randomUUID(), seq: 1, intervals: [], positionSeconds: 0, playing: true }
    await expect(reportWatching(await school.learner('Other'), attempt.id, report)).rejects.toMatchObject({ code: 'attempt_not_found' })
    await expect(reportWatching({ ...lea, purpose: 'review' }, attempt.id, report)).rejects.toMatchObject({ code: 'placement_read_only' })
    const page = view()
    await page.tell()
    await submitAttempt(lea, attempt.id, randomUUID(), [])
    pass(50)
    await expect(page.tell([0, 50])).rejects.toMatchObject({ code: 'attempt_closed' })
    expect((await attemptOf(lea, attempt.id)).outcome).toMatchObject({ score: 0, watching: { share: 0 } })
  })
})

describe('a skip script', () => {
  it('that claims the whole video at once gains nothing, and its teacher sees it', async () => {
    const { lea, attempt, view, page } = await watching()
    const script = view()
    expect(await script.tell([0, 100])).toMatchObject({ creditedSeconds: 0 })
    pass(1)
    expect(await script.tell([0, 100])).toMatchObject({ creditedSeconds: 0 })
    for (let from = 0; from < 100; from += 5) expect(await script.tell([from, from + 5])).toMatchObject({ watched: [] })
    expect((await submitAttempt(lea, attempt.id, randomUUID(), [])).outcome).toMatchObject({ score: 0, watching: { share: 0 } })
    const seen = await page()
    expect(seen).toMatchObject({ watched: [], watchedShare: 0, score: 0, maxScore: 10, refused: 22 })
    expect(seen?.notes).toHaveLength(22)
    expect(seen?.notes[0]).toMatchObject({ why: 'too-fast', from: 95, to: 100 })
    expect(seen?.notes.at(-1)).toMatchObject({ why: 'first', from: 0, to: 100 })
  })

  it('that opens a hundred views gains what one would', async () => {
    const { lea, attempt, view } = await watching()
    const views = Array.from({ length: 100 }, () => view())
    for (const one of views) await one.tell()
    pass(10)
    for (const [at, one] of views.entries()) await one.tell([at, at + 1])
    // Twice the wall time and the tolerance, at most.
    expect((await attemptOf(lea, attempt.id)).video?.creditedSeconds).toBeLessThanOrEqual(21.5)
  })

  it('that replays a report is not heard again, and is noted', async () => {
    const { view, page } = await watching()
    const script = view()
    await script.tell()
    pass(5)
    await script.tell([0, 5])
    pass(60)
    expect(await script.tell([40, 80], { seq: 2 })).toMatchObject({ watched: [[0, 5]] })
    expect(await page()).toMatchObject({ refused: 1, notes: [{ why: 'replayed', from: 40, to: 80 }] })
  })

  it('cannot fill a disk with what it claims', async () => {
    const { attempt, view } = await watching()
    const script = view()
    await script.tell()
    const intervals = Array.from({ length: 200 }, (_, at) => ({ from: at / 4, to: at / 4 + 50, speed: 1 }))
    for (let round = 0; round < 10; round++) await script.tell(null, { intervals })
    const [{ n } = { n: 0 }] = await queryAlone<{ n: number }>('select count(*)::int n from watch_reports where attempt_id = $1', [
      attempt.id,
    ])
    expect(n).toBe(30)
  })
})

describe('skipping', () => {
  it('where it is forbidden earns nothing beyond what was watched, and playing on does', async () => {
    const { attempt, view, page } = await watching({ skipping: 'forbidden' })
    expect(attempt.video).toMatchObject({ freeToSeek: false, skipping: 'forbidden' })
    const one = view()
    await one.tell()
    pass(10)
    expect(await one.tell([50, 60])).toMatchObject({ watched: [], freeToSeek: false })
    expect(await one.tell([0, 10])).toMatchObject({ watched: [[0, 10]] })
    expect(await page()).toMatchObject({ notes: [{ why: 'skipped', from: 50, to: 60 }] })
  })

  it('is free after the first full view, in that attempt and in the next', async () => {
    const { school, lea, attempt, view } = await watching({ skipping: 'after-first-view', watchedThreshold: 0.9 })
    const one = view()
    await one.tell()
    for (let from = 0; from < 90; from += 10) {
      pass(10)
      expect(await one.tell([from, from + 10])).toMatchObject({ freeToSeek: from === 80 })
    }
    await submitAttempt(lea, attempt.id, randomUUID(), [])
    const next = await openAttempt(lea, school.placementId)
    expect(next.video).toMatchObject({ freeToSeek: true, watched: [] })
    const free = new View((body) => reportWatching(lea, next.id, body as never))
    await free.tell()
    pass(10)
    expect(await free.tell([60, 70])).toMatchObject({ watched: [[60, 70]] })
    const other = await school.learner('Other')
    expect((await openAttempt(other, school.placementId)).video).toMatchObject({ freeToSeek: false })
  })
})
