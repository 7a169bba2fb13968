// The video on the page of a result: how much was watched, and the picture itself, brought to the moment of a question when asked.
import type { AttemptView } from '@cuepoint/contracts'
import { useEffect, useRef, useState } from 'react'
import { PlainScreen } from '../plain-screen.tsx'
import { startPlaying } from '../screen/start-playing.ts'
import { t } from '../words.ts'
import { WatchedFacts } from './watched-facts.tsx'

/** Asked for; `times` tells a second wish for the same moment from the first. */
export interface Moment {
  readonly at: number
  readonly times: number
  /** Where a part ends that is to be played: it stops there. */
  readonly until?: number
  /** Enough of the part was played to say that it was. */
  onPlayed?(): void
}

const enoughSeconds = 5

/** Listens to a part of the video being played, until that is over or `hearing` is ended from outside. */
function followPart(video: HTMLVideoElement, { at, onPlayed }: Moment, until: number, hearing: AbortController): void {
  let told = false
  const look = () => {
    const { currentTime } = video
    if (!told && currentTime >= at + Math.min(enoughSeconds, (until - at) / 2) && currentTime <= until + 1) {
      told = true
      onPlayed?.()
    }
    if (currentTime < until) return
    // Whoever plays on has seen the part.
    if (currentTime < until + 1) video.pause()
    hearing.abort()
  }
  video.addEventListener('timeupdate', look, { signal: hearing.signal })
}

export function VideoOutcome({ attempt, moment }: { attempt: AttemptView; moment: Moment | null }) {
  const [video, setVideo] = useState<HTMLVideoElement | null>(null)
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!video || !moment) return
    box.current?.scrollIntoView({ block: 'nearest' })
    video.focus({ preventScroll: true })
    const hearing = new AbortController()
    void startPlaying(video, moment.at, hearing.signal)
    if (moment.until !== undefined) followPart(video, moment, moment.until, hearing)
    return () => hearing.abort()
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
