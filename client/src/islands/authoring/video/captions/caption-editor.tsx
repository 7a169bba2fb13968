// Captions line by line: when, until when, what. Saved by a click, as a whole: viewers may be reading them at this moment.
import type { Caption, CaptionCue } from '@cuepoint/contracts'
import { Button } from '@instructure/ui-buttons'
import { type MutableRefObject, useEffect, useRef, useState } from 'react'
import { call } from '../../../../api/call.ts'
import { preciseClockOf, secondsIn } from '../../../../shell/clock-time.ts'
import { announce } from '../../../../shell/live-region.tsx'
import { ProblemAlert } from '../../../../shell/problem.tsx'
import { useAction } from '../../../../shell/use-action.ts'
import { localId } from '../../draft/local-id.ts'
import { focusOn } from '../../fields/focus.ts'
import { MarkButton } from '../../fields/mark-button.tsx'
import type { Playhead } from '../timeline/use-playhead.ts'
import { useLeaveQuestion } from '../use-leave-question.ts'
import { vt } from '../words.ts'

interface Row {
  readonly id: string
  readonly from: string
  readonly to: string
  readonly text: string
}
const PAGE = 50
const rowOf = ({ fromSeconds, toSeconds, text }: CaptionCue): Row => ({
  id: localId(),
  from: exact(fromSeconds),
  to: exact(toSeconds),
  text,
})

/** Thousandths stay as they were: nothing moves by being looked at. */
function exact(seconds: number): string {
  const rest = Math.round((seconds % 1) * 1000)
  return rest === 0 ? preciseClockOf(seconds) : `${preciseClockOf(Math.floor(seconds))}.${String(rest).padStart(3, '0')}`
}

function cueOf({ from, to, text }: Row): CaptionCue | null {
  const [fromSeconds, toSeconds] = [secondsIn(from), secondsIn(to)]
  if (fromSeconds === null || toSeconds === null || toSeconds <= fromSeconds || text.trim() === '') return null
  return { fromSeconds, toSeconds, text: text.trim() }
}

interface Props {
  readonly caption: Caption
  readonly playhead: Playhead
  /** The field that must be mended before this may be closed. */
  readonly stuck: MutableRefObject<string | null>
  onSaved(caption: Caption): void
  /** Closed, and what was written could not be saved. */
  onLost(error: unknown): void
}

export function CaptionEditor({ caption, playhead, stuck, onSaved, onLost }: Props) {
  const [rows, setRows] = useState(() => caption.cues.map(rowOf))
  const [shown, setShown] = useState(PAGE)
  const [changed, setChanged] = useState(false)
  const wrong = rows.filter((row) => cueOf(row) === null)
  const bad = wrong.length
  const change = (next: Row[]) => {
    setRows(next)
    setChanged(true)
  }
  const save = async () => {
    const cues = rows.flatMap((row) => cueOf(row) ?? []).sort((a, b) => a.fromSeconds - b.fromSeconds)
    const { id: captionId, language, label, revision } = caption
    onSaved(await call('PUT /api/captions/:captionId', { params: { captionId }, body: { revision, language, label, cues } }))
    announce(vt('captionSaved'))
  }
  const saving = useAction(async () => {
    await save()
    setChanged(false)
  })
  const latest = useRef({ save, unsaved: false, onLost })
  latest.current = { save, unsaved: changed && !saving.pending && bad === 0, onLost }
  const first = changed && wrong[0] ? `caption-${wrong[0].id}` : null
  useEffect(() => {
    stuck.current = first
  }, [stuck, first])
  useEffect(
    () => () => {
      stuck.current = null
      // Closed is saved, as with the rest of the editor.
      if (latest.current.unsaved) latest.current.save().catch((error) => latest.current.onLost(error))
    },
    [stuck],
  )
  useLeaveQuestion(changed)
  const add = () => {
    const row = { id: localId(), from: preciseClockOf(playhead.at), to: preciseClockOf(playhead.at + 3), text: '' }
    const at = rows.findIndex(({ from }) => (secondsIn(from) ?? 0) > playhead.at)
    const place = at < 0 ? rows.length : at
    change([...rows.slice(0, place), row, ...rows.slice(place)])
    setShown((before) => Math.max(before, place + 1))
    focusOn(`caption-${row.id}`)
  }
  const set = (id: string, part: Partial<Row>) => change(rows.map((row) => (row.id === id ? { ...row, ...part } : row)))
  return (
    <div className="vau-caption-editor">
      <ol>
        {rows.slice(0, shown).map((row, index) => (
          <li key={row.id} data-bad={cueOf(row) === null}>
            <input
              aria-label={vt('captionFrom', { number: index + 1 })}
              value={row.from}
              onChange={(event) => set(row.id, { from: event.target.value })}
            />
            <input
              aria-label={vt('captionTo', { number: index + 1 })}
              value={row.to}
              onChange={(event) => set(row.id, { to: event.target.value })}
            />
            <textarea
              id={`caption-${row.id}`}
              aria-label={vt('captionText', { number: index + 1 })}
              aria-invalid={cueOf(row) === null || undefined}
              rows={Math.min(4, row.text.split('\n').length)}
              lang={caption.language}
              maxLength={2000}
              value={row.text}
              onChange={(event) => set(row.id, { text: event.target.value })}
            />
            <MarkButton
              icon="play"
              label={vt('captionHere', { number: index + 1 })}
              onClick={() => playhead.goTo(secondsIn(row.from) ?? 0)}
            />
            <MarkButton
              icon="trash"
              label={vt('captionRemove', { number: index + 1 })}
              onClick={() => {
                change(rows.filter(({ id }) => id !== row.id))
                const next = rows[index + 1] ?? rows[index - 1]
                focusOn(next ? `caption-${next.id}` : 'caption-add')
              }}
            />
          </li>
        ))}
      </ol>
      {rows.length > shown ? (
        <Button size="small" onClick={() => setShown(shown + PAGE)}>
          {vt('captionMore', { n: Math.min(PAGE, rows.length - shown) })}
        </Button>
      ) : null}
      {bad > 0 ? (
        <p className="au-warn" role="status">
          {vt('captionBad', { n: bad })}
        </p>
      ) : null}
      <ProblemAlert error={saving.error} onRetry={() => void saving.start()} />
      <div className="au-buttons">
        <Button id="caption-add" size="small" onClick={add}>
          {vt('captionAddLine', { time: preciseClockOf(playhead.at) })}
        </Button>
        <Button
          size="small"
          color="primary"
          interaction={!changed || bad > 0 || saving.pending ? 'disabled' : 'enabled'}
          onClick={() => void saving.start()}
        >
          {saving.pending ? vt('captionSaving') : vt('captionSave')}
        </Button>
        <span className="au-quiet" role="status">
          {changed ? vt('captionUnsaved') : ''}
        </span>
      </div>
    </div>
  )
}
