// An open attempt at a video. Its first look is the poster and a button that plays; controls, questions and transcript are fetched while
// that is looked at (room.tsx). The video element stays the same one all along.
import type { VideoView } from '@cuepoint/contracts'
import { useCallback, useEffect, useRef, useState } from 'react'
import { videoStageMessages } from '../../../messages/en/video-stage.ts'
import { clockOf } from '../../../shell/clock-time.ts'
import { Notice } from '../../../shell/notice.tsx'
import { PlainButton } from '../../../shell/plain-button.tsx'
import { words } from '../../../shell/text.ts'
import { useFocusOnShow } from '../../../shell/use-focus.ts'
import { useAnswers } from '../use-answers.ts'
import type { RoomParts, StageProps } from './parts.ts'
import { Screen } from './screen/screen.tsx'
import { startPlaying } from './screen/start-playing.ts'
import { useSource } from './screen/use-source.ts'
import { usePanel } from './use-panel.ts'
import { useRoom } from './use-room.ts'
import { useViewing } from './use-viewing.ts'
import './stage.css'

const t = words(videoStageMessages)

export function VideoAttempt(props: StageProps) {
  const { attempt } = props
  const { video } = attempt
  const heading = useFocusOnShow<HTMLHeadingElement>()
  return (
    <main className="cpv">
      <h1 ref={heading} tabIndex={-1}>
        {attempt.title}
      </h1>
      {video?.playback ? (
        <Stage {...props} view={video} />
      ) : (
        <Notice kind="warning" role="alert">
          <p>{t('gone')}</p>
        </Notice>
      )}
    </main>
  )
}

function Stage(props: StageProps & { view: VideoView }) {
  const { attempt, records, tryOut, view, onSubmitted } = props
  const box = useRef<HTMLDivElement>(null)
  const video = useRef<HTMLVideoElement>(null)
  const { answers, saved } = useAnswers(attempt, records && !tryOut, props.keep)
  // At the very end there is nothing to go on with: it begins anew.
  const startAt = tryOut || view.positionSeconds < view.durationSeconds - 1 ? view.positionSeconds : 0
  const source = useSource(video, view.playback, startAt)
  const { viewing, now } = useViewing(video, attempt, view, { records, tryOut: tryOut !== undefined, answers })
  const { room, failed, again } = useRoom()
  const [begun, setBegun] = useState(false)
  const [panel, onPanel] = usePanel()
  const [changes] = useState(() => new Map<string, number>())
  const { submitted } = saved
  useEffect(() => {
    if (submitted) onSubmitted(submitted)
  }, [submitted, onSubmitted])

  const { open } = source
  const play = useCallback(async () => {
    setBegun(true)
    await open()
    if (video.current) await startPlaying(video.current)
  }, [open])
  const { lowData } = source.wishes
  useEffect(() => {
    // What comes first is fetched while the learner looks at the poster, unless every byte counts.
    if (room && !lowData) void open()
  }, [room, lowData, open])

  const parts: RoomParts = {
    ...props,
    box,
    video,
    answers,
    saved,
    source,
    viewing,
    now,
    begun,
    changes,
    panel,
    onPanel,
    play: () => void play(),
  }
  return (
    <div className={`cpv-room${now.due === null ? '' : ' cpv-room-due'}`} ref={box}>
      <div className="cpv-seen">
        <Screen videoRef={video} playback={view.playback} chapters={view.chapters} title={attempt.title} controls={begun && !room}>
          {room ? <room.Controls {...parts} /> : null}
          {begun ? null : (
            <button type="button" className="cpv-play" onClick={() => void play()} aria-label={t('playTitle', { title: attempt.title })}>
              <svg viewBox="0 0 24 24" width="40" height="40" aria-hidden="true">
                <path d="M7 4l13 8-13 8z" fill="currentColor" />
              </svg>
              <span>{startAt > 1 ? t('resume', { time: clockOf(startAt) }) : t('play')}</span>
            </button>
          )}
        </Screen>
        {room ? <room.Below {...parts} /> : null}
      </div>
      {room ? <room.Side {...parts} /> : null}
      {room ? <room.Under {...parts} /> : null}
      {failed || source.failed ? (
        <Notice
          kind="danger"
          role="alert"
          title={t('partTitle')}
          actions={
            <PlainButton
              onClick={() => {
                again()
                if (source.failed) void open()
              }}
            >
              {t('again')}
            </PlainButton>
          }
        >
          <p>{t('part')}</p>
        </Notice>
      ) : null}
    </div>
  )
}
