// A video from its teacher's draft to the LMS's gradebook, over HTTP, and over a restart in the middle of watching.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { setClock } from '../src/kernel/clock.ts'
import { callTool, eventually, startSchool, type TestSchool, type Wire } from './_app.ts'
import { launchAs, placeSample } from './_journey.ts'
import { textAnswer, textQuestion } from './_quiz.ts'
import { cueOf, videoOf } from './_video.ts'
import { placeVideoItem, View } from './_video-journey.ts'

let school: TestSchool
/** how far the test’s clock is ahead of the machine’s: a minute passes in a moment. */
let ahead = 0
beforeAll(async () => {
  school = await startSchool()
  setClock(() => Date.now() + ahead)
})
afterAll(async () => {
  setClock()
  await school?.stop()
})

it('is watched with two questions, over a restart, and its score is in the gradebook', async () => {
  const quiz = await placeSample(school)
  const course = school.lms.state.items.get(quiz.itemId)?.courseId ?? ''
  const { itemId } = await placeVideoItem(school, quiz.instructor, course, (assetId) =>
    videoOf(
      assetId,
      [
        cueOf(textQuestion('q1', { points: 3 }), 10, { triesAllowed: 2, backToSeconds: 0 }),
        cueOf(textQuestion('q2', { points: 3 }), 60, { triesAllowed: 1 }),
      ],
      { watchPoints: 4, watchedThreshold: 0.9 },
    ),
  )
  const seat = await launchAs(school, 'student1', itemId)
  expect(seat.data.player).toMatchObject({
    activity: { kind: 'video', questionCount: 2, maxScore: 10, timeLimitSeconds: null, video: { durationSeconds: 100, watchPoints: 4 } },
    current: {
      state: 'open',
      video: {
        watched: [],
        cues: [
          { id: 'cue-q1', settled: false },
          { id: 'cue-q2', settled: false },
        ],
      },
    },
  })
  const { id } = seat.data.player.current
  expect(seat.data.player.current.video.playback.hlsUrl).toMatch(/^\/media\/.+\/master\.m3u8$/)
  const call = async (method: string, path: string, body?: object): Promise<Wire> => {
    const { status, json, text } = await callTool(school.origin, seat.token, method, path, body)
    expect(status, text).toBe(200)
    return json
  }
  // At double speed: the LMS takes no token from a clock that is more than a minute ahead.
  const watch = async (view: View, from: number, to: number) => {
    for (let at = from; at < to; at += 5) {
      ahead += 2500
      await view.tell([at, at + 5])
    }
  }
  const newView = () => new View((body) => call('POST', `/api/attempts/${id}/watching`, body))
  const check = (cueId: string, questionId: string, text: string, seq: number) =>
    call('POST', `/api/attempts/${id}/cues/${cueId}/check`, { answer: textAnswer(questionId, text).value, seq })

  const first = newView()
  await first.tell()
  await watch(first, 0, 10)
  expect(await check('cue-q1', 'q1', 'wrong', 1)).toMatchObject({ verdict: 'wrong', backToSeconds: 0, triesLeft: 1, settled: false })
  expect(await check('cue-q1', 'q1', 'right', 2)).toMatchObject({ verdict: 'right', settled: true })
  await watch(first, 10, 40)
  await school.restart()
  // The page goes on with the same view: what it plays now is timed from the last report that was kept.
  await watch(first, 40, 50)
  expect(await call('GET', `/api/attempts/${id}`)).toMatchObject({
    video: { watched: [[0, 50]], positionSeconds: 50, cues: [{ settled: true, triesUsed: 2 }, { settled: false }] },
  })
  // Reloaded: another view.
  const second = newView()
  await second.tell()
  await watch(second, 50, 60)
  expect(await check('cue-q2', 'q2', 'wrong', 3)).toMatchObject({ verdict: 'wrong', triesLeft: 0, settled: true })
  await watch(second, 60, 95)

  const done = await call('POST', `/api/attempts/${id}/submit`, { key: randomUUID(), answers: [] })
  expect(done).toMatchObject({
    state: 'submitted',
    outcome: { score: 7, maxScore: 10, watching: { share: 0.95, score: 4, maxScore: 4 }, questions: [{ score: 3 }, { score: 0 }] },
  })
  await eventually('the score is in the gradebook', () =>
    school.lms.gradebook(course).some((cell) => cell.item === itemId && cell.score === 7),
  )
  const { json: player } = await callTool(school.origin, seat.token, 'GET', `/api/placements/${seat.data.session.placement.id}/player`)
  expect(player).toMatchObject({ result: { score: 7, maxScore: 10 }, attempts: [{ state: 'submitted', score: 7 }] })
})
