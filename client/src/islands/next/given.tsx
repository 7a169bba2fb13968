// What was suggested to whom, and what became of it: figures first, then each piece with its learner.
import type { AdviceReport, AdviceRow } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { useEffect, useState } from 'react'
import { call } from '../../api/call.ts'
import { clockOf } from '../../shell/clock-time.ts'
import { download } from '../../shell/download.ts'
import { announce } from '../../shell/live-region.tsx'
import { dayAndTime, listing, percent } from '../../shell/locale.ts'
import { ProblemAlert } from '../../shell/problem.tsx'
import { useAction } from '../../shell/use-action.ts'
import { Effects } from './effects.tsx'
import { t } from './words.ts'

type AskedNaming = { readonly as: 'pseudonyms' } | undefined
const numbered: AskedNaming = { as: 'pseudonyms' }

export function Given({ placementId }: { placementId: string }) {
  const [report, setReport] = useState<AdviceReport | null>(null)
  const [naming, setNaming] = useState<AskedNaming>(undefined)
  const reading = useAction(async (query: AskedNaming) =>
    setReport(await call('GET /api/placements/:placementId/advice-report', { params: { placementId }, query })),
  )
  const saving = useAction(async (table: 'given' | 'effects') => {
    const params = { placementId, table }
    const { fileName, csv } = await call('GET /api/placements/:placementId/advice-report/csv/:table', { params, query: naming })
    download(fileName, csv)
    announce(t('csvDone', { name: fileName }))
  })
  const { start } = reading
  useEffect(() => void start(naming), [start, naming])
  return (
    <>
      <ProblemAlert error={reading.error ?? saving.error} onRetry={() => void start(naming)} />
      {reading.pending && <p className="cp-loading">{t('loading')}</p>}
      {report && (
        <>
          <Effects effects={report.effects} />
          {report.effects.length > 0 && <Csv words={t('csvEffects')} onSave={() => void saving.start('effects')} />}
          <h2 id="next-list">{t('list')}</h2>
          {report.naming === 'always-pseudonyms' ? (
            <p className="next-means">{t('namesNever')}</p>
          ) : (
            <label className="next-tick">
              <input
                type="checkbox"
                checked={naming !== undefined}
                onChange={(event) => {
                  setNaming(event.target.checked ? numbered : undefined)
                  announce(t(event.target.checked ? 'namesHidden' : 'namesShown'))
                }}
              />
              <span>{t('hideNames')}</span>
            </label>
          )}
          {report.rows.length === 0 ? <p>{t('listNone')}</p> : <Rows rows={report.rows} />}
          {report.rows.length > 0 && <Csv words={t('csvList')} onSave={() => void saving.start('given')} />}
          {report.more && <p className="next-means">{t('listMore')}</p>}
        </>
      )}
    </>
  )
}

function Csv({ words, onSave }: { words: string; onSave(): void }) {
  return (
    <p>
      <Button size="small" onClick={onSave}>
        {words}
      </Button>
    </p>
  )
}

function Rows({ rows }: { rows: readonly AdviceRow[] }) {
  return (
    <table className="next-table" aria-labelledby="next-list">
      <thead>
        <tr>
          {(['learner', 'why', 'what', 'state', 'score'] as const).map((column) => (
            <th key={column} scope="col">
              {t(column)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <th scope="row">{row.number === null ? row.name || t('unnamed') : t('numbered', { number: row.number })}</th>
            <td data-label={t('why')}>{whyOf(row)}</td>
            <td data-label={t('what')}>{whatOf(row)}</td>
            <td data-label={t('state')}>{stateOf(row)}</td>
            <td data-label={t('score')}>{t('scores', { before: shareOf(row.before), after: shareOf(row.after) })}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const shareOf = (share: number | null): string => (share === null ? '–' : percent(share))

function whyOf({ reason }: AdviceRow): string {
  switch (reason.code) {
    case 'topic-wrong':
      return t('why.topic-wrong', { topic: reason.topic, wrong: reason.wrong })
    case 'chosen-topics':
      return t('why.chosen-topics', { topics: listing(reason.topics) })
    case 'chosen-next':
      return t('why.chosen-next')
    default:
      return t(`why.${reason.code}`, { share: percent(reason.share), limit: percent(reason.limit) })
  }
}

function whatOf({ target: { title, span } }: AdviceRow): string {
  return span ? t('part', { title, from: clockOf(span.fromSeconds), to: clockOf(span.toSeconds) }) : title
}

function stateOf({ shownAt, followedAt, dismissedAt, over }: AdviceRow): string {
  if (followedAt) return t('state.followed', { time: dayAndTime(followedAt) })
  if (dismissedAt) return t('state.dismissed', { time: dayAndTime(dismissedAt) })
  if (over) return t('state.over')
  return shownAt ? t('state.shown', { time: dayAndTime(shownAt) }) : t('state.new')
}
