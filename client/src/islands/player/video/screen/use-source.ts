// The source of one video element as React sees it: opened when asked for, with its sizes, its line, and what is wished of it.
import type { Playback } from '@cuepoint/contracts'
import { type RefObject, useCallback, useEffect, useRef, useState } from 'react'
import { keepPrefs, readPrefs } from '../prefs.ts'
import { openSource } from './source.ts'
import type { Quality, Source, SourceWishes } from './sources.ts'

export interface SourceState {
  readonly opened: boolean
  readonly qualities: readonly Quality[]
  readonly wishes: SourceWishes
  readonly line: 'ok' | 'lost' | 'gone'
  /** Part of the player could not be fetched. */
  readonly failed: boolean
}
export interface HeldSource extends SourceState {
  /** The sound can be had without the picture. */
  readonly soundOnly: boolean
  open(): Promise<void>
  wish(change: Partial<SourceWishes>): void
  again(): void
}

export function useSource(video: RefObject<HTMLVideoElement | null>, playback: Playback | null, startAt: number): HeldSource {
  const [state, setState] = useState<SourceState>(() => ({
    opened: false,
    qualities: [],
    wishes: { quality: 'auto', lowData: readPrefs().lowData, audioOnly: false },
    line: 'ok',
    failed: false,
  }))
  const source = useRef<Promise<Source> | null>(null)
  const latest = useRef(state)
  latest.current = state
  const show = useCallback((change: Partial<SourceState>) => {
    setState((before) => ({ ...before, ...change }))
  }, [])

  const open = useCallback(async () => {
    if (!video.current || !playback) return
    if (!source.current) {
      show({ failed: false })
      source.current = openSource(video.current, playback, startAt, latest.current.wishes, {
        qualities: (qualities) => show({ qualities }),
        line: (line) => latest.current.line !== line && show({ line }),
      })
    }
    try {
      await source.current
      show({ opened: true })
    } catch {
      source.current = null
      show({ failed: true })
    }
  }, [video, playback, startAt, show])

  useEffect(
    () => () => {
      void source.current?.then((it) => it.close()).catch(() => {})
      source.current = null
    },
    [],
  )

  return {
    ...state,
    soundOnly: playback !== null && playback.audioOnlyUrl !== null && playback.hasVideo,
    open,
    wish(change) {
      const wishes = { ...latest.current.wishes, ...change }
      if (change.lowData !== undefined) keepPrefs({ ...readPrefs(), lowData: change.lowData })
      show({ wishes })
      void source.current?.then((it) => it.wish(wishes)).catch(() => {})
    },
    again() {
      void source.current?.then((it) => it.again()).catch(() => {})
    },
  }
}
