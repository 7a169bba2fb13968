// The tables of what became of advice, for a spreadsheet.
import type { AdviceReport } from '@cuepoint/contracts'
import { type Cell, csvFileName, csvOf, percentCell } from '../../kernel/csv.ts'

const rowsOf: Record<'given' | 'effects', (report: AdviceReport) => Cell[][]> = {
  given: ({ rows }) => [
    [
      ...['Learner', 'Reason', 'Topics', 'Suggested', 'From second', 'To second', 'Made', 'Shown', 'Followed', 'Dismissed'],
      ...['No longer suggested', 'Score then %', 'Score since %'],
    ],
    ...rows.map(({ name, number, reason, target, ...it }): Cell[] => [
      ...[number === null ? name : `Learner ${number}`, reason.code, topicsOf(reason), target.title],
      ...[target.span?.fromSeconds ?? '', target.span?.toSeconds ?? '', it.madeAt, it.shownAt ?? '', it.followedAt ?? ''],
      ...[it.dismissedAt ?? '', it.over ? 'yes' : '', percentCell(it.before), percentCell(it.after)],
    ]),
  ],
  effects: ({ effects }) => [
    [
      ...['Reason', 'Shown', 'Followed', 'Dismissed', 'Learners who followed', 'Score then %', 'Score since %'],
      ...['Learners who did not', 'Score then %', 'Score since %'],
    ],
    ...effects.map(({ code, shown, followed, dismissed, whenFollowed, whenNot }): Cell[] => [
      ...[code, shown, followed, dismissed],
      ...[whenFollowed, whenNot].flatMap(({ n, before, after }): Cell[] => [n, percentCell(before), percentCell(after)]),
    ]),
  ],
}

function topicsOf(reason: AdviceReport['rows'][number]['reason']): string {
  return 'topics' in reason ? reason.topics.join('; ') : 'topic' in reason ? reason.topic : ''
}

export function adviceCsvOf(report: AdviceReport, table: 'given' | 'effects'): { fileName: string; csv: string } {
  return { fileName: csvFileName('suggestions', table), csv: csvOf(rowsOf[table](report)) }
}
