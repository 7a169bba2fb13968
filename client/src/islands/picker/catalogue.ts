// The lists to choose from: the course's activities, where they are placed, and the samples that come with the server.
import type { Activity, ActivityKind, ActivitySummary, PlacedActivity, Sample } from '@cuepoint/contracts'
import { useCallback, useEffect, useState } from 'react'
import { call } from '../../api/call.ts'

export interface Catalogue {
  /** null until all are here. */
  readonly lists: { activities: readonly ActivitySummary[]; samples: readonly Sample[]; placed: readonly PlacedActivity[] } | null
  readonly error: unknown
  reload(): Promise<void>
  /** Puts a new or newly published activity where the list shows it, at the top, without asking the server again. */
  put(activity: ActivitySummary): void
}

export function useCatalogue(): Catalogue {
  const [lists, setLists] = useState<Catalogue['lists']>(null)
  const [error, setError] = useState<unknown>(null)
  const reload = useCallback(async () => {
    setError(null)
    try {
      const [{ activities }, { samples }, { placed }] = await Promise.all([
        call('GET /api/activities', {}),
        call('GET /api/samples', {}),
        call('GET /api/placed-activities', {}),
      ])
      setLists({ activities, samples, placed })
    } catch (problem) {
      setError(problem)
    }
  }, [])
  useEffect(() => void reload(), [reload])
  const put = useCallback((activity: ActivitySummary) => {
    setLists((now) => now && { ...now, activities: [activity, ...now.activities.filter((one) => one.id !== activity.id)] })
  }, [])
  return { lists, error, reload, put }
}

/** A published copy in this course. */
export function copySample(sampleId: string): Promise<Activity> {
  return call('POST /api/activities', { body: { kind: 'quiz', sampleId } })
}

export function startActivity(kind: ActivityKind, title: string): Promise<Activity> {
  return call('POST /api/activities', { body: { kind, title } })
}
