// The last step before handing in: says what is not answered, and what happens next. Also shows a hand-in that waits for the network.
import { Button } from '@instructure/ui-buttons'
import type { SavedState } from '../../api/saved.ts'
import { useFocusOnShow } from '../../shell/use-focus.ts'
import { t } from './questions/kind.ts'

export function Confirm(props: {
  saved: SavedState
  count: number
  unanswered: readonly number[]
  /** Those of them that have a part of an answer. */
  begun: ReadonlySet<number>
  goTo(index: number): void
  back(): void
  handIn(): void
}) {
  const { saved, count, unanswered, begun, goTo, back, handIn } = props
  const waiting = saved.submit === 'waiting'
  const heading = useFocusOnShow<HTMLHeadingElement>(waiting)
  const stuck = saved.problem !== null
  if (waiting && !stuck) {
    return (
      <section className="cpq-question">
        <h2 ref={heading} tabIndex={-1}>
          {t('waiting.title')}
        </h2>
        <p>{t(saved.durable === false ? 'waiting.frail' : 'waiting.kept')}</p>
        <div className="cp-actions">
          <Button onClick={handIn}>{t('waiting.now')}</Button>
        </div>
      </section>
    )
  }
  const busy = saved.submit === 'sending' || saved.submit === 'done'
  return (
    <section className="cpq-question">
      <h2 ref={heading} tabIndex={-1}>
        {t('confirm.title')}
      </h2>
      {unanswered.length === 0 ? (
        <p>{t('confirm.all', { n: count })}</p>
      ) : (
        (['confirm.none', 'confirm.some'] as const).map((words) => {
          const these = unanswered.filter((index) => begun.has(index) === (words === 'confirm.some'))
          return these.length === 0 ? null : (
            <div key={words}>
              <p>{t(words, { n: these.length })}</p>
              <ul className="cpq-unanswered">
                {these.map((index) => (
                  <li key={index}>
                    <button type="button" className="cpq-link" disabled={busy} onClick={() => goTo(index)}>
                      {t('confirm.goTo', { number: index + 1 })}
                    </button>
                  </li>
                ))}
              </ul>
            </div>
          )
        })
      )}
      <p>{t('confirm.after')}</p>
      <div className="cp-actions">
        <Button color="primary" interaction={busy || stuck ? 'disabled' : 'enabled'} onClick={handIn}>
          {busy ? t('submitting') : t('submit')}
        </Button>
        <Button interaction={busy ? 'disabled' : 'enabled'} onClick={back}>
          {t('confirm.back')}
        </Button>
      </div>
    </section>
  )
}
