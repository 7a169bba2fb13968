// Where a placement comes from, asked once (and again on demand).
import type { PlacementOrigin } from '@cuepoint/contracts'
import { useCallback, useEffect, useState } from 'react'
import { call } from '../../../api/call.ts'

export type Origin =
  | { is: 'looking' }
  | { is: 'failed'; error: unknown }
  | { is: 'known'; waitsForTeacher: boolean; origin: PlacementOrigin | null }

export function useOrigin(placementId: string): [Origin, () => void] {
  const [found, setFound] = useState<Origin>({ is: 'looking' })
  const look = useCallback(() => {
    setFound({ is: 'looking' })
    call('GET /api/placements/:placementId/origin', { params: { placementId } }).then(
      (answer) => setFound({ is: 'known', ...answer }),
      (error: unknown) => setFound({ is: 'failed', error }),
    )
  }, [placementId])
  useEffect(look, [look])
  return [found, look]
}
