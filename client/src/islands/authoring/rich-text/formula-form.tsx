// A formula in LaTeX, shown as it will look while it is written.
import { Button } from '@instructure/ui-buttons'
import { TextInput } from '@instructure/ui-text-input'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { call } from '../../../api/call.ts'
import { t } from '../words.ts'

interface Props {
  /** `mathml` is the server's own. */
  onSet(tex: string, mathml: string): void
  onCancel(): void
}

export function FormulaForm({ onSet, onCancel }: Props) {
  const [tex, setTex] = useState('')
  const [shown, setShown] = useState<{ tex: string; mathml: string | null } | null>(null)
  const [away, setAway] = useState(false)
  const input = useRef<HTMLInputElement | null>(null)
  useEffect(() => input.current?.focus(), [])
  useEffect(() => {
    if (tex.trim() === '') return setShown(null)
    const later = setTimeout(() => {
      call('POST /api/formula', { body: { tex } }).then(
        ({ mathml }) => {
          setShown({ tex, mathml })
          setAway(false)
        },
        () => setAway(true),
      )
    }, 250)
    return () => clearTimeout(later)
  }, [tex])
  const ready = shown?.tex === tex && shown.mathml !== null
  const set = () => {
    if (ready && shown?.mathml) onSet(tex, shown.mathml)
  }
  const press = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onCancel()
    if (event.key !== 'Enter') return
    event.preventDefault()
    set()
  }
  const bad = shown?.tex === tex && shown.mathml === null
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only catches keys that bubble from its fields
    <div className="au-link" onKeyDown={press}>
      <TextInput
        renderLabel={t('formulaTex')}
        value={tex}
        inputRef={(element) => {
          input.current = element
        }}
        onChange={(_, text) => setTex(text)}
        messages={
          away
            ? [{ type: 'newError', text: t('formulaAway') }]
            : bad
              ? [{ type: 'newError', text: t('formulaBad') }]
              : [{ type: 'hint', text: t('formulaHint') }]
        }
      />
      {shown?.mathml && (
        // biome-ignore lint/security/noDangerouslySetInnerHtml: MathML that the server made
        <div className="au-formula" role="img" aria-label={t('formulaLooks')} dangerouslySetInnerHTML={{ __html: shown.mathml }} />
      )}
      <div className="au-buttons">
        <Button size="small" color="primary" onClick={set} interaction={ready ? 'enabled' : 'disabled'}>
          {t('insert')}
        </Button>
        <Button size="small" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </div>
  )
}
