// @vitest-environment jsdom
import { act, createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { usePoorLine } from './use-poor-line.ts'

const video = document.createElement('video')
let poor = false
function Probe() {
  poor = usePoorLine({ current: video }, true).is
  return null
}
const happens = (event: string, thenMs: number) =>
  act(async () => {
    video.dispatchEvent(new Event(event))
    await vi.advanceTimersByTimeAsync(thenMs)
  })
let root: ReturnType<typeof createRoot>

beforeEach(() => {
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  vi.useFakeTimers()
  root = createRoot(document.createElement('div'))
  act(() => root.render(createElement(Probe)))
})
afterEach(() => {
  act(() => root.unmount())
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

describe('a line is poor', () => {
  it('when the video stood still twice, and not for one short standstill', async () => {
    await happens('waiting', 3000)
    await happens('playing', 3000)
    expect(poor).toBe(false)
    await happens('waiting', 3000)
    expect(poor).toBe(true)
  })
  it('when it stands still once and does not go on', async () => {
    await happens('waiting', 20_000)
    expect(poor).toBe(true)
  })
  it('not when there is no line: that is said otherwise', async () => {
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    await happens('waiting', 20_000)
    expect(poor).toBe(false)
  })
})
