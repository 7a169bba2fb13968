// Under it all: how much is watched and saved, what went wrong, and the way to hand in.
import type { VideoView } from '@cuepoint/contracts'
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
  const watched = <WatchedLine view={view} share={now.watchedShare} lost={now.reportsLost} />
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

function WatchedLine({ view, share, lost }: { view: VideoView; share: number; lost: boolean }) {
  const { watchedThreshold: needed, watchPoints } = view
  const words = watchPoints === 0 ? 'watched' : share >= needed ? 'watchedAll' : 'watchedOf'
  return (
    <div className="cpv-watched">
      <p>
        {t(words, { percent: percent(share), needed: percent(needed) })}
        <span className="cpq-bar" aria-hidden="true">
          <b style={{ width: `${Math.min(100, 100 * share)}%` }} />
        </span>
      </p>
      {lost ? <p role="status">{t('watchedLost')}</p> : null}
    </div>
  )
}
