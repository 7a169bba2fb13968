// PostgreSQL cuts the connections of the tool, or a transaction comes to nothing.
import pg from 'pg'
import { transaction } from '../../src/kernel/db.ts'
import { recordAll } from '../../src/kernel/events/outbox.ts'
import type { Row } from '../family.ts'
import { type Run, type Stage, workOn } from './stage.ts'

/** Ends connections of the tool at moments of chance, until it is told to stop. */
async function cutting({ chance, stage }: Run): Promise<() => Promise<number>> {
  const knife = new pg.Client({ connectionString: stage.env.DATABASE_URL ?? '' })
  await knife.connect()
  const moments = Array.from({ length: chance.whole(1, 4) }, () => chance.whole(0, 120))
  const share = chance.one([0.3, 1])
  const cuts = moments.map(async (ms) => {
    await new Promise((later) => setTimeout(later, ms))
    const { rowCount } = await knife.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'cuepoint' and random() < $1`,
      [share],
    )
    return rowCount ?? 0
  })
  return async () => {
    const counts = await Promise.all(cuts)
    await knife.end()
    return counts.reduce((sum, it) => sum + it, 0)
  }
}

export function databaseRows(stage: Stage): Row[] {
  return [
    {
      name: 'database-cut',
      does: 'PostgreSQL ends the connections of the tool, some or all, in the middle of deeds and of work',
      holds: 'a deed that is done again counts once; each statement arrives once, in order; the figures are what was done',
      async play(chance) {
        const run = await stage.begin(chance)
        run.insists = true
        const stop = await cutting(run)
        try {
          while (run.hasMore) {
            await run.deeds(chance.whole(1, 12))
            if (chance.isTrue(0.7)) await workOn(stage.worker)
          }
          await workOn(stage.worker)
        } finally {
          await stop()
        }
        await workOn(stage.worker)
        await run.settle()
        return run.differences()
      },
    },
    {
      name: 'undone',
      does: 'transactions that have told of something are undone before they end',
      holds: 'nobody hears of it: no statement, no figure, no delivery',
      async play(chance) {
        const run = await stage.begin(chance)
        const { school, quiz } = run.site
        await run.storm(async () => {
          const caller = await school.learner()
          const scope = { institutionId: school.institutionId, courseId: school.courseId, personId: caller.personId, placementId: quiz }
          const id = '00000000-0000-4000-8000-000000000000'
          const data = { attemptId: id, activityId: id, versionId: id, number: 1, startedAt: new Date().toISOString(), deadlineAt: null }
          const undone = transaction(async (tx) => {
            await recordAll(tx, [{ name: 'assessment.attempt.opened', ...scope, data }])
            if (chance.isTrue()) await stage.worker.work()
            throw new Error('undone')
          })
          await undone.catch((error: Error) => {
            if (error.message !== 'undone') throw error
          })
        })
        await run.settle()
        return run.differences()
      },
    },
  ]
}
