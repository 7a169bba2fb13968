import type { CueState } from '@cuepoint/contracts'
import { describe, expect, it } from 'vitest'
import { dueCue, seekTarget, wallOf } from './gate.ts'

const cue = (id: string, atSeconds: number, more: Partial<CueState> = {}): CueState => ({
  id,
  atSeconds,
  questionId: `q-${id}`,
  required: true,
  triesAllowed: null,
  triesUsed: 0,
  settled: false,
  outcome: null,
  ...more,
})
const none = new Set<string>()

describe('the gate', () => {
  it('meets the questions in the order of their moments', () => {
    const cues = [cue('b', 20), cue('a', 10)]
    expect(dueCue(cues, 9.8, 10.1, none)?.id).toBe('a')
    expect(dueCue(cues, 0, 60, none)?.id).toBe('a')
    expect(dueCue(cues, 10.1, 19.9, none)).toBeNull()
  })

  it('meets a question at the very start', () => {
    expect(dueCue([cue('a', 0)], 0, 0.2, none)?.id).toBe('a')
  })

  it('does not ask again what is settled or was left for later', () => {
    expect(dueCue([cue('a', 10, { settled: true })], 9, 11, none)).toBeNull()
    expect(dueCue([cue('a', 10, { required: false })], 9, 11, new Set(['a']))).toBeNull()
  })

  it('lets nobody seek over a required question, wherever else they may go', () => {
    const cues = [cue('a', 10), cue('b', 30, { required: false })]
    const rules = { freeToSeek: true, seen: [], cues, passed: none }
    expect(seekTarget(25, rules)).toEqual({ to: 10, why: 'question' })
    expect(seekTarget(5, rules)).toEqual({ to: 5, why: null })
    expect(seekTarget(50, { ...rules, passed: new Set(['a']) })).toEqual({ to: 50, why: null })
    expect(wallOf(cues, new Set(['a']))).toBeNull()
  })

  it('keeps an unseen part from being skipped, and lets one go back', () => {
    const rules = { freeToSeek: false, seen: [[0, 20]] as [number, number][], cues: [], passed: none }
    expect(seekTarget(50, rules)).toEqual({ to: 20, why: 'unseen' })
    expect(seekTarget(5, rules)).toEqual({ to: 5, why: null })
    expect(seekTarget(20.3, rules)).toEqual({ to: 20.3, why: null })
  })

  it('lets one go wherever it was seen before, also behind a gap', () => {
    const rules = { freeToSeek: false, seen: [[0, 10] as [number, number], [40, 50] as [number, number]], cues: [], passed: none }
    expect(seekTarget(45, rules)).toEqual({ to: 45, why: null })
    expect(seekTarget(60, rules)).toEqual({ to: 10, why: 'unseen' })
  })
})
