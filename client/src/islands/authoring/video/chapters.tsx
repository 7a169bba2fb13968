// The chapters: a moment and a title each.
import type { Chapter, VideoDocument } from '@cuepoint/contracts'
import { clockOf, preciseClockOf } from '../../../shell/clock-time.ts'
import { LineField } from '../fields/line-field.tsx'
import { MarkButton } from '../fields/mark-button.tsx'
import { useDeleted } from '../fields/use-deleted.tsx'
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
  const deleted = useDeleted<Chapter>({
    ...{ undoId: 'undo-chapter', headingId: 'vau-chapters' },
    gone: ({ title }) => vt('chapterDeleted', { title }),
    back: ({ title }) => vt('chapterBack', { title }),
    restore: (chapter) => onEdit((now) => withChapter(now, chapter)),
    focusBack: ({ id }) => `chapter-${id}`,
  })
  const remove = (chapter: Chapter) => {
    onEdit((now) => withoutChapter(now, chapter.id))
    deleted.remember(chapter)
  }
  return (
    <section aria-labelledby="vau-chapters" className="vau-part">
      <h2 id="vau-chapters" tabIndex={-1}>
        {vt('chapters', { n: chapters.length })}
      </h2>
      {chapters.length === 0 && !deleted.last ? <p className="au-empty">{vt('chaptersNone')}</p> : null}
      {deleted.note}
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
