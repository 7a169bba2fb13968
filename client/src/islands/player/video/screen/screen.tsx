// The video element in its place, with its tracks. The element around it becomes media-chrome's controller once that is fetched.
import type { Chapter, Playback } from '@cuepoint/contracts'
import { type ReactNode, type Ref, useEffect, useState } from 'react'
import { videoStageMessages } from '../../../../messages/en/video-stage.ts'
import { words } from '../../../../shell/text.ts'

const t = words(videoStageMessages)

export function Screen(props: {
  videoRef: Ref<HTMLVideoElement>
  playback: Playback | null
  chapters: readonly Chapter[]
  title: string
  controls: boolean
  children?: ReactNode
}) {
  const { videoRef, playback, chapters, title, controls, children } = props
  const chapterTrack = useChapterTrack(chapters, playback?.durationSeconds ?? 0)
  if (!playback) return null
  const { width, height, hasVideo } = playback
  return (
    <div
      className={`cpv-screen${hasVideo ? '' : ' cpv-screen-sound'}`}
      style={hasVideo && width > 0 ? { aspectRatio: `${width} / ${height}` } : {}}
    >
      {/* With nothing to see behind them, the controls of a sound stay. */}
      <media-controller nohotkeys="" noautoseektolive="" gesturesdisabled="" {...(hasVideo ? {} : { autohide: '-1' })}>
        <video
          ref={videoRef}
          slot="media"
          playsInline
          preload="none"
          controls={controls}
          {...(playback.posterUrl ? { poster: playback.posterUrl } : {})}
          aria-label={t('screen', { title })}
        >
          {playback.captions.map(({ id, language, label, url }) => (
            <track key={id} kind="captions" srcLang={language} label={label} src={url} />
          ))}
          {playback.storyboardUrl ? <track kind="metadata" label="thumbnails" src={playback.storyboardUrl} default /> : null}
          {chapterTrack ? <track kind="chapters" src={chapterTrack} default /> : null}
        </video>
        {children}
      </media-controller>
    </div>
  )
}

/** Chapters as the browser wants them: a WebVTT file, made here. */
function useChapterTrack(chapters: readonly Chapter[], duration: number): string | null {
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    if (chapters.length === 0) return undefined
    const made = URL.createObjectURL(new Blob([chapterVtt(chapters, duration)], { type: 'text/vtt' }))
    setAddress(made)
    return () => {
      URL.revokeObjectURL(made)
      setAddress(null)
    }
  }, [chapters, duration])
  return address
}

function chapterVtt(chapters: readonly Chapter[], duration: number): string {
  const sorted = [...chapters].sort((a, b) => a.atSeconds - b.atSeconds)
  const time = (seconds: number) => new Date(Math.max(0, seconds) * 1000).toISOString().slice(11, 23)
  const cues = sorted.map(({ atSeconds, title }, at) => {
    const end = sorted[at + 1]?.atSeconds ?? Math.max(duration, atSeconds + 1)
    return `${time(atSeconds)} --> ${time(end)}\n${title.replace(/-->/g, '→').replace(/[\r\n]+/g, ' ') || '–'}\n`
  })
  return `WEBVTT\n\n${cues.join('\n')}`
}
