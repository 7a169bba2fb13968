// The keyboard map, in words.
import { useState } from 'react'
import { PlainButton } from '../../../../shell/plain-button.tsx'
import { useFocusOnShow } from '../../../../shell/use-focus.ts'
import { keepPrefs, readPrefs } from '../prefs.ts'
import { t } from '../words.ts'

const space = t('keys.space')
const map = [
  [[space, 'K'], 'keys.play'],
  [['←', 'J'], 'keys.back'],
  [['→', 'L'], 'keys.forward'],
  [['↑', '↓'], 'keys.volume'],
  [['M'], 'keys.mute'],
  [['C'], 'keys.captions'],
  [['F'], 'keys.full'],
  [['<', '>'], 'keys.speed'],
  [['0', '…', '9'], 'keys.jump'],
  [['Home', 'End'], 'keys.ends'],
  [['P', 'N'], 'keys.chapter'],
  [['Q'], 'keys.question'],
  [['?'], 'keys.help'],
] as const

export function KeysPanel({ onClose }: { onClose(): void }) {
  const heading = useFocusOnShow<HTMLHeadingElement>()
  const [letters, setLetters] = useState(readPrefs().keys)
  return (
    <section className="cpv-panel" aria-labelledby="cpv-keys">
      <h2 id="cpv-keys" ref={heading} tabIndex={-1}>
        {t('keys')}
      </h2>
      <p className="cpq-hint">{t('keysHint')}</p>
      <dl className="cpv-keys">
        {map.map(([keys, what]) => (
          <div key={what}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(what)}</dd>
          </div>
        ))}
      </dl>
      <label className="cpv-tick">
        <input
          type="checkbox"
          checked={letters}
          onChange={(event) => {
            setLetters(event.target.checked)
            keepPrefs({ ...readPrefs(), keys: event.target.checked })
          }}
        />
        <span>{t('keyOn')}</span>
      </label>
      <div className="cp-actions">
        <PlainButton onClick={onClose}>{t('close')}</PlainButton>
      </div>
    </section>
  )
}
