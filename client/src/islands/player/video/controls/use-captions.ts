// Which captions show: the language is remembered, and each track's mode follows it.
import type { Playback } from '@cuepoint/contracts'
import { type RefObject, useCallback, useEffect, useSyncExternalStore } from 'react'
import { announce } from '../../../../shell/live-region.tsx'
import { keepPrefs, readPrefs } from '../prefs.ts'
import { t } from '../words.ts'

export interface Captions {
  readonly list: Playback['captions']
  /** Language; null = none. */
  readonly shown: string | null
  choose(language: string | null): void
  toggle(): void
}

// Chosen by the button and by the settings: one choice for both.
let wanted: string | null = readPrefs().captions
const heard = new Set<() => void>()
const read = () => wanted
const subscribe = (tell: () => void) => {
  heard.add(tell)
  return () => heard.delete(tell)
}

export function useCaptions(video: RefObject<HTMLVideoElement | null>, list: Playback['captions']): Captions {
  const shown = fitting(useSyncExternalStore(subscribe, read), list)
  const choose = useCallback((language: string | null) => {
    wanted = language
    keepPrefs({ ...readPrefs(), captions: language })
    for (const tell of heard) tell()
  }, [])
  useEffect(() => {
    const it = video.current
    if (!it) return undefined
    const apply = () => {
      const captions = [...it.textTracks].filter(({ kind }) => kind === 'captions' || kind === 'subtitles')
      captions.forEach((track, at) => {
        track.mode = list[at] && list[at].language === shown ? 'showing' : 'disabled'
      })
    }
    apply()
    it.textTracks.addEventListener('addtrack', apply)
    return () => it.textTracks.removeEventListener('addtrack', apply)
  }, [video, list, shown])
  const toggle = useCallback(() => {
    const next = shown === null ? firstLanguage(list) : null
    const label = list.find(({ language }) => language === next)?.label
    announce(label === undefined ? t('captionsNowOff') : t('captionsNow', { label }))
    choose(next)
  }, [shown, list, choose])
  return { list, shown, choose, toggle }
}

/** The language to begin with, of captions and transcript alike: the one liked, else the browser's, else the first there is. */
export function firstLanguage(list: Playback['captions']): string | null {
  return fitting(readPrefs().captions ?? navigator.language, list) ?? list[0]?.language ?? null
}

function fitting(wanted: string | null, list: Playback['captions']): string | null {
  if (wanted === null) return null
  const base = (language: string) => language.split('-')[0]
  return (
    list.find(({ language }) => language === wanted)?.language ??
    list.find(({ language }) => base(language) === base(wanted))?.language ??
    null
  )
}
