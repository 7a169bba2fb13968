// Fetches the rest of the player once its first look has been painted, and again when a school's Wi-Fi swallowed it.
import { useCallback, useEffect, useState } from 'react'

type Room = typeof import('./room.tsx')
const pauses = [500, 1500, 4000]

async function fetchRoom(): Promise<Room> {
  for (const pause of pauses) {
    try {
      return await import('./room.tsx')
    } catch {
      await new Promise((done) => setTimeout(done, pause))
    }
  }
  return import('./room.tsx')
}

export function useRoom(): { room: Room | null; failed: boolean; again(): void } {
  const [room, setRoom] = useState<Room | null>(null)
  const [failed, setFailed] = useState(false)
  const [turn, setTurn] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new turn is the reason to fetch again
  useEffect(() => {
    let gone = false
    setFailed(false)
    const begin = () =>
      fetchRoom()
        .then(async (it) => {
          await it.loadControls()
          return it
        })
        .then(
          (it) => gone || setRoom(it),
          () => gone || setFailed(true),
        )
    // After the paint: two frames, or a moment in a page that is not drawn.
    const timer = setTimeout(begin, 50)
    return () => {
      gone = true
      clearTimeout(timer)
    }
  }, [turn])
  return { room, failed, again: useCallback(() => setTurn((before) => before + 1), []) }
}
