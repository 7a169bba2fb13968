// A part of the form that stays out of the way until it is wanted; its summary says what is in it.
import { type ReactNode, useState } from 'react'
import { Icon } from './icon.tsx'

interface Props {
  readonly title: string
  /** What is set inside, in a few words. */
  readonly summary?: string
  readonly startsOpen?: boolean
  readonly children: ReactNode
}

export function Disclosure({ title, summary, startsOpen = false, children }: Props) {
  const [open, setOpen] = useState(startsOpen)
  return (
    <div className="au-more">
      <button type="button" className="au-more-head" aria-expanded={open} onClick={() => setOpen(!open)}>
        <Icon name={open ? 'close' : 'open'} />
        <span className="au-more-title">{title}</span>
        {summary && <span className="au-quiet">{summary}</span>}
      </button>
      {open && <div className="au-more-body">{children}</div>}
    </div>
  )
}
