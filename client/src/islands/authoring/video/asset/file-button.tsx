// A button that opens the browser's file dialogue. The real input stays in the page for who knows it by its label.
import { Button } from '@instructure/ui-buttons'
import { useRef } from 'react'

interface Props {
  readonly children: string
  readonly accept?: string
  readonly primary?: boolean
  onFile(file: File): unknown
}

export function FileButton({ children, accept = 'video/*,audio/*,.mkv,.mov,.avi,.m4v', primary = false, onFile }: Props) {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <input
        ref={input}
        type="file"
        accept={accept}
        hidden
        aria-label={children}
        onChange={(event) => {
          const file = event.target.files?.[0]
          // So that the same file can be chosen again.
          event.target.value = ''
          if (file) onFile(file)
        }}
      />
      <Button color={primary ? 'primary' : 'secondary'} onClick={() => input.current?.click()}>
        {children}
      </Button>
    </>
  )
}
