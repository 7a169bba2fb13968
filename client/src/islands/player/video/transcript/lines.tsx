// The lines themselves. The list scrolls inside its own box, never the page: whoever reads elsewhere is not moved.
import { type KeyboardEvent, memo, useEffect, useRef, useState } from 'react'
import { clockOf } from '../../../../shell/clock-time.ts'
import type { Line } from './vtt.ts'

interface Props {
  readonly lines: readonly Line[]
  readonly language: string
  /** Spoken now; -1: none yet. */
  readonly current: number
  readonly wanted: string
  /** The place of the search that is shown. */
  readonly place: number | null
  readonly follow: boolean
  seek(to: number): void
}

export function TranscriptLines({ lines, language, current, wanted, place, follow, seek }: Props) {
  const list = useRef<HTMLOListElement>(null)
  const [stop, setStop] = useState(0)
  const showIt = useRef((index: number) => {
    const it = list.current
    const row = it?.children[index] as HTMLElement | undefined
    if (it && row) it.scrollTop = row.offsetTop - it.clientHeight / 2 + row.clientHeight / 2
  })
  useEffect(() => {
    if (!follow || current < 0 || list.current?.contains(document.activeElement)) return
    showIt.current(current)
    setStop(current)
  }, [follow, current])
  useEffect(() => {
    if (place === null) return
    showIt.current(place)
    setStop(place)
  }, [place])
  const press = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10, Home: -lines.length, End: lines.length }[event.key]
    if (by === undefined) return
    event.preventDefault()
    event.stopPropagation()
    const next = Math.min(Math.max(0, stop + by), lines.length - 1)
    setStop(next)
    ;(list.current?.children[next]?.firstElementChild as HTMLElement | null)?.focus()
  }
  return (
    <ol className="cpv-lines" ref={list} lang={language} onKeyDown={press}>
      {lines.map((line, index) => (
        <One
          key={`${line.from} ${line.to}`}
          line={line}
          index={index}
          current={index === current}
          stop={index === stop}
          wanted={wanted}
          shown={index === place}
          seek={seek}
          onStop={setStop}
        />
      ))}
    </ol>
  )
}

const One = memo(function One(props: {
  line: Line
  index: number
  current: boolean
  stop: boolean
  wanted: string
  shown: boolean
  seek(to: number): void
  onStop(index: number): void
}) {
  const { line, index, current, stop, wanted, shown, seek, onStop } = props
  return (
    <li>
      <button
        type="button"
        tabIndex={stop ? 0 : -1}
        aria-current={current ? 'true' : undefined}
        data-shown={shown || undefined}
        onFocus={() => onStop(index)}
        onClick={() => seek(line.from + 0.01)}
      >
        <span className="cpv-time">{clockOf(line.from)}</span> <span>{marked(line.text, wanted)}</span>
      </button>
    </li>
  )
})

function marked(text: string, wanted: string) {
  const at = wanted ? text.toLocaleLowerCase().indexOf(wanted) : -1
  if (at < 0) return text
  return (
    <>
      {text.slice(0, at)}
      <mark>{text.slice(at, at + wanted.length)}</mark>
      {text.slice(at + wanted.length)}
    </>
  )
}
