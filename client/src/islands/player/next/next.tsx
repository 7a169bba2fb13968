// What next: a few suggestions, each with its reason, each to be dismissed. Fetched after the page can be worked with; it may also never come.
import type { Advice } from '@cuepoint/contracts'
import { useEffect, useRef, useState } from 'react'
import { call } from '../../../api/call.ts'
import { announce } from '../../../shell/live-region.tsx'
import { AdviceItem } from './advice-item.tsx'
import type { PlaySpan } from './play-span.ts'
import { useAdvice } from './use-advice.ts'
import { t } from './words.ts'
import './next.css'

interface Props {
  readonly placementId: string
  /** What stands on this page. */
  readonly activityId: string
  /** Right after handing in the room is kept, and it is said that something may come. */
  readonly waits?: boolean
  /** Plays a part of the video of this page; absent where there is none to play. */
  onSpan?(span: PlaySpan): void
}

export function Next({ placementId, activityId, waits = false, onSpan }: Props) {
  const [{ advice, looking }, setAdvice] = useAdvice(placementId)
  if (looking) {
    return waits ? (
      <p className="cpn-looking" role="status">
        {t('looking')}
      </p>
    ) : null
  }
  if (!advice) return null
  return (
    <Suggestions
      advice={advice}
      activityId={activityId}
      {...(onSpan ? { onSpan } : {})}
      onGone={(id) => setAdvice(advice.filter((one) => one.id !== id))}
    />
  )
}

interface SuggestionsProps {
  readonly advice: readonly Advice[]
  /** Of the page; null where none stands there. */
  readonly activityId: string | null
  onSpan?(span: PlaySpan): void
  onGone(id: string): void
}

export function Suggestions({ advice, activityId, onSpan, onGone }: SuggestionsProps) {
  const section = useRef<HTMLElement>(null)
  const heading = useRef<HTMLHeadingElement>(null)
  const [left, setLeft] = useState(false)
  useShown(section, advice)
  const gone = (id: string) => {
    announce(t('dismissed'))
    setLeft(true)
    // The button that had the focus goes with its suggestion.
    heading.current?.focus({ preventScroll: true })
    onGone(id)
  }
  if (advice.length === 0 && !left) return null
  return (
    <section ref={section} className="cpn" aria-labelledby="cpn-title">
      <h2 id="cpn-title" ref={heading} tabIndex={-1}>
        {t('title')}
      </h2>
      {advice.length === 0 ? (
        <p>{t('none')}</p>
      ) : (
        <>
          <p className="cpn-quiet">{t('intro')}</p>
          <ul>
            {advice.map((one) => (
              <AdviceItem key={one.id} advice={one} activityId={activityId} {...(onSpan ? { onSpan } : {})} onGone={() => gone(one.id)} />
            ))}
          </ul>
        </>
      )}
    </section>
  )
}

/** Told to the server once it has really stood in sight. */
function useShown(section: { readonly current: HTMLElement | null }, advice: readonly Advice[]): void {
  const told = useRef(new Set<string>())
  useEffect(() => {
    const node = section.current
    const adviceIds = advice.map(({ id }) => id).filter((id) => !told.current.has(id))
    if (!node || adviceIds.length === 0) return undefined
    const seen = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) return
      seen.disconnect()
      for (const id of adviceIds) told.current.add(id)
      call('POST /api/advice/shown', { body: { adviceIds } }).catch(() => {
        for (const id of adviceIds) told.current.delete(id)
      })
    })
    seen.observe(node)
    return () => seen.disconnect()
  }, [section, advice])
}
