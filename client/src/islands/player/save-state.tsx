// Whether the answers are safe, and how many there are. It always has the room of its longest words: nothing moves when the network goes.
import { useEffect, useRef } from 'react'
import type { SavedState } from '../../api/saved.ts'
import { announce } from '../../shell/live-region.tsx'
import { clockTime } from '../../shell/locale.ts'
import { t } from './questions/kind.ts'

/** A reader hears "Saved" this long after the last change, not after each, in ms. */
const CALM = 2500
const tick = 'M4 12l2-2 4 4 8-8 2 2-10 10z'
const warning = 'M11 4h2v10h-2zM11 17h2v3h-2z'

/** `tryOut`: an instructor, or Student View, tries the quiz; that this is kept for the moment is of no interest, and would read like a record. */
export function SaveState({ saved, answered, count, tryOut }: { saved: SavedState; answered: number; count: number; tryOut: boolean }) {
  const { durable } = saved
  const save = tryOut && saved.save !== 'waiting' && saved.save !== 'stopped' ? 'none' : saved.save
  const waiting = t(saved.submit !== 'no' ? 'save.waitingHandIn' : durable === false ? 'save.waitingFrail' : 'save.waiting')
  const offline = save === 'waiting'
  useSpoken(save, waiting)
  useEffect(() => {
    if (saved.restored > 0 && !tryOut) announce(t('save.restored', { n: saved.restored }))
  }, [saved.restored, tryOut])
  return (
    <div className={`cpq-save${offline ? ' cpq-save-offline' : ''}`}>
      <div className="cpq-save-calm">
        <p className={`cpq-save-line cpq-save-${save}`}>
          {save === 'none' ? null : <Mark path={save === 'saved' ? tick : save === 'stopped' ? warning : ''} />}
          {tryOut && save === 'none' ? t('save.tryOut') : lineOf(saved)}
        </p>
        {saved.restored > 0 && !tryOut ? <p>{t('save.restored', { n: saved.restored })}</p> : null}
        <p className="cpq-progress">
          {t('answeredCount', { answered, n: count })}
          <span className="cpq-bar" aria-hidden="true">
            <b style={{ width: `${(100 * answered) / count}%` }} />
          </span>
        </p>
      </div>
      <p className="cpq-save-line cpq-save-banner">
        <Mark path={warning} />
        <span>{waiting}</span>
      </p>
    </div>
  )
}

function lineOf({ save, savedAt }: SavedState): string {
  if (save === 'saved' && savedAt) return t('save.saved', { time: clockTime(savedAt) })
  return t(save === 'saving' ? 'save.saving' : save === 'stopped' ? 'save.stopped' : 'save.none')
}

function Mark({ path }: { path: string }) {
  return (
    <svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true">
      <path d={path} fill="currentColor" />
    </svg>
  )
}

function useSpoken(save: SavedState['save'], waiting: string): void {
  const before = useRef(save)
  const wasOffline = useRef(false)
  useEffect(() => {
    if (before.current === save) return undefined
    before.current = save
    if (save === 'waiting') {
      wasOffline.current = true
      announce(waiting)
    } else if (save === 'saved') {
      const back = wasOffline.current
      wasOffline.current = false
      const timer = setTimeout(() => announce(back ? t('save.back') : t('save.spoken')), back ? 0 : CALM)
      return () => clearTimeout(timer)
    }
    return undefined
  }, [save, waiting])
}
