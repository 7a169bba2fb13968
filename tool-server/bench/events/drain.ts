// Statements to an LRS: events are told in one transaction, from its commit to the last delivery done. The worker is a process as an
// operator runs it; the LRS is another. One statement per event, which is the least that an event can make: worst for the rate.
import { randomBytes, randomUUID } from 'node:crypto'
import { openConfiguredDatabase } from '../../src/app/process.ts'
import { loadConfig } from '../../src/kernel/config.ts'
import { queryAlone, transaction } from '../../src/kernel/db.ts'
import { listenerNamed, registerListeners } from '../../src/kernel/events/listeners.ts'
import { recordAll } from '../../src/kernel/events/outbox.ts'
import { closeWake, openWake } from '../../src/kernel/jobs/wake.ts'
import { migrate } from '../../src/kernel/migrations.ts'
import { forgetMasterKey } from '../../src/kernel/secrets.ts'
import { saveLrs } from '../../src/modules/analytics/lrs/desk.ts'
import { newSchool, placeQuiz, quizOf, textQuestion } from '../../tests/_quiz.ts'
import { freePort, startChild } from '../child.ts'
import { median } from '../load.ts'
import type { Postgres } from '../postgres.ts'
import { Undo } from '../undo.ts'

const learners = 200

export async function benchDrain(postgres: Postgres, rounds: number, count: number): Promise<number> {
  const undo = new Undo()
  try {
    const DATABASE_URL = await postgres.create('drain')
    await migrate(DATABASE_URL)
    const env = {
      ...{ NODE_ENV: 'development', DATABASE_URL, ALLOW_LOOPBACK: 'true', PUBLIC_URL: 'http://tool.example' },
      ...{ MASTER_KEY: randomBytes(32).toString('base64'), WORKER_LISTENS: 'analytics.forward-statements' },
    }
    loadConfig({ ...env, LOG_LEVEL: 'silent' })
    forgetMasterKey()
    const database = await openConfiguredDatabase()
    undo.push(database.close)
    const forward = listenerNamed('analytics.forward-statements')
    if (!forward) throw new Error('nobody forwards')
    registerListeners([forward])
    await openWake({ databaseUrl: DATABASE_URL })
    undo.push(closeWake)
    const port = await freePort()
    const args = [String(port)]
    const lrs = await startChild({
      script: 'tool-server/bench/lrs-process.ts',
      args,
      env: { PATH: process.env.PATH ?? '' },
      typescript: true,
      port,
    })
    undo.push(() => lrs.stop())
    const worker = await startChild({ script: 'tool-server/src/app/worker.ts', env, typescript: true, port: null })
    undo.push(() => worker.stop())
    const tell = await feed(port)
    process.stdout.write(`drain: ${count} statements of ${learners} learners a round\n`)
    await tell(Math.min(count, 5000))
    await settled()
    const rates: number[] = []
    for (let round = 1; round <= rounds; round++) {
      const cpu = await worker.cpu()
      await tell(count)
      const began = performance.now()
      await settled()
      const seconds = (performance.now() - began) / 1000
      rates.push(count / seconds)
      const each = ((await worker.cpu()) - cpu) / count
      process.stdout.write(`round ${round}  ${(count / seconds).toFixed(0)}/s, ${each.toFixed(0)} us CPU of the worker per statement\n`)
    }
    process.stdout.write(`median ${median(rates).toFixed(0)}/s, worst ${Math.min(...rates).toFixed(0)}/s\n\n`)
    return median(rates)
  } finally {
    await undo.all()
  }
}

async function settled(): Promise<void> {
  for (;;) {
    const [left] = await queryAlone("select 1 from deliveries where state = 'due' limit 1")
    if (!left) return
    await new Promise((later) => setTimeout(later, 20))
  }
}

/** Tells so many events of a class, each learner's in a row, in one transaction. */
async function feed(port: number): Promise<(count: number) => Promise<void>> {
  const school = await newSchool()
  const { institutionId, courseId, placementId } = school
  await queryAlone('update institutions set home_page = $2 where id = $1', [institutionId, 'https://lms.example'])
  const activityId = await placeQuiz(school, quizOf([textQuestion('one'), textQuestion('two')]))
  const [version] = await queryAlone<{ id: string }>('select id from versions where activity_id = $1', [activityId])
  const usual = { lrsId: null, name: 'Bench', xapiVersion: '1.0.3', actor: 'account', events: null } as const
  await saveLrs({ ...usual, institutionId, url: `http://127.0.0.1:${port}/xapi`, username: 'key', password: 'open-sesame' })
  const people: { personId: string; attemptId: string }[] = []
  for (let at = 0; at < learners; at++) people.push({ personId: (await school.learner()).personId ?? '', attemptId: randomUUID() })
  return (count) =>
    transaction(async (tx) => {
      for (let from = 0; from < count; from += 1000) {
        const events = Array.from({ length: Math.min(1000, count - from) }, (_, at) => {
          const { personId, attemptId } = people[(from + at) % learners] as (typeof people)[number]
          const of = { attemptId, activityId, versionId: version?.id ?? '', number: 1, locale: 'en', practice: false }
          const scope = { institutionId, courseId, placementId, personId }
          return { name: 'assessment.question.shown' as const, ...scope, data: { ...of, questionId: at % 2 === 0 ? 'one' : 'two' } }
        })
        await recordAll(tx, events)
      }
    })
}
