// A video to look at, without questions: with the browser's own controls, for authors and for a result's page.
import type { Chapter, Playback } from '@cuepoint/contracts'
import { useEffect, useRef } from 'react'
import { Screen } from './screen/screen.tsx'
import { useSource } from './screen/use-source.ts'
import './stage.css'

interface Props {
  readonly playback: Playback
  readonly chapters: readonly Chapter[]
  readonly title: string
  readonly startAt: number
  /** The element, once it is there; null when it goes. */
  onVideo(video: HTMLVideoElement | null): void
}

export function PlainScreen({ playback, chapters, title, startAt, onVideo }: Props) {
  const video = useRef<HTMLVideoElement>(null)
  const { open } = useSource(video, playback, startAt)
  const tell = useRef(onVideo)
  tell.current = onVideo
  useEffect(() => {
    void open()
    tell.current(video.current)
    return () => tell.current(null)
  }, [open])
  return <Screen videoRef={video} playback={playback} chapters={chapters} title={title} controls />
}
