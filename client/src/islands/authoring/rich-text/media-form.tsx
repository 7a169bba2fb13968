// A picture or a short sound for a text: the file, and the words for who does not see or hear it. Pictures need theirs.
import { Button } from '@instructure/ui-buttons'
import { TextInput } from '@instructure/ui-text-input'
import { type ChangeEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { type InlineFile, putInline } from '../../../api/inline-media.ts'
import { t } from '../words.ts'

interface Props {
  readonly kind: 'image' | 'sound'
  onSet(file: InlineFile, words: string): void
  onCancel(): void
}

const accepted = { image: 'image/png,image/jpeg,image/gif,image/webp', sound: 'audio/*,.mp3,.m4a,.wav,.ogg,.flac' } as const

export function MediaForm({ kind, onSet, onCancel }: Props) {
  const id = useId()
  const [words, setWords] = useState('')
  const [file, setFile] = useState<File | null>(null)
  const [trouble, setTrouble] = useState<string | null>(null)
  const [wordless, setWordless] = useState(false)
  const [busy, setBusy] = useState(false)
  const chooser = useRef<HTMLInputElement>(null)
  useEffect(() => chooser.current?.focus(), [])
  const choose = (event: ChangeEvent<HTMLInputElement>) => {
    setFile(event.target.files?.[0] ?? null)
    setTrouble(null)
  }
  const set = async () => {
    if (busy) return
    const missing = kind === 'image' && words.trim() === ''
    setWordless(missing)
    if (!file) setTrouble(t('mediaChoose'))
    if (!file || missing) return
    setBusy(true)
    try {
      const made = await putInline(file)
      if (made.kind !== kind) setTrouble(t('mediaOther'))
      else onSet(made, words.trim())
    } catch (error) {
      setTrouble(error instanceof Error && error.name === 'ApiProblem' ? error.message : t('mediaAway'))
    } finally {
      setBusy(false)
    }
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onCancel()
    if (event.key !== 'Enter' || event.target instanceof HTMLButtonElement) return
    event.preventDefault()
    void set()
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only catches keys that bubble from its fields
    <div className="au-link" onKeyDown={press}>
      <label className="au-file" htmlFor={id}>
        {t(kind === 'image' ? 'pictureFile' : 'soundFile')}
        <input ref={chooser} id={id} type="file" accept={accepted[kind]} onChange={choose} aria-describedby={`${id}-trouble`} />
      </label>
      <p id={`${id}-trouble`} className="au-trouble" role="alert">
        {trouble ?? ''}
      </p>
      <TextInput
        renderLabel={t(kind === 'image' ? 'pictureWords' : 'soundWords')}
        value={words}
        isRequired={kind === 'image'}
        onChange={(_, text) => setWords(text)}
        messages={
          wordless
            ? [{ type: 'newError', text: t('pictureWordless') }]
            : [{ type: 'hint', text: t(kind === 'image' ? 'pictureHint' : 'soundHint') }]
        }
      />
      <div className="au-buttons">
        <Button size="small" color="primary" onClick={() => void set()}>
          {t(busy ? 'mediaBusy' : 'insert')}
        </Button>
        <Button size="small" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </div>
  )
}
