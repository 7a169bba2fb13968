// A page of a few words in place of an island: heading, sentence, buttons. Focus goes to the heading, so that it is read.
import { type ReactNode, useEffect, useRef } from 'react'

export function WordsPage({ title, children, actions }: { title: string; children?: ReactNode; actions?: ReactNode }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  return (
    <main className="cp-words">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children}
      {actions ? <div className="cp-actions">{actions}</div> : null}
    </main>
  )
}
