// The browser's own HLS over a lost line. No Safari runs here: an element that behaves as HTML says (media element load algorithm).
import type { Playback } from '@cuepoint/contracts'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { nativeSource } from './native-source.ts'

class Element extends EventTarget {
  src = ''
  currentTime = 0
  playbackRate = 1
  paused = true
  error: object | null = null
  networkState = 2
  load(): void {
    this.currentTime = 0
    this.playbackRate = 1
    this.paused = true
    this.error = null
  }
  play(): Promise<void> {
    this.paused = false
    return Promise.resolve()
  }
  removeAttribute(): void {
    this.src = ''
  }
  knowsLength(): void {
    this.dispatchEvent(new Event('loadedmetadata'))
  }
  fails(): void {
    this.error = {}
    this.dispatchEvent(new Event('error'))
  }
}

const playback = { hlsUrl: 'https://tool.test/master.m3u8', audioOnlyUrl: 'https://tool.test/audio.m3u8' } as Playback
const wishes = { quality: 'auto', lowData: false, audioOnly: false }
let lines: string[]
const opened = (video: Element, startAt: number) =>
  nativeSource(video as never, playback, startAt, wishes, { line: (line: string) => lines.push(line), qualities: () => undefined } as never)

beforeEach(() => {
  lines = []
  vi.useFakeTimers()
  vi.stubGlobal('window', new EventTarget())
  vi.stubGlobal('HTMLMediaElement', { NETWORK_NO_SOURCE: 3 })
  vi.stubGlobal('fetch', () => Promise.resolve(new Response('')))
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('goes on where it stood, playing and as fast, after a line that was lost for several tries', () => {
  const video = new Element()
  const source = opened(video, 12)
  video.knowsLength()
  expect(video.currentTime).toBe(12)
  void video.play()
  video.playbackRate = 1.5
  video.currentTime = 40
  for (let tries = 0; tries < 3; tries++) {
    video.fails()
    vi.advanceTimersByTime(5000)
  }
  expect(lines.at(-1)).toBe('lost')
  video.knowsLength()
  expect(video).toMatchObject({ currentTime: 40, playbackRate: 1.5, paused: false })
  expect(lines.at(-1)).toBe('ok')
  source.close()
})

it('keeps its place over a change to sound alone, and stays paused where it was', () => {
  const video = new Element()
  const source = opened(video, 0)
  video.knowsLength()
  video.currentTime = 7
  source.wish({ ...wishes, audioOnly: true })
  expect(video.src).toBe(playback.audioOnlyUrl)
  video.knowsLength()
  expect(video).toMatchObject({ currentTime: 7, paused: true })
  source.close()
})
