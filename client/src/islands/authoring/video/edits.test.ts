import type { Cue, VideoDocument } from '@cuepoint/contracts'
import { describe, expect, it } from 'vitest'
import { blankQuestion } from '../draft/blank-question.ts'
import { copiedCue, movedCue, newCue, withCue, withoutCue } from './edits.ts'

const empty: VideoDocument = {
  kind: 'video',
  intro: '',
  assetId: null,
  cues: [],
  chapters: [],
  settings: {
    attemptsAllowed: 1,
    counting: 'best',
    showAnswers: 'after-submit',
    skipping: 'forbidden',
    watchedThreshold: 0.9,
    watchPoints: 1,
  },
}
const at = (seconds: number): Cue => newCue(blankQuestion('true-false'), seconds)

describe('edits of a video', () => {
  it('keeps questions in the order of their moments, also when one is moved', () => {
    const [first, second] = [at(10), at(20)]
    const document = withCue(withCue(empty, second), first)
    expect(document.cues.map(({ id }) => id)).toEqual([first.id, second.id])
    const moved = withCue(document, movedCue(first, 31.26))
    expect(moved.cues.map(({ id, atSeconds }) => [id, atSeconds])).toEqual([
      [second.id, 20],
      [first.id, 31.3],
    ])
    expect(withoutCue(moved, second.id).cues).toHaveLength(1)
  })

  it('never leads back to a moment that is not before the question', () => {
    const cue = { ...at(30), backToSeconds: 12 }
    expect(movedCue(cue, 20).backToSeconds).toBe(12)
    expect(movedCue(cue, 12).backToSeconds).toBeNull()
  })

  it('copies with fresh ids, inside the video', () => {
    const cue = at(58)
    const copy = copiedCue(cue, 60)
    expect(copy.atSeconds).toBe(60)
    expect(copy.id).not.toBe(cue.id)
    expect(copy.question.id).not.toBe(cue.question.id)
  })
})
