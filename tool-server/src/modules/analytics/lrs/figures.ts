// What /metrics shows of each LRS. One look serves all figures of a scrape.
import type { LrsState } from '@cuepoint/contracts'
import type { Figure } from '../../../kernel/module.ts'
import { lrsDesk } from './desk.ts'

let looking: Promise<readonly LrsState[]> | undefined

function lrsNow(): Promise<readonly LrsState[]> {
  const forget = (): void => {
    looking = undefined
  }
  looking ??= lrsDesk()
    .then(({ all }) => all)
    .finally(() => setTimeout(forget, 500).unref())
  return looking
}

function figure(name: string, description: string, read: (lrs: LrsState) => number): Figure {
  return {
    name,
    description,
    read: async () =>
      (await lrsNow()).map((it) => ({ value: read(it), of: { lrs: it.id, name: it.name, institution: it.institution.name } })),
  }
}

const secondsOf = (instant: string | null): number => (instant === null ? 0 : Date.parse(instant) / 1000)

export const lrsFigures: readonly Figure[] = [
  figure('lrs_waiting', 'events that wait for this LRS', ({ backlog }) => backlog.due),
  figure('lrs_parked', 'events that were given up for this LRS', ({ backlog }) => backlog.parked),
  figure('lrs_oldest_seconds', 'age of the oldest event that waits for this LRS', ({ backlog }) => backlog.oldestSeconds),
  figure('lrs_statements_per_minute', 'statements that it took, a minute of the last five', ({ perMinute }) => perMinute),
  figure('lrs_sending', '1 = on, 0 = paused by an administrator or because it refuses us', ({ state }) => (state === 'on' ? 1 : 0)),
  figure('lrs_last_error_timestamp_seconds', 'when it last made trouble (its words are at /admin); 0 = never', ({ lastErrorAt }) =>
    secondsOf(lastErrorAt),
  ),
  figure('lrs_last_sent_timestamp_seconds', 'when it last took something; 0 = never', ({ lastSentAt }) => secondsOf(lastSentAt)),
]
