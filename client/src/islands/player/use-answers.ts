// One answer store for one open attempt, as React sees it.
import type { AttemptView } from '@cuepoint/contracts'
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Keep } from '../../api/keep.ts'
import { openAnswers, type SavedAnswers, type SavedState } from '../../api/saved.ts'
import { storageRefused } from '../../shell/launch.ts'

export function useAnswers(attempt: AttemptView, records: boolean, keep: Promise<Keep>): { answers: SavedAnswers; saved: SavedState } {
  const [answers] = useState(() => openAnswers(attempt, { records, keep, durable: storageRefused() ? false : null }))
  useEffect(() => () => answers.close(), [answers])
  return { answers, saved: useSyncExternalStore(answers.subscribe, answers.state) }
}
