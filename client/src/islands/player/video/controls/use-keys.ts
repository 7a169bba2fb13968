// The keyboard map. Keys act while the focus is in the room and not in a field; single letters can be turned off (WCAG 2.1.4).
import { useEffect, useRef } from 'react'
import { announce } from '../../../../shell/live-region.tsx'
import { percent } from '../../../../shell/locale.ts'
import type { RoomParts } from '../parts.ts'
import { readPrefs } from '../prefs.ts'
import { t } from '../words.ts'
import { speeds, speedWords } from './speeds.ts'
import type { Captions } from './use-captions.ts'
import type { FullScreen } from './use-full-screen.ts'

const fields = 'input:not([type="range"]), textarea, select, [contenteditable="true"]'
const acts = 'button, a, summary, media-play-button, media-mute-button, media-seek-backward-button, media-seek-forward-button'

export function useKeys(parts: RoomParts, captions: Captions, full: FullScreen): void {
  const latest = useRef({ parts, captions, full })
  latest.current = { parts, captions, full }
  const { box } = parts
  useEffect(() => {
    const it = box.current
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return
      const target = event.composedPath()[0] as HTMLElement
      if (target.matches(fields)) return
      // A button keeps its own keys, a slider its arrows; but the time line goes by seconds, not by hundredths of an hour.
      if ((event.key === ' ' || event.key === 'Enter') && event.composedPath().some((one) => one instanceof Element && one.matches(acts)))
        return
      const slides = target.matches('input[type="range"]') && /^(Arrow|Home|End|Page)/.test(event.key)
      const onTime = event.composedPath().some((one) => one instanceof Element && one.matches('media-time-range'))
      if (slides && !(onTime && /^(Arrow|Home|End)/.test(event.key))) return
      if (event.composedPath().some((one) => one instanceof Element && one.matches('.cpv-side')) && !/^[?]$/.test(event.key)) return
      if (/^[a-zA-Z<>?0-9]$/.test(event.key) && !readPrefs().keys && event.key !== '?') return
      // On the video itself Enter is as good as Space.
      const key =
        event.key === 'Enter' && target.matches('media-controller') ? ' ' : onTime ? (alongTime[event.key] ?? event.key) : event.key
      if (act(key, latest.current)) event.preventDefault()
    }
    it?.addEventListener('keydown', press)
    return () => it?.removeEventListener('keydown', press)
  }, [box])
}

/** Of a slider's four arrows two lead on, two back. */
const alongTime: Record<string, string> = { ArrowUp: 'ArrowRight', ArrowDown: 'ArrowLeft' }

/** True where the key meant something. */
function act(key: string, { parts, captions, full }: { parts: RoomParts; captions: Captions; full: FullScreen }): boolean {
  const { viewing, now, view } = parts
  const video = parts.video.current
  if (!video) return false
  const by = (seconds: number) => viewing.seek(Math.min(Math.max(0, video.currentTime + seconds), view.durationSeconds))
  const faster = (step: number) => {
    const at = speeds.findIndex((one) => one >= video.playbackRate - 0.01)
    const next = speeds[Math.min(Math.max(0, at + step), speeds.length - 1)] ?? 1
    video.playbackRate = Math.min(next, view.maxSpeed)
    announce(t('speedNow', { speed: speedWords(video.playbackRate) }))
  }
  const louder = (step: number) => {
    video.volume = Math.min(1, Math.max(0, Math.round((video.volume + step) * 20) / 20))
    announce(t('volumeNow', { percent: percent(video.volume) }))
  }
  const chapter = (step: number) => {
    const times = [...view.chapters.map(({ atSeconds }) => atSeconds)].sort((a, b) => a - b)
    const to = step > 0 ? times.find((one) => one > video.currentTime + 0.5) : times.filter((one) => one < video.currentTime - 2).at(-1)
    if (to !== undefined) viewing.seek(to)
  }
  switch (key) {
    case ' ':
    case 'k':
      if (!parts.begun) parts.play()
      else if (video.paused) void video.play().catch(() => {})
      else video.pause()
      return true
    case 'ArrowLeft':
      by(-5)
      return true
    case 'ArrowRight':
      by(5)
      return true
    case 'j':
      by(-10)
      return true
    case 'l':
      by(10)
      return true
    case 'ArrowUp':
      louder(0.05)
      return true
    case 'ArrowDown':
      louder(-0.05)
      return true
    case 'm':
      video.muted = !video.muted
      announce(t(video.muted ? 'mutedNow' : 'unmutedNow'))
      return true
    case 'c':
      captions.toggle()
      return true
    case 'f':
      full.toggle()
      return true
    case '<':
      faster(-1)
      return true
    case '>':
      faster(1)
      return true
    case 'Home':
      viewing.seek(0)
      return true
    case 'End':
      viewing.seek(view.durationSeconds)
      return true
    case 'n':
      chapter(1)
      return true
    case 'p':
      chapter(-1)
      return true
    case 'q':
      if (now.due !== null) document.getElementById('cpv-cue')?.querySelector<HTMLElement>('h2')?.focus()
      return true
    case '?':
      parts.onPanel(parts.panel === 'keys' ? null : 'keys')
      return true
    default:
      if (!/^\d$/.test(key)) return false
      viewing.seek((view.durationSeconds * Number(key)) / 10)
      return true
  }
}
