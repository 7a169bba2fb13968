// The dashboard's query (what GET …/insight answers with) of an activity in a course with a million events against one in a course with ten
// thousand, in one database: the same class of 200, at its fiftieth activity and at its first. Beside it a class of 2,000 with a fifth of those
// events, and one learner's story.
import { openConfiguredDatabase } from '../../src/app/process.ts'
import { loadConfig } from '../../src/kernel/config.ts'
import { migrate } from '../../src/kernel/migrations.ts'
import { insightOf } from '../../src/modules/analytics/insight/insights.ts'
import { storyOf } from '../../src/modules/analytics/insight/story.ts'
import { median, quantile } from '../load.ts'
import type { Postgres } from '../postgres.ts'
import { Undo } from '../undo.ts'
import { type BusyCourse, makeCourse } from './busy-course.ts'

const calls = 60

export async function benchDashboard(postgres: Postgres, rounds: number, many: number): Promise<number> {
  const undo = new Undo()
  try {
    const DATABASE_URL = await postgres.create('dashboard')
    await migrate(DATABASE_URL)
    loadConfig({ NODE_ENV: 'development', DATABASE_URL, LOG_LEVEL: 'silent' })
    const database = await openConfiguredDatabase()
    undo.push(database.close)
    const few = Math.min(10_000, many / 10)
    const small = await makeCourse({ learners: 200, placements: 1, events: few })
    const large = await makeCourse({ learners: 200, placements: 50, events: many })
    const crowd = await makeCourse({ learners: 2000, placements: 10, events: many / 5 })
    process.stdout.write(
      `dashboard: ${small.events} events of 200 learners, ${large.events} of 200, ${crowd.events} of 2,000; ms p50/p95 of ${calls} calls\n`,
    )
    const ratios = { insight: [] as number[], story: [] as number[] }
    const slowest: number[] = []
    for (let round = 0; round <= rounds; round++) {
      const order = round % 2 === 0 ? [small, large] : [large, small]
      const insight = new Map<BusyCourse, number[]>()
      const story = new Map<BusyCourse, number[]>()
      for (const course of order) insight.set(course, await timesOf((at) => insightOf(course.teacher, course.placement(at), 'latest')))
      for (const course of order)
        story.set(course, await timesOf((at) => storyOf(course.teacher, course.placement(at), course.learner(at), 'names')))
      const all = await timesOf((at) => insightOf(crowd.teacher, crowd.placement(at), 'latest'))
      // The first round warms up.
      if (round === 0) continue
      const of = (times: number[] | undefined) => `${quantile(times ?? [], 0.5).toFixed(1)}/${quantile(times ?? [], 0.95).toFixed(1)}`
      const p95 = (times: Map<BusyCourse, number[]>) => quantile(times.get(large) ?? [], 0.95) / quantile(times.get(small) ?? [], 0.95)
      ratios.insight.push(p95(insight))
      ratios.story.push(p95(story))
      slowest.push(quantile(insight.get(large) ?? [], 0.95), quantile(all, 0.95))
      process.stdout.write(
        `round ${round}  insight ${of(insight.get(large))} against ${of(insight.get(small))}, ${p95(insight).toFixed(2)}x; ` +
          `story ${of(story.get(large))} against ${of(story.get(small))}, ${p95(story).toFixed(2)}x; class of 2,000 ${of(all)}\n`,
      )
    }
    const worst = Math.max(...ratios.insight, ...ratios.story).toFixed(2)
    const medians = `insight ${median(ratios.insight).toFixed(2)}x, story ${median(ratios.story).toFixed(2)}x`
    process.stdout.write(`median of p95: ${medians}, worst ${worst}x; slowest p95 ${Math.max(...slowest).toFixed(0)} ms\n\n`)
    return Math.max(median(ratios.insight), median(ratios.story))
  } finally {
    await undo.all()
  }
}

async function timesOf(ask: (at: number) => Promise<unknown>): Promise<number[]> {
  const times: number[] = []
  for (let at = 0; at < calls; at++) {
    const began = performance.now()
    await ask(at)
    times.push(performance.now() - began)
  }
  return times.sort((a, b) => a - b)
}
