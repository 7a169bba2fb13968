// Handing in: by itself where everything is done, else with what is still open. Also says when it waits for the network.
import { Button } from '@instructure/ui-buttons'
import { useEffect, useRef, useState } from 'react'
import { clockOf } from '../../../../shell/clock-time.ts'
import { percent } from '../../../../shell/locale.ts'
import { useFocusOnShow } from '../../../../shell/use-focus.ts'
import type { RoomParts } from '../parts.ts'
import { t } from '../words.ts'

export function EndCard(parts: RoomParts) {
  const { saved, now, view } = parts
  const [asked, setAsked] = useState(false)
  const stayed = useRef(false)
  const { submit, problem } = saved
  const send = useHandIn(parts)
  const open = now.cues.filter(({ settled }) => !settled)
  const enough = now.watchedShare >= view.watchedThreshold
  const done = open.length === 0 && enough
  const { ended } = now
  const over = problem !== null || now.problem !== null
  useEffect(() => {
    // Watched to the end counts without a further click.
    if (ended && done && submit === 'no' && !over) send()
  }, [ended, done, submit, over, send])
  if (over) return null
  if (submit === 'waiting') return <Waits durable={saved.durable} send={send} />
  const busy = submit === 'sending' || submit === 'done'
  if (!ended && !asked && !busy) {
    return (
      <p className="cpv-early">
        <Button
          elementRef={(it) => {
            if (stayed.current && it instanceof HTMLElement) it.focus()
            stayed.current = false
          }}
          onClick={() => setAsked(true)}
        >
          {t('submitEarly')}
        </Button>
      </p>
    )
  }
  const stay = () => {
    stayed.current = true
    setAsked(false)
  }
  return <Ask {...parts} busy={busy} enough={enough} send={send} stay={stay} />
}

function Ask({ now, view, viewing, busy, enough, send, stay }: RoomParts & { busy: boolean; enough: boolean; send(): void; stay(): void }) {
  const heading = useFocusOnShow<HTMLHeadingElement>()
  const open = now.cues.filter(({ settled }) => !settled)
  return (
    <section className="cpq-question" aria-labelledby="cpv-end">
      <h2 id="cpv-end" ref={heading} tabIndex={-1}>
        {t(now.ended ? 'end.title' : 'submitEarly')}
      </h2>
      {enough ? null : <p>{t('end.little', { percent: percent(now.watchedShare), needed: percent(view.watchedThreshold) })}</p>}
      {open.length === 0 && enough ? <p>{t('end.all')}</p> : null}
      {open.length > 0 ? (
        <>
          <p>{t('end.open', { n: open.length })}</p>
          <ul className="cpq-unanswered">
            {open.map(({ id, atSeconds }) => (
              <li key={id}>
                <button type="button" className="cpq-link" onClick={() => viewing.showCue(id)}>
                  {t('cue', { time: clockOf(atSeconds) })}
                </button>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <p>{t('end.after')}</p>
      <div className="cp-actions">
        <Button color="primary" interaction={busy ? 'disabled' : 'enabled'} onClick={send}>
          {t(busy ? 'submitting' : 'submit')}
        </Button>
        {now.ended ? null : (
          <Button interaction={busy ? 'disabled' : 'enabled'} onClick={stay}>
            {t('keepWatching')}
          </Button>
        )}
      </div>
    </section>
  )
}

function Waits({ durable, send }: { durable: boolean | null; send(): void }) {
  const heading = useFocusOnShow<HTMLHeadingElement>()
  return (
    <section className="cpq-question">
      <h2 ref={heading} tabIndex={-1}>
        {t('waiting.title')}
      </h2>
      <p>{t(durable === false ? 'waiting.frail' : 'waiting.kept')}</p>
      <div className="cp-actions">
        <Button onClick={send}>{t('waiting.now')}</Button>
      </div>
    </section>
  )
}

/** What was played goes before the hand-in: afterwards it counts for nothing. */
function useHandIn({ viewing, answers, video }: RoomParts): () => void {
  const going = useRef(false)
  const latest = useRef({ viewing, answers, video })
  latest.current = { viewing, answers, video }
  const send = useRef(() => {
    if (going.current) return
    going.current = true
    const { video: ref, viewing: view, answers: book } = latest.current
    ref.current?.pause()
    void view.flush().then(() => {
      going.current = false
      book.submit()
    })
  })
  return send.current
}
