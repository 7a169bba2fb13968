// The score that counts, how far it is on its way to the LMS, and the form that sets another one.
import type { LearnerPage } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { useRef, useState } from 'react'
import { call } from '../../api/call.ts'
import { announce } from '../../shell/live-region.tsx'
import { dayAndTime, numeral, percent } from '../../shell/locale.ts'
import { ProblemAlert } from '../../shell/problem.tsx'
import { useAction } from '../../shell/use-action.ts'
import { ScoreForm } from './score-form.tsx'
import { t } from './words.ts'

interface Props {
  readonly page: LearnerPage
  readonly platform: string
  readonly locale: string
  onPage(page: LearnerPage): void
}

export function ScoreThatCounts({ page, platform, locale, onPage }: Props) {
  const { result, override, placementId, person, mayChange } = page
  const [editing, setEditing] = useState(false)
  const heading = useRef<HTMLHeadingElement>(null)
  const params = { placementId, personId: person.id }
  const removing = useAction(async () => {
    onPage(await call('DELETE /api/placements/:placementId/learners/:personId/override', { params }))
    announce(t('override.removed'))
  })
  const handedIn = page.attempts.some(({ state }) => state === 'submitted')
  return (
    <section className="hand-box" aria-labelledby="hand-score">
      <h2 id="hand-score" ref={heading} tabIndex={-1}>
        {t('counts')}
      </h2>
      <p className="hand-number">
        <strong>{result ? t('score', { score: numeral(result.score), max: numeral(result.maxScore) }) : t('noScore')}</strong>
        {result && result.maxScore > 0 ? <span>{percent(result.score / result.maxScore)}</span> : null}
      </p>
      {override && <p className="hand-quiet">{t('setBy', { name: override.by, time: dayAndTime(override.at) })}</p>}
      {override?.comment && <blockquote className="hand-comment">{override.comment}</blockquote>}
      <Sync page={page} platform={platform} />
      {editing ? (
        <ScoreForm
          page={page}
          locale={locale}
          onDone={(fresh) => {
            if (fresh) onPage(fresh)
            setEditing(false)
            heading.current?.focus()
          }}
        />
      ) : mayChange && handedIn ? (
        <div className="cp-actions">
          <Button onClick={() => setEditing(true)}>{t('override.change')}</Button>
          {override && (
            <Button interaction={removing.pending ? 'disabled' : 'enabled'} onClick={() => void removing.start()}>
              {t('override.remove')}
            </Button>
          )}
        </div>
      ) : mayChange ? (
        <p className="hand-quiet">{t('override.none')}</p>
      ) : null}
      <ProblemAlert error={removing.error} onRetry={() => void removing.start()} />
    </section>
  )
}

function Sync({ page: { result }, platform }: { page: LearnerPage; platform: string }) {
  if (!result || result.sync.state === 'none') return null
  const { state, reason, seen } = result.sync
  return (
    <p className="hand-quiet" role="status">
      {t(state, { platform, reason: reason?.replace(/\.$/, '') ?? '' })}
      {seen ? ` ${t(`seen.${seen}`, { platform })}` : null}
    </p>
  )
}
