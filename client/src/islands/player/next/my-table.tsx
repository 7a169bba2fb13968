// The activities of the course, a row each; on a narrow screen a block each.
import type { MyActivity } from '@cuepoint/contracts'
import { dayAndTime, numeral } from '../../../shell/locale.ts'
import { t } from './words.ts'

export function MyTable({ activities, hereId }: { activities: readonly MyActivity[]; hereId: string | null }) {
  if (activities.length === 0) return <p>{t('mineNone')}</p>
  return (
    <section>
      <h2 id="cpn-activities">{t('activities')}</h2>
      <table className="cpn-table" aria-labelledby="cpn-activities">
        <thead>
          <tr>
            {(['activity', 'state', 'score', 'grade'] as const).map((column) => (
              <th key={column} scope="col">
                {t(`column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {activities.map((one) => (
            <tr key={one.placementId}>
              <th scope="row">
                {one.title} {one.placementId === hereId ? <span className="cpn-kind">{t('here')}</span> : null}
              </th>
              <td data-label={t('column.state')}>
                <span>
                  {t(`state.${one.state}`)}
                  {one.attempts > 1 ? ` (${t('attempts', { n: one.attempts })})` : ''}
                </span>
                <Dates {...one} />
              </td>
              <td data-label={t('column.score')}>
                {one.result ? t('score', { score: numeral(one.result.score), max: numeral(one.result.maxScore) }) : t('noScore')}
              </td>
              <td data-label={t('column.grade')}>{one.result ? <Light state={one.result.sync.state} /> : '–'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function Dates({ dueAt, open, state }: MyActivity) {
  if (state === 'finished') return null
  if (!open) return <span className="cpn-kind">{t('closed')}</span>
  return dueAt ? <span className="cpn-kind">{t('due', { time: dayAndTime(dueAt) })}</span> : null
}

const marks = { none: '·', waiting: '…', accepted: '✓', refused: '!' } as const

/** The mark is for the eye; the words say it. */
function Light({ state }: { state: keyof typeof marks }) {
  return (
    <span className={`cpn-light cpn-light-${state}`}>
      <span aria-hidden="true">{marks[state]}</span> {t(`sync.${state}`)}
    </span>
  )
}
