// Work by the clock, in one process at a time: whoever moves `last_run_at` forward runs it, and keeps moving it while it runs.
import { queryAlone } from '../db.ts'
import { clockShift, databaseNow } from '../events/database-time.ts'
import { warnSeldom } from '../events/seldom.ts'
import type { Schedule } from '../module.ts'
import { within } from './lane-runner.ts'

const claimSql = `
insert into schedule_runs as s (name, last_run_at) values ($1, ${databaseNow('$3')})
on conflict (name) do update set last_run_at = excluded.last_run_at
where s.last_run_at <= excluded.last_run_at - $2::float8 * interval '1 second'
returning name`

const waitSql = `
select extract(epoch from last_run_at + $2::float8 * interval '1 second' - ${databaseNow('$3')})::float8 * 1000 as ms from schedule_runs where name = $1`

/** `stop` waits up to ten seconds for what runs. */
export function startSchedules(schedules: readonly Schedule[]): { stop: () => Promise<void> } {
  const names = new Set(schedules.map((schedule) => schedule.name))
  if (names.size < schedules.length) throw new Error('two schedules have the same name')
  const rest = new Rest()
  const loops = schedules.map((schedule) => keepRunning(schedule, rest))
  return {
    stop: async () => {
      rest.end()
      await within(Promise.all(loops), 10_000)
    },
  }
}

/** What the loops wait by between two looks: all of them are woken at the end, for good. */
class Rest {
  ended = false
  private readonly wakers = new Set<() => void>()

  of(ms: number): Promise<void> {
    if (this.ended) return Promise.resolve()
    return new Promise((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        this.wakers.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, ms)
      this.wakers.add(wake)
    })
  }

  end(): void {
    this.ended = true
    for (const wake of this.wakers) wake()
  }
}

async function keepRunning(schedule: Schedule, rest: Rest): Promise<void> {
  const asks = () => [schedule.name, schedule.everySeconds, clockShift()]
  while (!rest.ended) {
    let waitMs = 1000
    try {
      const claimed = await queryAlone(claimSql, asks(), 'schedules.claim')
      if (claimed.length > 0) await runOnce(schedule)
      const [until] = await queryAlone<{ ms: number }>(waitSql, asks(), 'schedules.wait')
      // Not beyond a minute: the clock of a test may move, and a row may be reset by hand.
      waitMs = Math.min(Math.max(until?.ms ?? 0, 20), 60_000)
    } catch (error) {
      warnSeldom(`the schedule ${schedule.name} could not be looked at`, error)
    }
    await rest.of(waitMs)
  }
}

async function runOnce(schedule: Schedule): Promise<void> {
  const beat = async () => {
    await queryAlone(`update schedule_runs set last_run_at = ${databaseNow('$2')} where name = $1`, [schedule.name, clockShift()])
  }
  const running = setInterval(
    () => {
      beat().catch((error) => warnSeldom(`the schedule ${schedule.name} could not say that it runs`, error))
    },
    Math.max(200, (schedule.everySeconds * 1000) / 3),
  )
  try {
    await schedule.run()
  } catch (error) {
    warnSeldom(`the schedule ${schedule.name} failed`, error)
  } finally {
    clearInterval(running)
  }
}
