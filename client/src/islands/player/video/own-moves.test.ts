import { describe, expect, it } from 'vitest'
import { ownMoves } from './own-moves.ts'

const element = (paused: boolean) => {
  const it = { paused, currentTime: 0, pause: () => void (it.paused = true) }
  return it as unknown as HTMLVideoElement
}

describe('What the player does of its own accord', () => {
  it('is a stop or a move of its own, said once', () => {
    const own = ownMoves()
    const video = element(false)
    own.stop(video)
    own.go(video, 20)
    expect([video.paused, video.currentTime]).toEqual([true, 20])
    expect([own.stopped(), own.stopped()]).toEqual([true, false])
    expect([own.went(20.04), own.went(20.04)]).toEqual([true, false])
  })
  it('is not what its viewer did meanwhile', () => {
    const own = ownMoves()
    // It was paused already: no pause follows.
    own.stop(element(true))
    expect(own.stopped()).toBe(false)
    own.go(element(true), 20)
    expect(own.went(31)).toBe(false)
    own.stop(element(false))
    own.go(element(false), 20)
    own.wished()
    expect([own.stopped(), own.went(20)]).toEqual([false, false])
  })
})
