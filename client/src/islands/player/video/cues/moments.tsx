// Where the questions and the chapters are, each a way there.
import type { CueState } from '@cuepoint/contracts'
import { clockOf } from '../../../../shell/clock-time.ts'
import type { RoomParts } from '../parts.ts'
import { t } from '../words.ts'

export function Moments({ view, now, viewing }: RoomParts) {
  const chapters = [...view.chapters].sort((a, b) => a.atSeconds - b.atSeconds)
  const current = chapters.filter(({ atSeconds }) => atSeconds <= now.at + 0.2).at(-1)?.id
  return (
    <>
      {now.cues.length > 0 ? (
        <nav className="cpv-moments" aria-labelledby="cpv-moments">
          <h2 id="cpv-moments">{t('questionsHere')}</h2>
          <ol>
            {now.cues.map((cue, index) => {
              const state = stateOf(cue, now.unchecked)
              return (
                <li key={cue.id}>
                  <button
                    type="button"
                    className={`cpq-jump cpv-moment cpv-moment-${state}`}
                    aria-label={t('cueGo', { number: index + 1, time: clockOf(cue.atSeconds), state: t(`mark.${state}`) })}
                    onClick={() => viewing.showCue(cue.id)}
                  >
                    {index + 1}
                    <span>{clockOf(cue.atSeconds)}</span>
                    {state === 'open' ? null : (
                      <svg viewBox="0 0 24 24" width="14" height="14" aria-hidden="true">
                        <path
                          d={state === 'settled' ? 'M4 12l2-2 4 4 8-8 2 2-10 10z' : 'M11 4h2v10h-2zM11 17h2v3h-2z'}
                          fill="currentColor"
                        />
                      </svg>
                    )}
                  </button>
                </li>
              )
            })}
          </ol>
        </nav>
      ) : null}
      {chapters.length > 0 ? (
        <nav className="cpv-chapters" aria-labelledby="cpv-chapters">
          <h2 id="cpv-chapters">{t('chapters')}</h2>
          <ol>
            {chapters.map(({ id, title, atSeconds }) => (
              <li key={id}>
                <button type="button" aria-current={id === current ? 'true' : undefined} onClick={() => viewing.seek(atSeconds)}>
                  <span className="cpv-time">{clockOf(atSeconds)}</span> {title}
                </button>
              </li>
            ))}
          </ol>
        </nav>
      ) : null}
    </>
  )
}

function stateOf(cue: CueState, unchecked: ReadonlySet<string>): 'open' | 'tried' | 'settled' | 'unchecked' {
  if (cue.settled) return 'settled'
  if (unchecked.has(cue.id)) return 'unchecked'
  return cue.outcome ? 'tried' : 'open'
}
