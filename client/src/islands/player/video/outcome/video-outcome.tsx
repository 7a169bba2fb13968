// The video on the page of a result: how much was watched, and the picture itself, brought to the moment of a question when asked.
import type { AttemptView } from '@cuepoint/contracts'
import { useEffect, useRef, useState } from 'react'
import { PlainScreen } from '../plain-screen.tsx'
import { t } from '../words.ts'
import { WatchedFacts } from './watched-facts.tsx'

/** Asked for; `times` tells a second wish for the same moment from the first. */
export interface Moment {
  readonly at: number
  readonly times: number
}

export function VideoOutcome({ attempt, moment }: { attempt: AttemptView; moment: Moment | null }) {
  const [video, setVideo] = useState<HTMLVideoElement | null>(null)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!video || !moment) return
    video.currentTime = moment.at
    box.current?.scrollIntoView({ block: 'nearest' })
    video.focus({ preventScroll: true })
    void video.play().catch(() => {})
  }, [video, moment])
  const { video: view, title } = attempt
  return (
    <section className="cpv-outcome" aria-labelledby="cpv-outcome">
      <h2 id="cpv-outcome">{t('result.title')}</h2>
      <WatchedFacts attempt={attempt} />
      {view?.playback ? (
        <div ref={box} className="cpv-outcome-screen">
          <PlainScreen playback={view.playback} chapters={view.chapters} title={title} startAt={moment?.at ?? 0} onVideo={setVideo} />
        </div>
      ) : null}
    </section>
  )
}
