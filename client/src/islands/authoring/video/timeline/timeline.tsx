// The video with its timeline: look, go to a moment, add there, move what stands there.
import type { Chapter, Cue, Playback, QuestionKind, VideoDocument } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { Suspense, useEffect, useRef, useState } from 'react'
import { clockOf, preciseClockOf } from '../../../../shell/clock-time.ts'
import { useStoryboard } from '../../../../shell/storyboard.ts'
import { PlainScreen } from '../../../../shell/video-screen.tsx'
import { AddQuestion } from '../../questions/add-question.tsx'
import { TimeField } from '../time-field.tsx'
import { vt } from '../words.ts'
import { MarkOnLine } from './mark-on-line.tsx'
import { Strip } from './strip.tsx'
import type { Playhead } from './use-playhead.ts'
import { Wave } from './wave.tsx'

interface Props {
  readonly document: VideoDocument
  readonly playback: Playback
  readonly title: string
  readonly playhead: Playhead
  readonly open: string | null
  onAddQuestion(kind: QuestionKind, at: number): void
  onAddChapter(at: number): void
  onMoveCue(cue: Cue, to: number): void
  onMoveChapter(chapter: Chapter, to: number): void
  onOpen(cueId: string): void
  /** The draft is not saved, and it is the saved one that is tried out. */
  readonly tryOutRefused: boolean
  onTryOut(from: number): void
}

const zooms = [1, 2, 4, 8] as const

export function Timeline(props: Props) {
  const { document, playback, title, playhead, open, onAddQuestion, onAddChapter, onMoveCue, onMoveChapter, onOpen, onTryOut } = props
  const { at, length, goTo } = playhead
  const frames = useStoryboard(playback.storyboardUrl)
  const line = useRef<HTMLDivElement>(null)
  const scroll = useRef<HTMLDivElement>(null)
  const [zoom, setZoom] = useState(0)
  const times = zooms[zoom] ?? 1
  const secondsAt = (clientX: number) => {
    const box = line.current?.getBoundingClientRect()
    return box && box.width > 0 ? ((clientX - box.left) / box.width) * length : 0
  }
  useEffect(() => {
    const it = scroll.current
    if (!it || times === 1) return
    const x = (at / Math.max(1, length)) * it.scrollWidth
    if (x < it.scrollLeft || x > it.scrollLeft + it.clientWidth) it.scrollLeft = x - it.clientWidth / 2
  }, [at, length, times])
  // After a try-out it stands where it stood before.
  const [startAt] = useState(at)
  return (
    <section aria-labelledby="vau-timeline" className="vau-timeline">
      <h2 id="vau-timeline">{vt('timeline')}</h2>
      <p className="au-hint">{vt('timelineHint')}</p>
      <div className="vau-stage">
        <Suspense fallback={<div className="vau-stage-waits" />}>
          <PlainScreen
            key={`${playback.assetId} ${playback.durationSeconds} ${playback.storyboardUrl !== null}`}
            playback={playback}
            chapters={none}
            title={title}
            startAt={startAt}
            onVideo={playhead.onVideo}
          />
        </Suspense>
      </div>
      <div className="vau-scroll" ref={scroll}>
        <div className="vau-line" ref={line} style={{ width: `${times * 100}%` }}>
          {/* biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the keyboard's way is the field and the buttons below */}
          <div className="vau-track" onClick={(event) => goTo(secondsAt(event.clientX))}>
            <Strip frames={frames} length={length} />
            <Wave url={playback.waveformUrl} alone={!playback.hasVideo} />
            <span className="vau-playhead" style={{ left: `${(100 * at) / Math.max(1, length)}%` }} aria-hidden="true" />
          </div>
          <div className="vau-marks">
            {document.chapters.map((chapter) => (
              <MarkOnLine
                key={chapter.id}
                kind="chapter"
                name={vt('markChapter', { title: chapter.title })}
                text={chapter.title}
                at={chapter.atSeconds}
                length={length}
                chosen={false}
                secondsAt={secondsAt}
                onMove={(to) => onMoveChapter(chapter, to)}
                onChoose={() => goTo(chapter.atSeconds)}
              />
            ))}
            {document.cues.map((cue, index) => (
              <MarkOnLine
                key={cue.id}
                kind="cue"
                name={vt('markQuestion', { number: index + 1 })}
                text={String(index + 1)}
                at={cue.atSeconds}
                length={length}
                chosen={open === cue.id}
                secondsAt={secondsAt}
                onMove={(to) => onMoveCue(cue, to)}
                onChoose={() => {
                  goTo(cue.atSeconds)
                  onOpen(cue.id)
                }}
              />
            ))}
          </div>
        </div>
      </div>
      <div className="vau-tools">
        <div className="vau-at">
          <span aria-hidden="true">{vt('playhead')}</span>
          <TimeField
            quiet
            label={vt('goToLabel')}
            value={Math.round(at * 10) / 10}
            max={length}
            bad={vt('cueTimeBad', { length: clockOf(length), kept: preciseClockOf(at) })}
            onValue={goTo}
          />
          <span>{vt('playheadOf', { length: clockOf(length) })}</span>
        </div>
        <span className="vau-pair">
          <Button size="small" onClick={() => goTo(at - 1)}>
            {vt('stepBack')}
          </Button>
          <Button size="small" onClick={() => goTo(at + 1)}>
            {vt('stepForward')}
          </Button>
        </span>
        <span className="vau-pair">
          <Button size="small" aria-disabled={zoom === 0} onClick={() => setZoom(Math.max(0, zoom - 1))}>
            {vt('zoomOut')}
          </Button>
          <Button size="small" aria-disabled={zoom === zooms.length - 1} onClick={() => setZoom(Math.min(zooms.length - 1, zoom + 1))}>
            {vt('zoomIn')}
          </Button>
        </span>
      </div>
      <div className="vau-add">
        {document.cues.length < 200 ? (
          <AddQuestion first={false} label={vt('addQuestionAt', { time: preciseClockOf(at) })} onAdd={(kind) => onAddQuestion(kind, at)} />
        ) : (
          <p>{vt('cuesFull')}</p>
        )}
        <Button onClick={() => onAddChapter(at)}>{vt('addChapterAt', { time: preciseClockOf(at) })}</Button>
        <span className="vau-try">
          <Button id="vau-try" onClick={() => onTryOut(at)}>
            {vt('tryOut', { time: preciseClockOf(at) })}
          </Button>
          <span className="au-means">{vt('tryOutMeans')}</span>
          {props.tryOutRefused ? (
            <strong role="alert" className="au-means">
              {vt('tryOutUnsaved')}
            </strong>
          ) : null}
        </span>
      </div>
    </section>
  )
}

const none: readonly Chapter[] = []
