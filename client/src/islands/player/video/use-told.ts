// Tells what happens in front of a video (api/track.ts): played, paused, sought, ended, which question came, how often its answer changed,
// what was set. Never what it is worth: that is the server's to know.
import { useEffect, useRef } from 'react'
import { type Track, track } from '../../../api/track.ts'
import type { RoomParts } from './parts.ts'

/** Setting the loudness is one deed, not fifty. */
const CALM_MS = 800
/** Differs from every height. */
const NO_PICTURE = -1
const thousandths = (seconds: number) => Math.round(Math.max(0, seconds) * 1000) / 1000

/** What of the room is told. */
type Told = Pick<RoomParts, 'attempt' | 'view' | 'viewing' | 'video' | 'begun' | 'now' | 'changes' | 'records' | 'source'> &
  Partial<Pick<RoomParts, 'tryOut'>>

export function useTold(parts: Told, captions: string | null, fullScreen: boolean): void {
  const { attempt, view, viewing, video, begun, now, changes } = parts
  const { audioOnly } = parts.source.wishes
  const records = parts.records && !parts.tryOut
  const { viewId, own } = viewing
  const told = useRef<Track | null>(null)
  const latest = useRef({ captions, fullScreen, audioOnly })
  latest.current = { captions, fullScreen, audioOnly }
  const stateNow = useRef(() => {
    const it = video.current
    const { captions: shown, fullScreen: full, audioOnly: blind } = latest.current
    return {
      ...(it ? { speed: it.playbackRate, volume: it.muted ? 0 : it.volume } : {}),
      captions: shown,
      fullScreen: full,
      screenSize: `${screen.width}x${screen.height}`,
      ...(blind
        ? { quality: 0 }
        : it && it.videoHeight > 0
          ? { playbackSize: `${it.videoWidth}x${it.videoHeight}`, quality: it.videoHeight }
          : {}),
    }
  })
  /** Height of the picture that was told of; 0 = of none yet. */
  const lines = useRef(0)
  const seconds = useRef(() => thousandths(Math.min(video.current?.currentTime ?? 0, view.durationSeconds)))

  useEffect(() => {
    const it = video.current
    if (!it || !begun || !records) return undefined
    const book = track(attempt.id, { records })
    told.current = book
    const { tell } = book
    const at = seconds.current
    let playing = false
    let seen = it.currentTime
    let leaves: number | null = null
    let ended = false
    let over = false
    lines.current = it.videoHeight
    let timer: ReturnType<typeof setTimeout> | undefined
    const listening = new AbortController()
    const on = (event: string, hear: () => void) => it.addEventListener(event, hear, { signal: listening.signal })
    tell('video.initialized', { viewId, state: stateNow.current() }, viewId)
    const play = () => {
      if (playing) return
      playing = true
      tell('video.played', { viewId, seconds: at(), speed: it.playbackRate })
    }
    const byVideo = (is: boolean) => (is ? ({ by: 'video' } as const) : {})
    const pause = (itself = false) => {
      if (!playing) return
      playing = false
      tell('video.paused', { viewId, seconds: at(), ...byVideo(itself) })
    }
    const interacted = (what: 'volume' | 'speed' | 'screen' | 'captions' | 'quality') =>
      tell('video.interacted', { viewId, seconds: at(), what, state: stateNow.current() })
    on('playing', play)
    on('pause', () => {
      const itself = own.stopped()
      if (!it.seeking) pause(itself)
    })
    on('timeupdate', () => {
      if (!it.seeking) seen = it.currentTime
    })
    // Browsers say the new time before they say `seeked`: where it was left is known at `seeking` only.
    on('seeking', () => {
      leaves ??= thousandths(seen)
    })
    on('seeked', () => {
      const from = leaves ?? thousandths(seen)
      leaves = null
      seen = it.currentTime
      const itself = own.went(seen)
      if (Math.abs(seen - from) > 0.3) tell('video.seeked', { viewId, fromSeconds: from, toSeconds: at(), ...byVideo(itself) })
    })
    on('ended', () => {
      pause()
      if (!ended) tell('video.completed', { viewId, seconds: at() })
      ended = true
    })
    on('ratechange', () => interacted('speed'))
    // Another rendition is shown: chosen, or as the line allows.
    on('resize', () => {
      if (lines.current !== 0 && it.videoHeight > 0 && it.videoHeight !== lines.current) interacted('quality')
      lines.current = it.videoHeight || lines.current
    })
    on('volumechange', () => {
      clearTimeout(timer)
      timer = setTimeout(() => interacted('volume'), CALM_MS)
    })
    if (!it.paused) play()
    const end = () => {
      if (over) return
      over = true
      pause()
      tellChanges(book, changes)
      tell('video.terminated', { viewId, seconds: at() })
      void book.flush(true)
    }
    window.addEventListener('pagehide', end, { signal: listening.signal })
    return () => {
      clearTimeout(timer)
      end()
      listening.abort()
      book.close()
      told.current = null
    }
  }, [video, begun, records, attempt.id, viewId, own, changes])

  const { due } = now
  useEffect(() => {
    // Of the question that was before it.
    if (told.current) tellChanges(told.current, changes)
    const cue = view.cues.find(({ id }) => id === due)
    if (!cue) return
    told.current?.tell('cue.shown', { cueId: cue.id, seconds: seconds.current() })
    told.current?.tell('question.shown', { questionId: cue.questionId })
  }, [due, view.cues, changes])

  const before = useRef({ captions, fullScreen, audioOnly })
  useEffect(() => {
    const { current } = before
    before.current = { captions, fullScreen, audioOnly }
    const changed = [
      current.captions !== captions ? ('captions' as const) : null,
      current.fullScreen !== fullScreen ? ('screen' as const) : null,
      // That the picture is back is told when it shows.
      audioOnly && !current.audioOnly ? ('quality' as const) : null,
    ]
    if (audioOnly) lines.current = NO_PICTURE
    for (const what of changed)
      if (what) told.current?.tell('video.interacted', { viewId, seconds: seconds.current(), what, state: stateNow.current() })
  }, [captions, fullScreen, audioOnly, viewId])
}

function tellChanges({ tell }: Track, changes: Map<string, number>): void {
  for (const [questionId, times] of changes) tell('answer.changed', { questionId, times: Math.min(times, 1000) })
  changes.clear()
}
