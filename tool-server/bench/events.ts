// `events`: what telling costs and how fast it goes. Four measures, each against its own anchor in the same run:
// record     an event told inside a transaction (outbox) against a job sent with pg-boss, one of each, at 50 at once and at 1
// drain      statements per second from a worker process to an LRS on this machine that takes everything
// LRS down   answers and submits while the LRS is away against the same while it is there
// dashboard  the dashboard's query at a million events of one course against ten thousand
// Not measured: TLS, an LRS's own work, browsers.
import { benchDashboard } from './events/dashboard.ts'
import { benchDrain } from './events/drain.ts'
import { benchLrsDown } from './events/lrs-down.ts'
import { benchRecord } from './events/record.ts'
import type { Options } from './options.ts'
import { startPostgres } from './postgres.ts'
import { Undo } from './undo.ts'

export async function benchEvents({ rounds, count, learners }: Options): Promise<string> {
  const undo = new Undo()
  try {
    const postgres = await undo.later(startPostgres())
    const record = await benchRecord(postgres, rounds, count ?? 8000)
    const drain = await benchDrain(postgres, rounds, count ? count * 4 : 20_000)
    // More rounds: one differs from the next by more than what is looked for.
    const down = await benchLrsDown(postgres, 2 * rounds, learners ?? (count ? 8 : 200))
    const dashboard = await benchDashboard(postgres, rounds, count ? count * 100 : 1_000_000)
    const times = (ratio: number): string => `${ratio.toFixed(1)}x`
    return `events: record ${times(record.many)} (alone ${times(record.one)}), drain ${drain.toFixed(0)}/s, LRS down ${down.toFixed(2)}x, dashboard ${times(dashboard)}`
  } finally {
    await undo.all()
  }
}
