// Autosave by group commit: what is acknowledged is in the table; everyone gets their own outcome.
import { randomUUID } from 'node:crypto'
import type { Caller } from '@cuepoint/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queryAlone } from '../src/kernel/db.ts'
import { saveAnswers } from '../src/modules/assessment/answers.ts'
import { openAttempt } from '../src/modules/assessment/attempts.ts'
import { submitAttempt } from '../src/modules/assessment/submit.ts'
import { newSchool, openQuizDatabase, placeQuiz, quizOf, type School, serve, textAnswer, textQuestion } from './_quiz.ts'

let close: () => Promise<void>
let school: School
const questions = Array.from({ length: 10 }, (_, at) => textQuestion(`q${at}`))
beforeAll(async () => {
  close = (await openQuizDatabase()).close
  school = await newSchool()
  await placeQuiz(school, quizOf(questions))
})
afterAll(() => close())

async function started(): Promise<{ lea: Caller; id: string }> {
  const lea = await school.learner()
  return { lea, id: (await openAttempt(lea, school.placementId)).id }
}

const held = async (attemptId: string) =>
  new Map(
    (
      await queryAlone<{ question_id: string; seq: number; text: string }>(
        `select question_id, seq, value->>'text' as text from answers where attempt_id = $1`,
        [attemptId],
      )
    ).map((row) => [row.question_id, row]),
  )

