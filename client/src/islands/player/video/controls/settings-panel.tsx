// Speed, captions, quality and data, as plain fields under the video.
import { useState } from 'react'
import { PlainButton } from '../../../../shell/plain-button.tsx'
import type { RoomParts } from '../parts.ts'
import { t } from '../words.ts'
import { Panel } from './panel.tsx'
import { speeds, speedWords } from './speeds.ts'
import { useCaptions } from './use-captions.ts'

export function SettingsPanel({ parts }: { parts: RoomParts }) {
  const { view, video, source, now, onPanel } = parts
  const [speed, setSpeed] = useState(video.current?.playbackRate ?? 1)
  const captions = useCaptions(video, view.playback?.captions ?? [])
  const { quality, lowData, audioOnly } = source.wishes
  const sizes = [...source.qualities].reverse()
  return (
    <Panel id="cpv-settings" title={t('settingsOf')} onClose={() => onPanel(null)}>
      <div className="cpv-fields">
        <label>
          <span>{t('speed')}</span>
          <select
            className="cp-field"
            value={String(speed)}
            onChange={(event) => {
              const next = Number(event.target.value)
              setSpeed(next)
              if (video.current) video.current.playbackRate = next
            }}
          >
            {speeds
              .filter((one) => one <= view.maxSpeed)
              .map((one) => (
                <option key={one} value={String(one)}>
                  {speedWords(one)}
                </option>
              ))}
          </select>
        </label>
        {captions.list.length > 0 ? (
          <label>
            <span>{t('captions')}</span>
            <select className="cp-field" value={captions.shown ?? ''} onChange={(event) => captions.choose(event.target.value || null)}>
              <option value="">{t('captionsNone')}</option>
              {captions.list.map(({ id, language, label }) => (
                <option key={id} value={language}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        ) : null}
        <label>
          <span>{t('quality')}</span>
          <select
            className="cp-field"
            value={audioOnly ? 'audio' : quality}
            disabled={lowData && !audioOnly}
            onChange={(event) => {
              const { value } = event.target
              source.wish(value === 'audio' ? { audioOnly: true } : { audioOnly: false, quality: value })
            }}
          >
            <option value="auto">{t('qualityAuto')}</option>
            {sizes.map(({ id, height }) => (
              <option key={id} value={id}>
                {height === null ? id : t('qualityOf', { height })}
              </option>
            ))}
            {source.soundOnly ? <option value="audio">{t('qualityAudio')}</option> : null}
          </select>
        </label>
      </div>
      <label className="cpv-tick">
        <input type="checkbox" checked={lowData} onChange={(event) => source.wish({ lowData: event.target.checked })} />
        <span>
          {t('lowData')} <span className="cpq-hint">{t('lowDataMeans')}</span>
        </span>
      </label>
      <div className="cp-actions">
        {'pictureInPictureEnabled' in document && document.pictureInPictureEnabled ? (
          <PlainButton
            aria-disabled={now.due !== null}
            title={now.due === null ? undefined : t('pipOff')}
            onClick={() => now.due === null && void video.current?.requestPictureInPicture?.().catch(() => {})}
          >
            {t('pip')}
          </PlainButton>
        ) : null}
        <PlainButton onClick={() => onPanel('keys')}>{t('keys')}</PlainButton>
        <PlainButton onClick={() => onPanel(null)}>{t('close')}</PlainButton>
      </div>
    </Panel>
  )
}
