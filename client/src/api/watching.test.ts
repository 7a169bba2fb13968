// @vitest-environment jsdom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openWatching } from './watching.ts'

let bodies: { intervals: unknown[]; positionSeconds: number }[] = []
const nobody = { watched: () => {}, line: () => {}, problem: () => {} }
const played = (from: number, to: number) => ({ intervals: [{ from, to, speed: 1 }], positionSeconds: to, playing: true })

beforeEach(() => {
  bodies = []
  vi.stubGlobal('fetch', async (_: string, init: RequestInit) => {
    bodies.push(JSON.parse(String(init.body)))
    return Response.json({ watched: [], shareWatched: 0 })
  })
})
afterEach(() => vi.unstubAllGlobals())

describe('what was watched', () => {
  it('is not told again by a page that leaves with nothing new', async () => {
    const it = openWatching('a', 'view', nobody)
    it.report({ ...played(0, 5), playing: false })
    await it.flush()
    const before = bodies.length
    it.report({ intervals: [], positionSeconds: 5, playing: false }, true)
    expect(bodies).toHaveLength(before)
    it.close()
  })
  it('is told by a page that leaves with more, or from another place', async () => {
    const it = openWatching('a', 'view', nobody)
    it.report({ ...played(0, 5), playing: false })
    await it.flush()
    const before = bodies.length
    it.report(played(5, 7), true)
    it.report({ intervals: [], positionSeconds: 90, playing: false }, true)
    expect(bodies.slice(before)).toMatchObject([{ intervals: [{ from: 5, to: 7 }] }, { positionSeconds: 90 }])
    it.close()
  })
})
