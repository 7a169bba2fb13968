// All attempts of this learner, where there is more than one: each with its score and a way to look at it.
import type { PlayerView } from '@cuepoint/contracts'
import { numeral } from '../../../shell/locale.ts'
import { t } from '../questions/kind.ts'

export function AttemptsList({ player, shownId, show }: { player: PlayerView; shownId: string | null; show(id: string): void }) {
  const finished = player.attempts.filter(({ state }) => state === 'submitted')
  if (finished.length < 2) return null
  return (
    <section className="cpq-attempts">
      <h2>{t('attempts.title')}</h2>
      <ul>
        {finished.map(({ id, number, score, maxScore }) => (
          <li key={id}>
            {t('attempts.line', { number, score: numeral(score ?? 0), max: numeral(maxScore) })}{' '}
            <button type="button" className="cpq-link" aria-pressed={id === shownId} onClick={() => show(id)}>
              {t('attempts.show', { number })}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
