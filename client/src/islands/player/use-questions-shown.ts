// Tells which question is shown when, and how often answers changed meanwhile: where a class hesitates, the instructor sees it.
import type { AttemptView } from '@cuepoint/contracts'
import { useEffect, useRef, useState } from 'react'
import { type Track, track } from '../../api/track.ts'

/** `questionId` null: none of them is shown. Answers with what a changed answer calls. */
export function useQuestionsShown(attempt: AttemptView, records: boolean, questionId: string | null): (questionId: string) => void {
  const [told] = useState<{ track: Track | null }>({ track: null })
  const changes = useRef(new Map<string, number>())
  useEffect(() => {
    told.track = track(attempt.id, { records })
    const changed = changes.current
    return () => {
      tellChanges(told.track, changed)
      told.track?.close()
    }
  }, [told, attempt.id, records])
  useEffect(() => {
    tellChanges(told.track, changes.current)
    if (questionId !== null) told.track?.tell('question.shown', { questionId })
  }, [told, questionId])
  return (id) => changes.current.set(id, (changes.current.get(id) ?? 0) + 1)
}

function tellChanges(told: Track | null, changes: Map<string, number>): void {
  for (const [questionId, times] of changes) told?.tell('answer.changed', { questionId, times })
  changes.clear()
}
