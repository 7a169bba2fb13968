// A school whose quizzes are taken, an LRS that may misbehave, and the two listeners between them, worked off in this process.
import { randomBytes, randomUUID } from 'node:crypto'
import { type StubLrs, startStubLrs } from '../../fixtures/lrs/stub.ts'
import { loadConfig } from '../src/kernel/config.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { registerListeners } from '../src/kernel/events/outbox.ts'
import { runBatch } from '../src/kernel/events/run-batch.ts'
import { forgetMasterKey } from '../src/kernel/secrets.ts'
import { keepStatements } from '../src/modules/analytics/keep.ts'
import { saveLrs } from '../src/modules/analytics/lrs/desk.ts'
import { forgetRests } from '../src/modules/analytics/lrs/standing.ts'
import { forwardStatements } from '../src/modules/analytics/lrs.ts'
import { openAttempt } from '../src/modules/assessment/attempts.ts'
import { submitAttempt } from '../src/modules/assessment/submit.ts'
import { newSchool, openQuizDatabase, placeQuiz, quizOf, type School, textAnswer, textQuestion } from './_quiz.ts'

export interface LearningStage {
  url: string
  school: School
  stub: StubLrs
  lrsId: string
  /** A learner who takes the quiz once; answers with the attempt. */
  takes(name?: string): Promise<{ attemptId: string; personId: string }>
  /** Works off all lanes until nothing is due. */
  drain(): Promise<void>
  close(): Promise<void>
}

export const issuer = 'https://lms.school.example'

export async function openLearningStage(): Promise<LearningStage> {
  loadConfig({
    NODE_ENV: 'test',
    ALLOW_LOOPBACK: 'true',
    PUBLIC_URL: 'http://tool.example',
    MASTER_KEY: randomBytes(32).toString('base64'),
  })
  forgetMasterKey()
  forgetRests()
  const database = await openQuizDatabase()
  registerListeners([keepStatements, forwardStatements])
  const school = await newSchool()
  await queryAlone('update institutions set home_page = $2 where id = $1', [school.institutionId, issuer])
  await placeQuiz(school, quizOf([textQuestion('one'), textQuestion('two')], { passShare: 0.5 }))
  const stub = await startStubLrs()
  const lrsId = await addStub(school, stub)
  return {
    url: database.url,
    school,
    stub,
    lrsId,
    async takes(name) {
      const learner = await school.learner(name)
      const attempt = await openAttempt(learner, school.placementId)
      await submitAttempt(learner, attempt.id, randomUUID(), [textAnswer('one', 'right'), textAnswer('two', 'wrong')])
      return { attemptId: attempt.id, personId: learner.personId ?? '' }
    },
    async drain() {
      for (const listener of [keepStatements, forwardStatements]) {
        const lanes = await queryAlone<{ lane: string }>('select distinct lane from deliveries where listener = $1', [listener.name])
        for (const { lane } of lanes) while ((await runBatch(listener, lane, new AbortController().signal)).is === 'ran');
      }
    },
    async close() {
      await stub.stop()
      await database.close()
    },
  }
}

/** An LRS entry of the school that leads to the stub. */
export function addStub(
  { institutionId }: Pick<School, 'institutionId'>,
  { url, username, password }: StubLrs,
  over: Partial<Parameters<typeof saveLrs>[0]> = {},
): Promise<string> {
  const usual = { lrsId: null, name: 'Stub', xapiVersion: '1.0.3', actor: 'account', events: null } as const
  return saveLrs({ ...usual, institutionId, url, username, password, ...over })
}

export async function rowsOf(lrsId: string): Promise<{ state: string; last_error: string | null; attempts: number }[]> {
  return queryAlone('select state, last_error, attempts from deliveries where listener = $1 and target = $2 order by id', [
    forwardStatements.name,
    lrsId,
  ])
}
