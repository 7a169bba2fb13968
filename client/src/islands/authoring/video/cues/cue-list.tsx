// The questions of the video in the order of their moments, one open at a time.
import type { Cue, DraftIssue, VideoDocument } from '@cuepoint/contracts'
import type { ReactNode } from 'react'
import { preciseClockOf } from '../../../../shell/clock-time.ts'
import { announce } from '../../../../shell/live-region.tsx'
import { focusOn } from '../../fields/focus.ts'
import { useDeleted } from '../../fields/use-deleted.tsx'
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
  const deleted = useDeleted<Cue>({
    ...{ undoId: 'undo-question', headingId: 'vau-cues' },
    gone: ({ atSeconds }) => vt('cueDeleted', { time: preciseClockOf(atSeconds) }),
    back: ({ atSeconds }) => vt('cueBack', { time: preciseClockOf(atSeconds) }),
    restore: (cue) => onEdit((now) => withCue(now, cue)),
    focusBack: ({ question }) => `head-${question.id}`,
  })
  const copy = (cue: Cue) => {
    const fresh = copiedCue(cue, playhead.length)
    onEdit((now) => withCue(now, fresh))
    onOpen(fresh.id)
    focusOn(`prompt-${fresh.question.id}`)
    announce(vt('cueCopied', { time: preciseClockOf(fresh.atSeconds) }))
  }
  const remove = (cue: Cue) => {
    onEdit((now) => withoutCue(now, cue.id))
    if (open === cue.id) onOpen(null)
    deleted.remember(cue)
  }
  return (
    <section aria-labelledby="vau-cues">
      <h2 id="vau-cues" tabIndex={-1}>
        {vt('cues', { n: cues.length })}
      </h2>
      {cues.length === 0 && !deleted.last ? <p className="au-empty">{vt('cuesNone')}</p> : null}
      {deleted.note}
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
