// Shows rich text. It comes from our server, which has sanitised it to the safe subset; this is the only place that sets HTML.
import { memo, useEffect, useRef } from 'react'

export const Rich = memo(function Rich({ html, id, className = '' }: { html: string; id?: string; className?: string }) {
  const node = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: links are new whenever the text is
  useEffect(() => {
    // A link must not replace the quiz in its frame.
    for (const link of node.current?.querySelectorAll('a') ?? []) {
      link.target = '_blank'
      link.rel = 'noopener noreferrer'
    }
  }, [html])
  // biome-ignore lint/security/noDangerouslySetInnerHtml: sanitised on the server whenever it is written
  return <div ref={node} id={id} className={`cp-rich ${className}`} dangerouslySetInnerHTML={{ __html: html }} />
})
