// Under it all: how much is watched and saved, what went wrong, and the way to hand in.
import { percent } from '../../../shell/locale.ts'
import { ProblemAlert } from '../../../shell/problem.tsx'
import { teaches } from '../../../shell/teaches.ts'
import { Banners } from '../banners.tsx'
import { LookOnly } from '../look-only.tsx'
import { isAnswered } from '../questions/kinds.ts'
import { SaveState } from '../save-state.tsx'
import { EndCard } from './cues/end-card.tsx'
import { TryOutEnd } from './cues/try-out-end.tsx'
import type { RoomParts } from './parts.ts'
import { t } from './words.ts'

export function UnderPart(parts: RoomParts) {
  const { attempt, launch, records, saved, tryOut, view, now } = parts
  const watched = <WatchedLine share={now.watchedShare} needed={view.watchedThreshold} lost={now.reportsLost} />
  if (tryOut) {
    return (
      <div className="cpv-under">
        {watched}
        <ProblemAlert error={now.problem} />
        <TryOutEnd now={now} tryOut={tryOut} />
      </div>
    )
  }
  if (!launch) return null
  const answered = attempt.questions.filter((question) => isAnswered(question, saved.values.get(question.id))).length
  return (
    <div className="cpv-under">
      {records ? (
        <>
          {watched}
          {attempt.questions.length > 0 ? (
            <SaveState saved={saved} answered={answered} count={attempt.questions.length} tryOut={teaches(launch.session)} />
          ) : null}
        </>
      ) : (
        <LookOnly session={launch.session} />
      )}
      <Banners {...parts} launch={launch} saved={now.problem && !saved.problem ? { ...saved, problem: now.problem } : saved} />
      {records ? <EndCard {...parts} /> : null}
    </div>
  )
}

function WatchedLine({ share, needed, lost }: { share: number; needed: number; lost: boolean }) {
  const enough = share >= needed
  return (
    <div className="cpv-watched">
      <p>
        {enough ? t('watchedAll', { percent: percent(share) }) : t('watchedOf', { percent: percent(share), needed: percent(needed) })}
        <span className="cpq-bar" aria-hidden="true">
          <b style={{ width: `${Math.min(100, 100 * share)}%` }} />
        </span>
      </p>
      {lost ? <p role="status">{t('watchedLost')}</p> : null}
    </div>
  )
}
