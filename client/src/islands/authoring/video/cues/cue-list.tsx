// The questions of the video in the order of their moments, one open at a time.
import type { Cue, DraftIssue, VideoDocument } from '@cuepoint/contracts'
import { type ReactNode, useState } from 'react'
import { preciseClockOf } from '../../../../shell/clock-time.ts'
import { announce } from '../../../../shell/live-region.tsx'
import { Deleted } from '../../fields/deleted.tsx'
import { focusOn } from '../../fields/focus.ts'
import type { Topics } from '../../topics/use-topics.ts'
import { copiedCue, withCue, withoutCue } from '../edits.ts'
import type { Playhead } from '../timeline/use-playhead.ts'
import { vt } from '../words.ts'
import { CueCard } from './cue-card.tsx'

interface Props {
  readonly document: VideoDocument
  readonly issues: readonly DraftIssue[]
  readonly topics: Topics
  readonly locale: string
  readonly playhead: Playhead
  readonly open: string | null
  readonly saveState: ReactNode
  onOpen(cueId: string | null): void
  onEdit(edit: (document: VideoDocument) => VideoDocument): void
}

export function CueList({ document, issues, topics, locale, playhead, open, saveState, onOpen, onEdit }: Props) {
  const { cues } = document
  const [deleted, setDeleted] = useState<Cue | null>(null)
  const copy = (cue: Cue) => {
    const fresh = copiedCue(cue, playhead.length)
    onEdit((now) => withCue(now, fresh))
    onOpen(fresh.id)
    focusOn(`prompt-${fresh.question.id}`)
    announce(vt('cueCopied', { time: preciseClockOf(fresh.atSeconds) }))
  }
  const remove = (cue: Cue) => {
    onEdit((now) => withoutCue(now, cue.id))
    setDeleted(cue)
    if (open === cue.id) onOpen(null)
    announce(vt('cueDeleted', { time: preciseClockOf(cue.atSeconds) }))
    focusOn('undo-delete')
  }
  const undo = () => {
    if (!deleted) return
    onEdit((now) => withCue(now, deleted))
    setDeleted(null)
    announce(vt('cueBack', { time: preciseClockOf(deleted.atSeconds) }))
    focusOn(`head-${deleted.question.id}`)
  }
  return (
    <section aria-labelledby="vau-cues">
      <h2 id="vau-cues" tabIndex={-1}>
        {vt('cues', { n: cues.length })}
      </h2>
      {cues.length === 0 && !deleted ? <p className="au-empty">{vt('cuesNone')}</p> : null}
      {deleted ? (
        <Deleted
          words={vt('cueDeleted', { time: preciseClockOf(deleted.atSeconds) })}
          onUndo={undo}
          onDismiss={() => {
            setDeleted(null)
            focusOn('vau-cues')
          }}
        />
      ) : null}
      <ol className="au-cards">
        {cues.map((cue, index) => (
          <CueCard
            key={cue.id}
            cue={cue}
            number={index + 1}
            issues={issues.filter(({ questionId }) => questionId === cue.question.id)}
            topics={topics}
            locale={locale}
            playhead={playhead}
            open={open === cue.id}
            saveState={saveState}
            onOpen={(is) => onOpen(is ? cue.id : null)}
            onCue={(next) => onEdit((now) => withCue(now, next))}
            onCopy={() => copy(cue)}
            onRemove={() => remove(cue)}
          />
        ))}
      </ol>
    </section>
  )
}
