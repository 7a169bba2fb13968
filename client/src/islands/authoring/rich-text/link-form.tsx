// The address of a link. A form of its own, since browsers refuse prompt() inside a foreign frame.
import { Button } from '@instructure/ui-buttons'
import { TextInput } from '@instructure/ui-text-input'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { t } from '../words.ts'

interface Props {
  readonly address: string
  /** False: that is no address. */
  onSet(address: string): boolean
  onCancel(): void
}

export function LinkForm({ address: given, onSet, onCancel }: Props) {
  const [address, setAddress] = useState(given)
  const [bad, setBad] = useState(false)
  const input = useRef<HTMLInputElement | null>(null)
  useEffect(() => input.current?.focus(), [])
  const set = () => setBad(!onSet(address))
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onCancel()
    if (event.key !== 'Enter') return
    // No form of its own: this stands inside the page's form.
    event.preventDefault()
    set()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only catches keys that bubble from its fields
    <div className="au-link" onKeyDown={press}>
      <TextInput
        renderLabel={t('linkAddress')}
        type="url"
        value={address}
        inputRef={(element) => {
          input.current = element
        }}
        onChange={(_, text) => setAddress(text)}
        messages={bad ? [{ type: 'newError', text: t('linkBad') }] : []}
      />
      <div className="au-buttons">
        <Button size="small" color="primary" onClick={set}>
          {t(address.trim() || !given ? 'linkSet' : 'linkRemove')}
        </Button>
        <Button size="small" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </div>
  )
}
