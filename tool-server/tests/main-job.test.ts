// The main job over HTTP, once with BullMQ on PostgreSQL and once on Redis: the score of a submitted quiz stands in the gradebook.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callTool, eventually, startSchool, type TestSchool } from './_app.ts'
import { launchAs, placeSample, rightAnswers } from './_journey.ts'
import { startRedis } from './_redis.ts'

describe.each(['PostgreSQL', 'Redis'])('with BullMQ on %s', (backend) => {
  let school: TestSchool
  let redis: Awaited<ReturnType<typeof startRedis>> | undefined
  beforeAll(async () => {
    redis = backend === 'Redis' ? await startRedis() : undefined
    school = await startSchool({ env: redis ? { REDIS_URL: redis.url } : {} })
  })
  afterAll(async () => {
    await school?.stop()
    await redis?.stop()
  })

  it('places a sample, takes it, and the score stands in the LMS within seconds', async () => {
    const { itemId } = await placeSample(school)
    const seat = await launchAs(school, "Zoë O'Neill", itemId)
    const attempt = seat.data.player.current
    const answers = rightAnswers('photosynthesis-and-cell-energy', attempt.questions)
    const saved = await callTool(school.origin, seat.token, 'PUT', `/api/attempts/${attempt.id}/answers`, { answers: answers.slice(0, 3) })
    expect(saved.status).toBe(200)
    const submitted = await callTool(school.origin, seat.token, 'POST', `/api/attempts/${attempt.id}/submit`, {
      key: randomUUID(),
      answers,
    })
    expect(submitted.json).toMatchObject({ state: 'submitted', outcome: { score: attempt.maxScore, maxScore: attempt.maxScore } })
    await eventually('the gradebook holds the score', () => school.lms.gradebook('2').some((it) => it.score === attempt.maxScore))
    await eventually('the student sees that it arrived', async () => {
      const view = await callTool(school.origin, seat.token, 'GET', `/api/placements/${seat.data.player.placementId}/player`)
      return view.json.result?.sync.state === 'accepted'
    })
    expect(school.lms.scores).toHaveLength(1)
  })
})
