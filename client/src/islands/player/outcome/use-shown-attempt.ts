// Which finished attempt the outcome page shows: the one just handed in, else the latest, else the one asked for.
import type { AttemptView, PlayerView } from '@cuepoint/contracts'
import { useEffect, useState } from 'react'
import { call } from '../../../api/call.ts'
import { type Action, useAction } from '../../../shell/use-action.ts'

export function useShownAttempt(
  player: PlayerView,
  given: AttemptView | null,
): { shown: AttemptView | null; show: Action<[string], void> } {
  const [shown, setShown] = useState(given)
  const show = useAction(async (attemptId: string) => setShown(await call('GET /api/attempts/:attemptId', { params: { attemptId } })))
  const { start } = show
  const latestId = player.attempts.filter(({ state }) => state === 'submitted').at(-1)?.id
  useEffect(() => {
    if (!given && latestId) void start(latestId)
  }, [given, latestId, start])
  return { shown, show }
}
