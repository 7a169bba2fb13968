// The table of learners; below a tablet's width each row becomes a card with its own labels.
import type { LearnerRow } from '@cuepoint/contracts'
import { Table, TableBody, TableCell, TableColHeader, TableHead, TableRow, TableRowHeader } from '@instructure/ui-table'
import { dayAndTime } from '../../shell/locale.ts'
import type { Order, SortKey } from './learners.ts'
import { rt } from './roster-words.ts'
import { ScoreCell } from './score-cell.tsx'
import { StateCell } from './state-cell.tsx'
import { SyncCell } from './sync-cell.tsx'
import { useNarrow } from './use-narrow.ts'
import { t } from './words.ts'

interface Props {
  readonly rows: readonly LearnerRow[]
  readonly order: Order
  readonly takesScores: boolean
  readonly platform: string
  onOrder(order: Order): void
  onOpen(personId: string): void
}

export function LearnerTable({ rows, order, takesScores, platform, onOrder, onOpen }: Props) {
  const narrow = useNarrow()
  const sorting = (by: SortKey) => ({
    id: by,
    stackedSortByLabel: t(by),
    sortDirection: order.by === by ? order.direction : ('none' as const),
    onRequestSort: () =>
      onOrder({
        by,
        direction:
          order.by === by ? (order.direction === 'ascending' ? 'descending' : 'ascending') : by === 'name' ? 'ascending' : 'descending',
      }),
  })
  return (
    <section className="overview-table" aria-label={t('region')} tabIndex={narrow ? -1 : 0}>
      <Table caption={t('caption', { platform })} layout={narrow ? 'stacked' : 'auto'} hover={!narrow}>
        <TableHead renderSortLabel={t('sortBy')}>
          <TableRow>
            <TableColHeader {...sorting('name')}>{t('name')}</TableColHeader>
            <TableColHeader id="state">{t('state')}</TableColHeader>
            <TableColHeader id="attempts">{t('attempts')}</TableColHeader>
            <TableColHeader {...sorting('score')}>{t('score')}</TableColHeader>
            {takesScores ? <TableColHeader id="gradebook">{t('gradebook', { platform })}</TableColHeader> : null}
          </TableRow>
        </TableHead>
        <TableBody>
          {rows.map((row) => (
            <TableRow key={row.personId}>
              <TableRowHeader>
                {row.number === null ? (
                  <button type="button" className="overview-person overview-open" onClick={() => onOpen(row.personId)}>
                    {row.name || t('unnamed')}
                  </button>
                ) : (
                  <span className="overview-person">{t('numbered', { number: row.number })}</span>
                )}
                {row.enrolment !== 'active' && (
                  <span className="overview-quiet overview-enrolment">{rt(`enrolment.${row.enrolment}`)}</span>
                )}
                {row.lastActiveAt && <span className="overview-quiet">{t('lastActive', { time: dayAndTime(row.lastActiveAt) })}</span>}
              </TableRowHeader>
              <TableCell>
                <StateCell state={row.state} />
              </TableCell>
              <TableCell>{row.attempts.length}</TableCell>
              <TableCell>
                <ScoreCell row={row} />
              </TableCell>
              {takesScores ? (
                <TableCell>
                  <SyncCell result={row.result} platform={platform} />
                </TableCell>
              ) : null}
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </section>
  )
}
