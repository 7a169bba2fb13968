// @vitest-environment jsdom
// What a page tells of the picture's size. No stream plays here: an element that says what a browser's says when the rendition changes.
import { act, createElement } from 'react'
import { createRoot } from 'react-dom/client'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { useTold } from './use-told.ts'

interface ToldEvent {
  id: string
  name: string
  data: { what?: string; seconds?: number; state?: { quality?: number; playbackSize?: string } }
}
let told: ToldEvent[]
const video = document.createElement('video')
const root = createRoot(document.createElement('div'))
const size = { height: 0, at: 0 }
Object.defineProperties(video, {
  videoHeight: { get: () => size.height },
  videoWidth: { get: () => (size.height * 16) / 9 },
  currentTime: { get: () => size.at },
})

/** The page learns the new size, as a browser tells it. */
function shows(height: number, at: number): void {
  Object.assign(size, { height, at })
  video.dispatchEvent(new Event('resize'))
}

const parts = {
  attempt: { id: 'a' },
  view: { durationSeconds: 60, cues: [] },
  viewing: { viewId: '7d0a1c1e-8c1f-4a52-9b1f-0d3c6f2b9a11', own: { stopped: () => false, went: () => false } },
  video: { current: video },
  begun: true,
  now: { due: null },
  changes: new Map<string, number>(),
  records: true,
}

function Page({ audioOnly }: { audioOnly: boolean }) {
  const room = { ...parts, source: { wishes: { quality: 'auto', lowData: false, audioOnly } } }
  useTold(room as unknown as Parameters<typeof useTold>[0], null, false)
  return null
}

const draws = (audioOnly: boolean) => act(() => root.render(createElement(Page, { audioOnly })))
const sizes = () => told.flatMap(({ name, data }) => (name === 'video.interacted' && data.what === 'quality' ? [data] : []))

async function closes(): Promise<void> {
  await act(async () => root.render(null))
}

beforeEach(() => {
  told = []
  Object.assign(size, { height: 0, at: 0 })
  vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true)
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    const { events } = JSON.parse(String(init.body)) as { events: ToldEvent[] }
    // The same id again counts once.
    told.push(...events.filter(({ id }) => told.every((one) => one.id !== id)))
    return Response.json({ taken: events.map(({ id }) => id), refused: [] })
  })
})
afterEach(() => vi.unstubAllGlobals())

it('tells another size once, with the moment; the first one is no change', async () => {
  draws(false)
  shows(360, 0)
  shows(720, 12)
  shows(720, 13)
  shows(1080, 20.25)
  await closes()
  expect(sizes()).toMatchObject([
    { seconds: 12, state: { quality: 720, playbackSize: '1280x720' } },
    { seconds: 20.25, state: { quality: 1080 } },
  ])
})

it('tells when only the sound was wished, and when the picture came back', async () => {
  draws(false)
  shows(360, 0)
  draws(true)
  // A source without pictures has no size.
  shows(0, 3)
  draws(false)
  shows(360, 4)
  await closes()
  expect(sizes().map(({ state }) => state?.quality)).toEqual([0, 360])
  expect(sizes()[0]?.state?.playbackSize).toBeUndefined()
})

it('tells nothing of it where nothing is recorded', async () => {
  parts.records = false
  draws(false)
  shows(360, 0)
  shows(720, 5)
  await closes()
  parts.records = true
  expect(told).toEqual([])
})
