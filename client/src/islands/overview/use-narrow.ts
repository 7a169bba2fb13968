// Is the frame too narrow for a table of five columns?
import { useSyncExternalStore } from 'react'

const query = '(max-width: 47.99em)'

function subscribe(changed: () => void): () => void {
  const list = matchMedia(query)
  list.addEventListener('change', changed)
  return () => list.removeEventListener('change', changed)
}

export function useNarrow(): boolean {
  return useSyncExternalStore(subscribe, () => matchMedia(query).matches)
}