describe('saving answers', () => {
  it('lets the higher seq win, whatever comes first, and tells what is held', async () => {
    const { lea, id } = await started()
    expect((await saveAnswers(lea, id, [textAnswer('q1', 'second', 2)])).saved).toEqual([{ questionId: 'q1', seq: 2 }])
    expect((await saveAnswers(lea, id, [textAnswer('q1', 'first', 1), textAnswer('q2', 'new', 7)])).saved).toEqual([
      { questionId: 'q1', seq: 2 },
      { questionId: 'q2', seq: 7 },
    ])
    expect((await saveAnswers(lea, id, [textAnswer('q1', 'again', 2)])).saved).toEqual([{ questionId: 'q1', seq: 2 }])
    expect((await held(id)).get('q1')).toMatchObject({ seq: 2, text: 'second' })
    const big = Number.MAX_SAFE_INTEGER
    expect((await saveAnswers(lea, id, [textAnswer('q1', 'last', big)])).saved).toEqual([{ questionId: 'q1', seq: big }])
    expect((await openAttempt(lea, school.placementId)).answers).toEqual([textAnswer('q1', 'last', big), textAnswer('q2', 'new', 7)])
  })

  it('takes 100 saves of one question at once, in any order', async () => {
    const { lea, id } = await started()
    const seqs = Array.from({ length: 100 }, (_, at) => (at * 37) % 100)
    const replies = await Promise.all(seqs.map((seq) => saveAnswers(lea, id, [textAnswer('q1', `text ${seq}`, seq)])))
    expect((await held(id)).get('q1')).toMatchObject({ seq: 99, text: 'text 99' })
    for (const [at, reply] of replies.entries()) expect(reply.saved[0]?.seq).toBeGreaterThanOrEqual(seqs[at] as number)
  })

  it('takes the same question twice in one save', async () => {
    const { lea, id } = await started()
    const reply = await saveAnswers(lea, id, [textAnswer('q1', 'b', 2), textAnswer('q1', 'a', 1)])
    expect(reply.saved).toEqual([
      { questionId: 'q1', seq: 2 },
      { questionId: 'q1', seq: 2 },
    ])
    expect((await held(id)).get('q1')?.text).toBe('b')
  })

  it('gathers 200 saves of several attempts, and refuses the closed and the foreign ones alone', async () => {
    const open = await Promise.all(Array.from({ length: 5 }, () => started()))
    const closed = await started()
    await submitAttempt(closed.lea, closed.id, randomUUID(), [])
    const other = open[0] as (typeof open)[number]
    const outcomes = await Promise.allSettled(
      Array.from({ length: 200 }, (_, at) => {
        if (at % 20 === 7) return saveAnswers(closed.lea, closed.id, [textAnswer('q1', 'late', at)])
        if (at % 20 === 13) return saveAnswers(closed.lea, other.id, [textAnswer('q1', 'foreign', at)])
        const { lea, id } = open[at % 5] as (typeof open)[number]
        return saveAnswers(lea, id, [textAnswer(`q${at % 10}`, `by ${at}`, at)])
      }),
    )
    outcomes.forEach((outcome, at) => {
      const code = outcome.status === 'rejected' ? outcome.reason.code : 'saved'
      expect(code).toBe(at % 20 === 7 ? 'attempt_closed' : at % 20 === 13 ? 'attempt_not_found' : 'saved')
    })
    // What was acknowledged is there, with the highest seq of its question.
    const expected = new Map<string, number>()
    for (let at = 0; at < 200; at++) if (at % 20 !== 7 && at % 20 !== 13) expected.set(`${open[at % 5]?.id} q${at % 10}`, at)
    for (const { id } of open)
      for (const [questionId, row] of await held(id))
        expect(row).toMatchObject({ seq: expected.get(`${id} ${questionId}`), text: `by ${row.seq}` })
    expect((await held(closed.id)).size).toBe(0)
  })

  it('loses nothing that it acknowledged when the attempt is handed in meanwhile', async () => {
    for (let round = 0; round < 10; round++) {
      const { lea, id } = await started()
      const saves = Array.from({ length: 20 }, (_, at) => saveAnswers(lea, id, [textAnswer(`q${at % 10}`, 'right', at)]))
      const [view, ...outcomes] = await Promise.allSettled([submitAttempt(lea, id, randomUUID(), []), ...saves])
      const acknowledged = new Set(
        outcomes.flatMap((one) => (one.status === 'fulfilled' && 'saved' in one.value ? one.value.saved.map((it) => it.questionId) : [])),
      )
      const score = view.status === 'fulfilled' && 'outcome' in view.value ? view.value.outcome?.score : -1
      // Every acknowledged answer was graded, and no other one is in the table.
      expect(score).toBe(acknowledged.size)
      expect((await held(id)).size).toBe(acknowledged.size)
    }
  })

  it('keeps hold of odd text and huge batches', async () => {
    const { lea, id } = await started()
    const odd = 'a"b\\c\n\t\u2028 \u{1f600} {}[],\' $1 -- ; drop table answers'
    await saveAnswers(lea, id, [textAnswer('q1', odd, 1)])
    expect((await held(id)).get('q1')?.text).toBe(odd)
    const others = await Promise.all(Array.from({ length: 30 }, () => started()))
    await Promise.all(
      others.flatMap((one) =>
        Array.from({ length: 10 }, (_, seq) =>
          saveAnswers(
            one.lea,
            one.id,
            questions.map(({ id: q }) => textAnswer(q, 'x'.repeat(50), seq)),
          ),
        ),
      ),
    )
    for (const one of others) expect([...(await held(one.id)).values()].map((row) => row.seq)).toEqual(Array(10).fill(9))
  })

  it('fails one bad row alone', async () => {
    const [good, bad] = [await started(), await started()]
    // The HTTP floor drops NUL; whoever comes past it must not take neighbours along.
    const outcomes = await Promise.allSettled([
      saveAnswers(good.lea, good.id, [textAnswer('q1', 'fine')]),
      saveAnswers(bad.lea, bad.id, [textAnswer('q1', 'not\0fine')]),
    ])
    expect(outcomes.map((one) => one.status)).toEqual(['fulfilled', 'rejected'])
    expect((await held(good.id)).get('q1')?.text).toBe('fine')
  })

  it('answers bad bodies by HTTP with 400 and no change', async () => {
    const { lea, id } = await started()
    const { origin, close: stop } = await serve([lea])
    const put = async (body: string) => {
      const reply = await fetch(`${origin}/api/attempts/${id.toUpperCase()}/answers`, {
        method: 'PUT',
        body,
        headers: { authorization: `Bearer ${lea.sessionId}`, 'content-type': 'application/json' },
      })
      return { status: reply.status, json: (await reply.json()) as Record<string, unknown> }
    }
    const answer = (value: string, seq = '1') => `{"answers":[{"questionId":"q1","seq":${seq},"value":${value}}]}`
    const text = '{"kind":"short-text","text":"x"}'
    for (const body of [
      '{',
      '[]',
      '{}',
      '{"answers":[]}',
      answer('null'),
      answer('{"kind":"short-text","text":7}'),
      answer('{"kind":"essay","text":"x"}'),
      answer(text, '-1'),
      answer(text, '1e309'),
      answer(text, '1.5'),
      answer(text, '"1"'),
      answer(text, 'NaN'),
      answer('{"kind":"true-false","value":true}'),
    ])
      expect([body, (await put(body)).status]).toEqual([body, 400])
    expect((await held(id)).size).toBe(0)
    expect(
      await put(
        `{"answers":[{"questionId":"q1","seq":3,"score":99,"value":{"kind":"short-text","text":"nul\\u0000 and \\ud800 lone","correct":true}}],"score":1}`,
      ),
    ).toMatchObject({ status: 200, json: { saved: [{ questionId: 'q1', seq: 3 }] } })
    await stop()
  })
})
