// The keyboard map, in words.
import { useState } from 'react'
import { PlainButton } from '../../../../shell/plain-button.tsx'
import { keepPrefs, readPrefs } from '../prefs.ts'
import { t } from '../words.ts'
import { Panel } from './panel.tsx'

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
  const [letters, setLetters] = useState(readPrefs().keys)
  return (
    <Panel id="cpv-keys" title={t('keys')} onClose={onClose}>
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
    </Panel>
  )
}
