// Things to put in order, by an Up and a Down button each: works with keys, with one finger, and with no dragging (WCAG 2.5.7).

import { announce } from '../../../shell/live-region.tsx'
import { Rich } from '../../../shell/rich.tsx'
import { type FieldProps, type Kind, t } from './kind.ts'

const plain = (html: string) => new DOMParser().parseFromString(html, 'text/html').body.textContent?.trim() ?? ''

function Field({ question, value, give, locked, promptId }: FieldProps<'ordering'>) {
  const given = value?.itemIds ?? []
  const touched = given.length > 0
  const all = question.items.map(({ id }) => id)
  const order = touched ? given : all
  const texts = new Map(question.items.map(({ id, text }) => [id, text]))
  const keep = (itemIds: string[]) => give({ kind: 'ordering', itemIds }, 'chosen')
  const move = (from: number, by: number) => {
    const to = from + by
    const id = order[from]
    if (id === undefined || to < 0 || to >= order.length) return
    const next = [...order]
    next.splice(from, 1)
    next.splice(to, 0, id)
    keep(next)
    announce(t('moved', { item: plain(texts.get(id) ?? ''), place: to + 1, n: order.length }), 'assertive')
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset would name the group by its hint alone
    <div role="group" aria-labelledby={`${promptId} ${question.id}-hint`}>
      <p id={`${question.id}-hint`} className="cpq-hint">
        {t('orderHint')}
      </p>
      <ol className="cpq-order">
        {order.map((id, place) => (
          <li key={id}>
            <span className="cpq-place" aria-hidden="true">
              {place + 1}
            </span>
            <Rich html={texts.get(id) ?? ''} className="cpq-order-text" />
            <Arrow
              words={t('moveUp', { item: plain(texts.get(id) ?? '') })}
              path="M12 7l6 7H6z"
              off={locked || place === 0}
              press={() => move(place, -1)}
            />
            <Arrow
              words={t('moveDown', { item: plain(texts.get(id) ?? '') })}
              path="M12 17l-6-7h12z"
              off={locked || place === order.length - 1}
              press={() => move(place, 1)}
            />
          </li>
        ))}
      </ol>
      <p className="cpq-hint" style={{ visibility: touched || locked ? 'hidden' : 'visible' }}>
        {t('orderUntouched')}{' '}
        <button type="button" className="cpq-link" onClick={() => keep(all)}>
          {t('orderKeep')}
        </button>
      </p>
    </div>
  )
}

/** Stays focusable at the ends: a button that is disabled under the finger would drop the focus. */
function Arrow({ words, path, off, press }: { words: string; path: string; off: boolean; press(): void }) {
  return (
    <button type="button" className="cpq-arrow" aria-label={words} title={words} aria-disabled={off} onClick={off ? undefined : press}>
      <svg viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
        <path d={path} fill="currentColor" />
      </svg>
    </button>
  )
}

export const ordering: Kind<'ordering'> = {
  Field,
  isAnswered: (value) => value.itemIds.length > 0,
  Given: ({ question, value }) => (
    <ol className="cpq-given">
      {value.itemIds.map((id) => (
        <li key={id}>
          <Rich html={question.items.find((item) => item.id === id)?.text ?? ''} />
        </li>
      ))}
    </ol>
  ),
}
