// Canvas keeps the address of the work with each score, and launches it again in SpeedGrader.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { callTool, eventually, startSchool, type TestSchool, type Wire } from './_app.ts'
import { launchAs, placeSample } from './_journey.ts'

let canvas: TestSchool
beforeAll(async () => {
  canvas = await startSchool({ profile: 'canvas' })
})
afterAll(() => canvas?.stop())

it('In Canvas a score carries the address of its work, and a teacher’s score is no new submission', async () => {
  const { itemId, activityId } = await placeSample(canvas)
  const { token, data } = await launchAs(canvas, 'student1', itemId)
  const { current } = data.player
  await callTool(canvas.origin, token, 'POST', `/api/attempts/${current.id}/submit`, { key: crypto.randomUUID(), answers: [] })
  const extension = 'https://canvas.instructure.com/lti/submission'
  const sent = () => canvas.lms.scores.map((it) => (it.body as Wire)[extension])
  await eventually('the score is sent', () => sent().length === 1)
  expect(sent()[0]).toMatchObject({ submission_type: 'basic_lti_launch' })
  expect(sent()[0].new_submission).toBeUndefined()
  expect(sent()[0].submission_data).toBe(`${canvas.origin}/lti/activities/${activityId}?attempt=${current.id}`)
  const accepted = async () => {
    const { json } = await callTool(canvas.origin, token, 'GET', `/api/placements/${data.session.placement.id}/player`)
    return json.result.sync.state === 'accepted'
  }
  await eventually('it is accepted', accepted)
  const teacher = await launchAs(canvas, 'teacher1', itemId)
  const path = `/api/placements/${data.session.placement.id}/learners/${data.session.person.id}/override`
  const set = await callTool(canvas.origin, teacher.token, 'PUT', path, { score: 3, comment: null })
  expect(set.status).toBe(200)
  await eventually('the override is sent', () => sent().length === 2)
  expect(sent()[1]).toMatchObject({ new_submission: false })
})
