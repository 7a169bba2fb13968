// The dashboard's tables for a spreadsheet.
import type { Caller, InsightTable, LearnerStory, Naming, PlacementInsight } from '@cuepoint/contracts'
import { type Cell, csvFileName, csvOf, percentCell } from '../../../kernel/csv.ts'
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
  return { fileName: csvFileName(insight.title, table), csv: csvOf(rowsOf[table](insight)) }
}

/** One learner's timeline; answers of a hand-in stand in lines of their own behind it. */
export function storyCsvOf({ name, number, timeline }: LearnerStory): { fileName: string; csv: string } {
  const lines = timeline.flatMap((one): Cell[][] => [
    [one.at, one.what, one.attempt ?? '', one.question ?? '', one.seconds ?? '', '', one.score ?? '', one.maxScore ?? ''],
    ...(one.marks ?? []).map(({ question, given, score, maxScore }): Cell[] => [
      ...[one.at, 'answer', one.attempt ?? '', question, '', given.join('; '), score, maxScore],
    ]),
  ])
  const head = ['When', 'What', 'Attempt', 'Question', 'Second', 'Given', 'Score', 'Of']
  return { fileName: csvFileName(number === null ? name : `Learner ${number}`, 'story'), csv: csvOf([head, ...lines]) }
}

const fixed = (value: number | undefined): Cell => (value === undefined ? '' : Math.round(value * 1000) / 1000)

const rowsOf: Record<InsightTable, (insight: PlacementInsight) => Cell[][]> = {
  class: ({ learners }) => [
    ['Name', 'State', 'Attempts', 'Score %', 'Watched %', 'Last active', 'Reasons'],
    ...learners.map((one): Cell[] => [
      ...[
        one.number === null ? one.name : `Learner ${one.number}`,
        one.state,
        one.attempts,
        percentCell(one.share),
        percentCell(one.watchedShare),
      ],
      ...[one.lastActiveAt ?? '', one.concerns.map(({ code, value }) => (value === null ? code : `${code} ${value}`)).join('; ')],
    ]),
  ],
  funnel: ({ class: { funnel } }) => [
    ['Step', 'Learners'],
    ...(['enrolled', 'started', 'answered', 'finished'] as const).map((step): Cell[] => [step, funnel[step]]),
  ],
  scores: ({ class: { scores } }) => [['From %', 'To %', 'Learners'], ...scores.map((count, at): Cell[] => [at * 10, at * 10 + 10, count])],
  sync: ({ class: { sync } }) => [
    ['In the gradebook', 'Learners'],
    ...(['accepted', 'waiting', 'refused', 'none'] as const).map((state): Cell[] => [state, sync[state]]),
  ],
  cues: ({ watch }) => [
    ['Question', 'At second', 'First tries', 'Not fully right'],
    ...(watch?.cues ?? []).map(({ number, atSeconds, firstTries, wrong }): Cell[] => [number, atSeconds, firstTries, wrong]),
  ],
  speeds: ({ watch }) => [['Speed', 'Seconds played'], ...(watch?.speeds ?? []).map(({ speed, seconds }): Cell[] => [speed, seconds])],
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
        percentCell(one.facility?.value),
        percentCell(one.facility?.low),
        percentCell(one.facility?.high),
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
        'Slowed down',
      ],
      'Went no further',
    ],
    ...(watch?.plays ?? []).map((plays, at): Cell[] => {
      const from = at * (watch?.bucketSeconds ?? 1)
      const to = Math.min(from + (watch?.bucketSeconds ?? 1), watch?.durationSeconds ?? 0)
      const [viewers = 0, sent = 0, paused = 0, backTo = 0, slowed = 0, leftAt = 0] = [
        watch?.viewers[at],
        watch?.sent[at],
        watch?.paused[at],
        watch?.backTo[at],
        watch?.slowed[at],
        watch?.leftAt[at],
      ]
      return [from, Math.round(to * 10) / 10, plays, viewers, plays - viewers - sent, sent, paused, backTo, slowed, leftAt]
    }),
  ],
}
