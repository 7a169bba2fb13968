// The chapters: a moment and a title each.
import type { Chapter, VideoDocument } from '@cuepoint/contracts'
import { useState } from 'react'
import { clockOf, preciseClockOf } from '../../../shell/clock-time.ts'
import { announce } from '../../../shell/live-region.tsx'
import { Deleted } from '../fields/deleted.tsx'
import { focusOn } from '../fields/focus.ts'
import { LineField } from '../fields/line-field.tsx'
import { MarkButton } from '../fields/mark-button.tsx'
import { withChapter, withoutChapter } from './edits.ts'
import { TimeField } from './time-field.tsx'
import { vt } from './words.ts'

interface Props {
  readonly document: VideoDocument
  readonly length: number
  onEdit(edit: (document: VideoDocument) => VideoDocument): void
}

export function Chapters({ document, length, onEdit }: Props) {
  const { chapters } = document
  const end = length > 0 ? length : 86_400
  const [deleted, setDeleted] = useState<Chapter | null>(null)
  const remove = (chapter: Chapter) => {
    onEdit((now) => withoutChapter(now, chapter.id))
    setDeleted(chapter)
    announce(vt('chapterDeleted', { title: chapter.title }))
    focusOn('undo-chapter')
  }
  const undo = (chapter: Chapter) => {
    onEdit((now) => withChapter(now, chapter))
    setDeleted(null)
    announce(vt('chapterBack', { title: chapter.title }))
    focusOn(`chapter-${chapter.id}`)
  }
  return (
    <section aria-labelledby="vau-chapters" className="vau-part">
      <h2 id="vau-chapters" tabIndex={-1}>
        {vt('chapters', { n: chapters.length })}
      </h2>
      {chapters.length === 0 && !deleted ? <p className="au-empty">{vt('chaptersNone')}</p> : null}
      {deleted ? (
        <Deleted
          id="undo-chapter"
          words={vt('chapterDeleted', { title: deleted.title })}
          onUndo={() => undo(deleted)}
          onDismiss={() => {
            setDeleted(null)
            focusOn('vau-chapters')
          }}
        />
      ) : null}
      <ol className="au-rows">
        {chapters.map((chapter) => (
          <li key={chapter.id} className="vau-chapter">
            <TimeField
              quiet
              label={vt('chapterTime', { title: chapter.title })}
              value={chapter.atSeconds}
              max={end}
              bad={vt('cueTimeBad', { length: clockOf(end), kept: preciseClockOf(chapter.atSeconds) })}
              onValue={(atSeconds) => onEdit((now) => withChapter(now, { ...chapter, atSeconds }))}
            />
            <LineField
              id={`chapter-${chapter.id}`}
              label={vt('chapterTitle', { time: preciseClockOf(chapter.atSeconds) })}
              value={chapter.title}
              most={200}
              onValue={(title) => onEdit((now) => withChapter(now, { ...chapter, title }))}
            />
            <MarkButton icon="trash" label={vt('chapterDelete', { title: chapter.title })} onClick={() => remove(chapter)} />
          </li>
        ))}
      </ol>
    </section>
  )
}
