// A panel under the picture: its heading has the focus when it opens, Escape closes it.
import type { ReactNode } from 'react'
import { useFocusOnShow } from '../../../../shell/use-focus.ts'

export function Panel({ id, title, onClose, children }: { id: string; title: string; onClose(): void; children: ReactNode }) {
  const heading = useFocusOnShow<HTMLHeadingElement>()
  return (
    <section
      className="cpv-panel"
      aria-labelledby={id}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        // The room that fills the frame stays as it is.
        event.stopPropagation()
        onClose()
      }}
    >
      <h2 id={id} ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </section>
  )
}
