// kill -9 in the middle of an attempt: every answer that was acknowledged is there, and the attempt goes on.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queryAlone } from '../src/kernel/db.ts'
import { openAttempt } from '../src/modules/assessment/attempts.ts'
import { newSchool, openQuizDatabase, placeQuiz, quizOf, type School, textQuestion } from './_quiz.ts'

let database: { url: string; close: () => Promise<void> }
let school: School
beforeAll(async () => {
  database = await openQuizDatabase()
  school = await newSchool()
  await placeQuiz(school, quizOf(Array.from({ length: 10 }, (_, at) => textQuestion(`q${at}`))))
})
afterAll(() => database.close())

describe('a server killed while answers are saved', () => {
  it('loses none that it acknowledged', async () => {
    for (const afterMs of [150, 400, 700]) {
      const attempts = []
      for (let person = 0; person < 4; person++) {
        const caller = await school.learner()
        attempts.push({ caller, id: (await openAttempt(caller, school.placementId)).id })
      }
      const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(new URL('_answer-writer.ts', import.meta.url))], {
        stdio: ['pipe', 'pipe', 'inherit'],
      })
      let printed = ''
      const started = new Promise<void>((resolve) =>
        child.stdout.on('data', (chunk) => {
          printed += chunk
          resolve()
        }),
      )
      child.stdin.end(JSON.stringify({ url: database.url, attempts }))
      await started
      setTimeout(() => child.kill('SIGKILL'), afterMs)
      await once(child, 'close')
      const acknowledged = new Map<string, number>()
      for (const line of printed.split('\n').slice(0, -1)) {
        const [id, question, seq] = line.split(' ')
        acknowledged.set(`${id} ${question}`, Number(seq))
      }
      expect(acknowledged.size).toBe(40)
      for (const { caller, id } of attempts) {
        const rows = await queryAlone<{ question_id: string; seq: number; text: string }>(
          `select question_id, seq, value->>'text' as text from answers where attempt_id = $1`,
          [id],
        )
        for (const row of rows) {
          expect(row.seq).toBeGreaterThanOrEqual(acknowledged.get(`${id} ${row.question_id}`) as number)
          expect(row.text).toBe(`text ${row.seq}`)
        }
        const resumed = await openAttempt(caller, school.placementId)
        expect(resumed).toMatchObject({ id, state: 'open' })
        expect(resumed.answers).toHaveLength(10)
      }
    }
  })
})
