// What a player's page tells is recorded once, about the caller's own attempt, at a time that can be true; and nothing of it can say who
// it was, what it was worth or what was watched.
import { randomUUID } from 'node:crypto'
import type { Caller } from '@cuepoint/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queryAlone } from '../src/kernel/db.ts'
import { openAttempt } from '../src/modules/assessment/attempts.ts'
import { keepPlayerEvents } from '../src/modules/assessment/player-events.ts'
import { type LearningStage, openLearningStage } from './_learning.ts'

let stage: LearningStage
let lea: Caller
let attemptId: string
beforeAll(async () => {
  stage = await openLearningStage()
  lea = await stage.school.learner('Lea')
  attemptId = (await openAttempt(lea, stage.school.placementId)).id
})
afterAll(() => stage?.close())

const soon = () => new Date().toISOString()
const shown = (over: Record<string, unknown> = {}) => ({
  id: randomUUID(),
  name: 'question.shown',
  at: soon(),
  data: { questionId: 'one' },
  ...over,
})
const tell = (...events: unknown[]) => keepPlayerEvents(lea, attemptId, { sentAt: soon(), events })
// biome-ignore lint/suspicious/noExplicitAny: the tests say what they expect of it
const recorded = (): Promise<any[]> =>
  queryAlone(`select id, person_id, occurred_at, data from events where name = 'assessment.question.shown' order by sequence`)

describe('an event of a page', () => {
  it('is recorded once, however often it comes and however many bring it at once', async () => {
    const one = shown()
    const before = (await recorded()).length
    const receipts = await Promise.all([tell(one), tell(one, shown()), tell(one)])
    await tell(one)
    expect(receipts.every(({ taken }) => taken.includes(one.id))).toBe(true)
    expect((await recorded()).length).toBe(before + 2)
  })
  it('is about the caller and the attempt, whatever it says of itself', async () => {
    const stranger = randomUUID()
    const data = { questionId: 'one', attemptId: stranger, personId: stranger, practice: true, score: 10, success: true }
    await tell(shown({ data, personId: stranger, actor: { mbox: 'mailto:x@y.z' } }))
    const last = (await recorded()).at(-1)
    expect(last.person_id).toBe(lea.personId)
    expect(last.data).toMatchObject({ attemptId, practice: false })
    expect(JSON.stringify(last.data)).not.toMatch(/score|success|mailto/)
    expect(JSON.stringify(last)).not.toContain(stranger)
  })
  it('of another’s attempt is as good as unknown, and a viewer tells nothing', async () => {
    const other = await stage.school.learner('Tim')
    await expect(keepPlayerEvents(other, attemptId, { sentAt: soon(), events: [shown()] })).rejects.toMatchObject({
      code: 'attempt_not_found',
    })
    const viewer = { ...lea, role: 'viewer' as const }
    await expect(keepPlayerEvents(viewer, attemptId, { sentAt: soon(), events: [shown()] })).rejects.toMatchObject({
      code: 'placement_read_only',
    })
  })
  it('happened inside the attempt and not in the future, by the server’s clock', async () => {
    const before = (await recorded()).length
    const day = 86_400_000
    const wrong = new Date(Date.now() + day).toISOString()
    // A clock that is a day ahead, and an event ten seconds before it was sent; one of last year; one of next year.
    await keepPlayerEvents(lea, attemptId, { sentAt: wrong, events: [shown({ at: new Date(Date.now() + day).toISOString() })] })
    await tell(shown({ at: '2020-01-01T00:00:00.000Z' }), shown({ at: '2040-01-01T00:00:00.000Z' }))
    const { started_at: startedAt } = (
      await queryAlone<{ started_at: Date }>('select started_at from attempts where id = $1', [attemptId])
    )[0] ?? {
      started_at: new Date(0),
    }
    for (const { occurred_at: at } of (await recorded()).slice(before)) {
      expect(at.getTime()).toBeGreaterThanOrEqual(startedAt.getTime())
      expect(at.getTime()).toBeLessThanOrEqual(Date.now())
    }
  })
  it('that is broken, or cannot be true, is refused alone', async () => {
    const good = shown()
    const video = { id: randomUUID(), name: 'video.played', at: soon(), data: { viewId: randomUUID(), seconds: 1 } }
    const receipt = await tell(good, { id: 'x' }, null, shown({ data: { questionId: 'nine' } }), video, shown({ name: 'attempt.passed' }))
    expect(receipt.taken).toEqual([good.id])
    expect(receipt.refused).toHaveLength(5)
  })
  it('becomes a statement of the LRS, in the learner’s order', async () => {
    await queryAlone('delete from deliveries')
    stage.stub.forget()
    await tell(shown({ data: { questionId: 'two' } }), { ...shown(), name: 'answer.changed', data: { questionId: 'two', times: 3 } })
    await stage.drain()
    const [statement, ...more] = stage.stub.order.map((id) => stage.stub.statements.get(id))
    expect(statement.verb.id).toMatch(/experienced$/)
    expect(statement.object.id).toMatch(/questions\/two$/)
    expect(more).toEqual([])
  })
  it('comes too fast: the page is asked to wait', async () => {
    const many = Array.from({ length: 100 }, () => shown({ data: { questionId: 'nine' } }))
    const tries = await Promise.allSettled(Array.from({ length: 8 }, () => tell(...many)))
    const refused = tries.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
    expect(refused.length).toBeGreaterThan(2)
    expect(refused[0]).toMatchObject({ code: 'rate_limited' })
  })
})
