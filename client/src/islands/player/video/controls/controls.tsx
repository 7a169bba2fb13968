// The controls over the video: media-chrome's for the picture and the sound, our own buttons for what belongs to the questions.
import { useEffect } from 'react'
import type { RoomParts } from '../parts.ts'
import { useTold } from '../use-told.ts'
import { t } from '../words.ts'
import { Mark } from './mark.tsx'
import { useCaptions } from './use-captions.ts'
import { useFullScreen } from './use-full-screen.ts'
import { useKeptFocus } from './use-kept-focus.ts'
import { useKeptPrefs } from './use-kept-prefs.ts'
import { useKeys } from './use-keys.ts'
import { usePictureRules } from './use-picture-rules.ts'

export function Controls(parts: RoomParts) {
  const { view, now, viewing, source, box, video, begun, panel, onPanel } = parts
  const captions = useCaptions(video, view.playback?.captions ?? [])
  const full = useFullScreen(box)
  useKeptPrefs(video, view.maxSpeed)
  usePictureRules(video, now.due !== null)
  useKeys(parts, captions, full)
  useKeptFocus(box, begun)
  useTold(parts, captions.shown, full.on)

  useEffect(() => {
    const it = box.current
    // Before media-chrome acts on it: what may not be skipped is not even tried.
    const ask = (event: Event) => {
      const to = (event as CustomEvent<number>).detail
      if (typeof to !== 'number' || viewing.allows(to)) return
      event.stopImmediatePropagation()
      viewing.seek(to)
    }
    it?.addEventListener('mediaseekrequest', ask, { capture: true })
    return () => it?.removeEventListener('mediaseekrequest', ask, { capture: true })
  }, [box, viewing])

  if (!begun) return null
  const length = view.durationSeconds
  return (
    <>
      <media-loading-indicator slot="centered-chrome" noautohide="" />
      {source.wishes.audioOnly ? <p className="cpv-sound-only">{t('audioNow')}</p> : null}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would dress it as a form */}
      <div className="cpv-bar" role="group" aria-label={t('controls')}>
        <div className="cpv-range">
          <media-time-range>
            <media-preview-thumbnail slot="preview" />
            <media-preview-chapter-display slot="preview" />
            <media-preview-time-display slot="preview" />
          </media-time-range>
          <div className="cpv-ticks" aria-hidden="true">
            {view.cues.map(({ id, atSeconds }) => {
              const settled = now.cues.find((cue) => cue.id === id)?.settled
              return (
                <i key={id} className={settled ? 'cpv-tick-done' : ''} style={{ left: `${(100 * atSeconds) / Math.max(1, length)}%` }} />
              )
            })}
          </div>
        </div>
        <media-control-bar>
          <media-play-button notooltip="" />
          <media-seek-backward-button seekoffset="10" notooltip="" />
          <media-seek-forward-button seekoffset="10" notooltip="" />
          <media-time-display showduration="" notoggle="" />
          <media-mute-button notooltip="" />
          <media-volume-range />
          <span className="cpv-gap" />
          {captions.list.length > 0 ? (
            <button
              type="button"
              aria-label={t(captions.shown === null ? 'captionsOn' : 'captionsOff')}
              title={t(captions.shown === null ? 'captionsOn' : 'captionsOff')}
              aria-pressed={captions.shown !== null}
              onClick={captions.toggle}
            >
              <Mark name={captions.shown === null ? 'captions' : 'captionsOn'} />
            </button>
          ) : null}
          <button
            type="button"
            className="cpv-wide"
            aria-label={t('keys')}
            title={t('keys')}
            aria-expanded={panel === 'keys'}
            onClick={() => onPanel(panel === 'keys' ? null : 'keys')}
          >
            <Mark name="keys" />
          </button>
          <button
            type="button"
            aria-label={t('settings')}
            title={t('settings')}
            aria-expanded={panel === 'settings'}
            onClick={() => onPanel(panel === 'settings' ? null : 'settings')}
          >
            <Mark name="settings" />
          </button>
          <button
            type="button"
            aria-label={t(full.on ? 'fullOff' : 'fullOn')}
            title={t(full.on ? 'fullOff' : 'fullOn')}
            onClick={full.toggle}
          >
            <Mark name={full.on ? 'fullOff' : 'full'} />
          </button>
        </media-control-bar>
      </div>
    </>
  )
}
