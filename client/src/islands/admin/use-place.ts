// Which part is open, from the address's fragment: `#launches/7KQ2-M9XT` is the part `launches` with the rest `7KQ2-M9XT`.
import { useEffect, useState } from 'react'

export interface Place {
  readonly name: string
  readonly rest: string
}

function placeNow(): Place {
  const [name = '', ...rest] = location.hash.slice(1).split('/')
  return { name, rest: decodeURIComponent(rest.join('/')) }
}

export function usePlace(): Place {
  const [place, setPlace] = useState(placeNow)
  useEffect(() => {
    const hear = () => setPlace(placeNow())
    window.addEventListener('hashchange', hear)
    return () => window.removeEventListener('hashchange', hear)
  }, [])
  return place
}
