// Hands in for the bench of scores: Results with their events, in one transaction, as the web process writes them; so all of a round is
// due at one moment. It runs in the bench's own process: what it costs is nobody's.
import { randomUUID } from 'node:crypto'
import { type Running, startProcess } from '../src/app/process.ts'
import { loadConfig } from '../src/kernel/config.ts'
import { queryAlone, transaction } from '../src/kernel/db.ts'
import { recordAll } from '../src/kernel/events/outbox.ts'
import { setLogLevel } from '../src/kernel/log.ts'
import type { Attempt } from '../src/modules/assessment/assessment.models.ts'
import { type ClosingEvent, writeEffective } from '../src/modules/assessment/results.ts'

export interface ScoreFeed {
  /** So many learners have a new Result. By the LMS's id of each, the score. */
  handIn(count: number): Promise<{ scores: Map<string, number>; committedAt: number }>
  /** Nothing of it is left to be done. */
  settled(): Promise<void>
  stop(): Promise<void>
}

interface Place {
  placement_id: string
  course_id: string
  institution_id: string
  activity_id: string
  [column: string]: unknown
}

/** At the one placement there is, with as many learners as a round needs. */
export async function openFeed(env: Record<string, string>, size: number): Promise<ScoreFeed> {
  loadConfig({ ...env, LOG_LEVEL: 'silent' })
  setLogLevel('silent')
  const running: Running = await startProcess({ web: false, worker: false, migrateFirst: false })
  const [place] = await queryAlone<Place>(
    `select p.id as placement_id, p.course_id, c.institution_id, p.activity_id from placements p join courses c on c.id = p.course_id
     join placement_services s on s.placement_id = p.id limit 1`,
  )
  if (!place) throw new Error('there is no placement that takes scores')
  const people = await queryAlone<{ id: string; external_id: string }>(
    `insert into people (id, institution_id, external_id)
     select gen_random_uuid(), $1, 'feed-' || n from generate_series(1, $2::int) n returning id, external_id`,
    [place.institution_id, size],
  )
  // In the order in which everybody locks Results (`holdResults`).
  people.sort((a, b) => (a.id < b.id ? -1 : 1))
  let round = 0
  return {
    async handIn(count) {
      round++
      const at = new Date()
      const scores = new Map<string, number>()
      await transaction(async (tx) => {
        const events: ClosingEvent[] = []
        for (const [index, { id, external_id }] of people.slice(0, count).entries()) {
          const score = ((round * 37 + index) % 1000) / 100
          scores.set(external_id, score)
          const { institution_id: institutionId, course_id: courseId, placement_id: placementId, activity_id: activityId } = place
          const attempt = { institutionId, courseId, personId: id, placementId, activityId } as unknown as Attempt
          const counted = { score, maxScore: 10, attempts: 1, startedAt: at, submittedAt: at, attemptId: randomUUID() }
          events.push(await writeEffective(tx, [attempt], { ...counted, overridden: false, comment: null }, at, false))
        }
        await recordAll(tx, events)
      })
      return { scores, committedAt: performance.now() }
    },
    async settled() {
      for (;;) {
        const [left] = await queryAlone("select 1 from deliveries where state = 'due' limit 1")
        if (!left) return
        await new Promise((later) => setTimeout(later, 20))
      }
    },
    stop: () => running.stop(),
  }
}
