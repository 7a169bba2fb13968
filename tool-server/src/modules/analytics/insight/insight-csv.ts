// The dashboard's tables for a spreadsheet.
import type { Caller, InsightTable, Naming, PlacementInsight } from '@cuepoint/contracts'
import { now } from '../../../kernel/clock.ts'
import { type Cell, csvOf } from '../../../kernel/csv.ts'
import { insightOf } from './insights.ts'
import { plain } from './option-words.ts'

export async function insightCsvOf(
  caller: Caller,
  placementId: string,
  versionId: string,
  table: InsightTable,
  naming: Naming,
): Promise<{ fileName: string; csv: string }> {
  const insight = await insightOf(caller, placementId, versionId, naming)
  const name =
    insight.title
      .replace(/[^\p{L}\p{N} _-]+/gu, '')
      .trim()
      .slice(0, 80) || 'Cuepoint'
  return { fileName: `${name} ${table} ${now().toISOString().slice(0, 10)}.csv`, csv: csvOf(rowsOf[table](insight)) }
}

const percent = (share: number | null | undefined): Cell => (share === null || share === undefined ? '' : Math.round(share * 1000) / 10)
const fixed = (value: number | undefined): Cell => (value === undefined ? '' : Math.round(value * 1000) / 1000)

const rowsOf: Record<InsightTable, (insight: PlacementInsight) => Cell[][]> = {
  class: ({ learners }) => [
    ['Name', 'State', 'Attempts', 'Score %', 'Watched %', 'Last active', 'Reasons'],
    ...learners.map((one): Cell[] => [
      ...[one.number === null ? one.name : `Learner ${one.number}`, one.state, one.attempts, percent(one.share), percent(one.watchedShare)],
      ...[one.lastActiveAt ?? '', one.concerns.map(({ code, value }) => (value === null ? code : `${code} ${value}`)).join('; ')],
    ]),
  ],
  questions: ({ items }) => [
    [
      ...['Number', 'Question', 'Kind', 'First attempts', 'Facility %', 'Facility low %', 'Facility high %', 'Discrimination'],
      ...['Discrimination low', 'Discrimination high', 'All right', 'Blank', 'Median seconds', 'Changed', 'Alerts'],
    ],
    ...items.map((one): Cell[] => [
      ...[
        one.number,
        plain(one.prompt),
        one.kind,
        one.n,
        percent(one.facility?.value),
        percent(one.facility?.low),
        percent(one.facility?.high),
      ],
      ...[fixed(one.discrimination?.value), fixed(one.discrimination?.low), fixed(one.discrimination?.high), one.right, one.blank],
      ...[one.medianSeconds ?? '', one.changed, one.alerts.map(({ code, what }) => (what === null ? code : `${code}: ${what}`)).join('; ')],
    ]),
  ],
  given: ({ items }) => [
    ['Number', 'Question', 'Given', 'Right', 'Count', 'Lower third', 'Middle third', 'Upper third'],
    ...items.flatMap((one) =>
      one.given.map((it): Cell[] => [
        ...[one.number, plain(one.prompt), it.text, it.right === null ? '' : it.right ? 'yes' : 'no', it.count, ...it.thirds],
      ]),
    ),
  ],
  video: ({ watch }) => [
    [
      ...[
        'From second',
        'To second',
        'Played',
        'Attempts that saw it',
        'Watched again',
        'Sent back by a question',
        'Pauses',
        'Gone back to',
      ],
      'Went no further',
    ],
    ...(watch?.plays ?? []).map((plays, at): Cell[] => {
      const from = at * (watch?.bucketSeconds ?? 1)
      const to = Math.min(from + (watch?.bucketSeconds ?? 1), watch?.durationSeconds ?? 0)
      const [viewers = 0, sent = 0, paused = 0, backTo = 0, leftAt = 0] = [
        watch?.viewers[at],
        watch?.sent[at],
        watch?.paused[at],
        watch?.backTo[at],
        watch?.leftAt[at],
      ]
      return [from, Math.round(to * 10) / 10, plays, viewers, plays - viewers - sent, sent, paused, backTo, leftAt]
    }),
  ],
}
