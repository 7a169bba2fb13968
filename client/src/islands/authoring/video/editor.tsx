// The video editor over one draft: the file, the timeline, questions at their moments, chapters, captions, settings.
import type { Activity, QuestionKind, VideoDocument } from '@cuepoint/contracts'
import { Suspense, useCallback, useEffect, useState } from 'react'
import { preciseClockOf } from '../../../shell/clock-time.ts'
import { announce } from '../../../shell/live-region.tsx'
import { TryOut } from '../../../shell/video-screen.tsx'
import { blankQuestion } from '../draft/blank-question.ts'
import type { ActivityWith } from '../draft/draft-keeper.ts'
import { localId } from '../draft/local-id.ts'
import { useDraft } from '../draft/use-draft.ts'
import { EditorFrame } from '../editor-frame.tsx'
import { focusOn } from '../fields/focus.ts'
import { SaveWords } from '../save-state.tsx'
import { useTopics } from '../topics/use-topics.ts'
import { AssetPart } from './asset/asset-part.tsx'
import { Findings } from './asset/findings.tsx'
import { useAsset } from './asset/use-asset.ts'
import { Captions } from './captions/captions.tsx'
import { Chapters } from './chapters.tsx'
import { CueList } from './cues/cue-list.tsx'
import { movedCue, newCue, questionPoints, withChapter, withCue, withoutTopic, withVideoSettings } from './edits.ts'
import { VideoSettings } from './settings.tsx'
import { BeforeTimeline } from './timeline/before-timeline.tsx'
import { Timeline } from './timeline/timeline.tsx'
import { usePlayhead } from './timeline/use-playhead.ts'
import { usePlayback } from './use-playback.ts'
import { vt } from './words.ts'
import './video.css'

interface Props {
  readonly activity: ActivityWith<VideoDocument>
  readonly locale: string
  onDone(activity: Activity): void
  onCancel(): void
}

export function VideoEditor({ activity, locale, onDone, onCancel }: Props) {
  const { keeper, view } = useDraft(activity)
  const { document, save, title } = view
  const edit = (change: (document: VideoDocument) => VideoDocument) =>
    keeper.change((draft) => ({ ...draft, document: change(draft.document) }))
  const topics = useTopics((topicId) => edit((now) => withoutTopic(now, topicId)))
  const [open, setOpen] = useState<string | null>(null)
  const held = useAsset(document.assetId)
  const { playback, failed: playbackFailed, again } = usePlayback(held.asset)
  const playhead = usePlayhead(playback?.durationSeconds ?? held.asset?.durationSeconds ?? 0)
  const look = useCallback(() => void keeper.look().catch(() => {}), [keeper])
  const state = held.asset?.state
  useEffect(() => {
    // Made ready, failed: the draft lacks other things than before.
    if (state) look()
  }, [state, look])
  const addQuestion = (kind: QuestionKind, at: number) => {
    const cue = newCue(blankQuestion(kind), at)
    edit((now) => withCue(now, cue))
    setOpen(cue.id)
    focusOn(`prompt-${cue.question.id}`)
    announce(vt('cueAdded', { time: preciseClockOf(cue.atSeconds) }))
  }
  const addChapter = (at: number) => {
    const atSeconds = Math.round(at * 10) / 10
    edit((now) => withChapter(now, { id: localId(), atSeconds, title: vt('chapterNew', { number: now.chapters.length + 1 }) }))
    announce(vt('chapterAdded', { time: preciseClockOf(atSeconds) }))
  }
  const go = (questionId: string) => {
    const cue = document.cues.find(({ question }) => question.id === questionId)
    if (cue) setOpen(cue.id)
    focusOn(`prompt-${questionId}`, `head-${questionId}`)
  }
  const [tried, setTried] = useState<number | 'unsaved' | null>(null)
  const tryOut = async (at: number) => {
    const from = Math.round(at * 10) / 10
    // It is the saved draft that is tried.
    await keeper.flush()
    setTried(keeper.unsaved ? 'unsaved' : from)
  }
  const points = questionPoints(document)
  const { watchPoints } = document.settings
  if (typeof tried === 'number') {
    return (
      <Suspense fallback={<p className="cp-loading">{vt('tryOutOpening')}</p>}>
        <TryOut
          activityId={activity.id}
          from={tried}
          onBack={() => {
            setTried(null)
            focusOn('vau-try')
          }}
        />
      </Suspense>
    )
  }
  return (
    <EditorFrame
      activity={activity}
      keeper={keeper}
      view={view}
      questions={document.cues.map(({ question }) => question)}
      notes={<Findings warnings={view.warnings} />}
      onGo={go}
      onDone={onDone}
      onCancel={onCancel}
    >
      {(issues) => (
        <>
          <AssetPart assetId={document.assetId} held={held} onAsset={(assetId) => edit((now) => ({ ...now, assetId }))} />
          {playback ? (
            <Timeline
              document={document}
              playback={playback}
              title={title}
              playhead={playhead}
              open={open}
              onAddQuestion={addQuestion}
              onAddChapter={addChapter}
              tryOutRefused={tried === 'unsaved' && keeper.unsaved}
              onTryOut={(from) => void tryOut(from)}
              onMoveCue={(cue, to) => edit((now) => withCue(now, movedCue(cue, to)))}
              onMoveChapter={(chapter, to) => edit((now) => withChapter(now, { ...chapter, atSeconds: to }))}
              onOpen={(cueId) => {
                setOpen(cueId)
                const cue = document.cues.find(({ id }) => id === cueId)
                if (cue) focusOn(`head-${cue.question.id}`)
              }}
            />
          ) : (
            <BeforeTimeline
              asset={held.asset}
              failed={playbackFailed}
              onAgain={again}
              onAddQuestion={(kind) => addQuestion(kind, playhead.at)}
            />
          )}
          <CueList
            document={document}
            issues={issues}
            topics={topics}
            locale={locale}
            playhead={playhead}
            open={open}
            saveState={<SaveWords save={save} />}
            onOpen={setOpen}
            onEdit={edit}
          />
          <Chapters document={document} length={playhead.length} onEdit={edit} />
          {held.asset && held.asset.state !== 'uploading' ? (
            <Captions assetId={held.asset.id} playhead={playhead} locale={locale} onChanged={look} />
          ) : null}
          <p className="au-total">
            {vt('total', { points: Math.round((points + watchPoints) * 1e6) / 1e6, watch: watchPoints, questions: points })}
          </p>
          <VideoSettings
            settings={document.settings}
            locale={locale}
            onSettings={(change) => edit((now) => withVideoSettings(now, change))}
          />
        </>
      )}
    </EditorFrame>
  )
}
