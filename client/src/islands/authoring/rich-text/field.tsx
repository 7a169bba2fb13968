// A text with a little formatting: an editable field that gives the safe subset of HTML, a label, and a toolbar.
import { type ClipboardEvent, type DragEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { t } from '../words.ts'
import { cleanContent, cleanHtml } from './clean.ts'
import { around, asking, type Command, run, setLink } from './commands.ts'
import { FormulaForm } from './formula-form.tsx'
import { insertFormula, insertMedia } from './inserting.ts'
import { LinkForm } from './link-form.tsx'
import { MediaForm } from './media-form.tsx'
import { Toolbar } from './toolbar.tsx'
import { useSelection } from './use-selection.ts'

interface Props {
  readonly label: string
  readonly value: string
  /** One line, and its toolbar only on demand. */
  readonly inline?: boolean
  readonly hideLabel?: boolean
  readonly hint?: string
  readonly id?: string
  onValue(html: string): void
}

export function RichTextField({ label, value, inline = false, hideLabel = false, hint, id: given, onValue }: Props) {
  const made = useId()
  const id = given ?? made
  const field = useRef<HTMLDivElement>(null)
  const emitted = useRef<string | null>(null)
  const { on, look, restore } = useSelection(field)
  const [tools, setTools] = useState(false)
  const [form, setForm] = useState<{ of: Command; given: string } | null>(null)

  // Only what came from elsewhere is written into the field: rewriting one's own words would move the caret.
  useEffect(() => {
    if (!field.current || value === emitted.current) return
    emitted.current = value
    field.current.innerHTML = cleanHtml(value, { inline })
  }, [value, inline])

  const emit = () => {
    if (!field.current) return
    // The first words of an empty field come without a paragraph around them. (This lets `input` happen again.)
    if (!inline && field.current.firstChild?.nodeType === Node.TEXT_NODE) document.execCommand('formatBlock', false, 'p')
    const html = cleanContent(field.current, { inline })
    if (html === '' && field.current.textContent === '') field.current.replaceChildren()
    if (html === emitted.current) return
    emitted.current = html
    onValue(html)
  }
  const command = (wanted: Command) => {
    restore()
    const element = field.current
    if (!element) return
    if (asking.has(wanted))
      return setForm({ of: wanted, given: wanted === 'link' ? (around(element, 'a')?.getAttribute('href') ?? '') : '' })
    run(element, wanted)
    look()
    emit()
  }
  const link = (address: string) => {
    restore()
    const done = field.current !== null && setLink(field.current, address)
    if (done) {
      setForm(null)
      emit()
    }
    return done
  }
  const insertWith = (put: () => void) => {
    setForm(null)
    restore()
    put()
    look()
    emit()
  }
  const leave = () => {
    setForm(null)
    restore()
  }
  const insert = (event: ClipboardEvent | DragEvent, data: DataTransfer) => {
    event.preventDefault()
    const text = data.getData('text/plain')
    document.execCommand('insertText', false, inline ? text.replace(/\s+/g, ' ').trim() : text)
  }
  const press = (event: KeyboardEvent) => {
    if (inline && event.key === 'Enter') event.preventDefault()
    if (event.key === 'k' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      command('link')
    }
  }
  const bar = <Toolbar label={label} inline={inline} on={on} onCommand={command} />
  return (
    <div className="au-text" data-inline={inline}>
      <div className="au-text-head">
        <span id={`${id}-label`} className={hideLabel ? 'cp-sr' : 'au-label'}>
          {label}
        </span>
      </div>
      <div className="au-text-box">
        {!inline && bar}
        {/* biome-ignore lint/a11y/useSemanticElements: a textarea can't hold formatted text */}
        <div
          id={id}
          ref={field}
          className="au-text-field"
          contentEditable
          suppressContentEditableWarning
          role="textbox"
          tabIndex={0}
          aria-multiline={!inline}
          aria-labelledby={`${id}-label`}
          aria-describedby={hint ? `${id}-hint` : undefined}
          onFocus={() => document.execCommand('defaultParagraphSeparator', false, 'p')}
          onInput={emit}
          onKeyDown={press}
          onPaste={(event) => insert(event, event.clipboardData)}
          onDrop={(event) => insert(event, event.dataTransfer)}
        />
        {inline && (
          <button
            type="button"
            className="au-text-more"
            aria-expanded={tools}
            aria-label={t('format', { label })}
            title={t('format', { label })}
            onClick={() => setTools(!tools)}
          >
            Aa
          </button>
        )}
      </div>
      {inline && tools && bar}
      {form?.of === 'link' && <LinkForm address={form.given} onSet={link} onCancel={leave} />}
      {form?.of === 'formula' && <FormulaForm onSet={(tex, math) => insertWith(() => insertFormula(tex, math))} onCancel={leave} />}
      {(form?.of === 'picture' || form?.of === 'sound') && (
        <MediaForm
          key={form.of}
          kind={form.of === 'picture' ? 'image' : 'sound'}
          onSet={(file, words) => insertWith(() => insertMedia(file, words))}
          onCancel={leave}
        />
      )}
      {hint && (
        <p id={`${id}-hint`} className="au-hint">
          {hint}
        </p>
      )}
    </div>
  )
}
