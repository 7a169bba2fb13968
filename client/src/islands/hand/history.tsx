// Who of the teachers changed what, and when.
import type { Allowance, LearnerPage, ScoreOverride, TeacherDeed } from '@cuepoint/contracts'
import { dayAndTime, numeral } from '../../shell/locale.ts'
import { t } from './words.ts'

export function History({ page: { history } }: { page: LearnerPage }) {
  return (
    <section className="hand-history" aria-labelledby="hand-history">
      <h2 id="hand-history">{t('history')}</h2>
      {history.length === 0 ? (
        <p>{t('history.none')}</p>
      ) : (
        <ol>
          {history.map((deed) => (
            <li key={deed.id}>
              <span>{saidOf(deed)}</span>
              <span className="hand-quiet">{t('history.by', { name: deed.by, time: dayAndTime(deed.at) })}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  )
}

type Scored = Pick<ScoreOverride, 'score' | 'maxScore' | 'comment'>

function saidOf({ deed, before, after }: TeacherDeed): string {
  switch (deed) {
    case 'override-set': {
      const { score, maxScore, comment } = after as Scored
      const old = before as Scored | null
      const values = { score: numeral(score), max: numeral(maxScore), before: numeral(old?.score ?? 0) }
      const said = t(old ? 'history.override-changed' : 'history.override-set', values)
      return comment ? `${said}. ${t('history.comment', { comment })}` : said
    }
    case 'override-removed':
      return t('history.override-removed', { score: numeral((before as Scored).score) })
    case 'allowance-changed': {
      const { extraAttempts, extraSeconds } = after as Allowance
      return t('history.allowance-changed', { attempts: numeral(extraAttempts), minutes: numeral(extraSeconds / 60) })
    }
    case 'settings-changed':
      return t('history.settings-changed')
  }
}
