// The islands, each behind import(). Complete by type: a new name in the contracts does not compile without its island.
import type { Island as IslandName, LaunchData } from '@cuepoint/contracts'
import type { ComponentType } from 'react'
import { lazy } from '../shell/lazy.ts'

type Lit = { Island: ComponentType<{ launch: LaunchData }> }

const light = (load: () => Promise<Lit>) => ({ Island: lazy(load, 'Island'), preload: () => load().catch(() => {}) })

const islands: Record<IslandName | 'video', ReturnType<typeof light>> = {
  player: light(() => import('./player/index.tsx')),
  // A launch that opens on a video: the player by its smaller door.
  video: light(() => import('./player/video/index.tsx')),
  picker: light(() => import('./picker/index.tsx')),
  overview: light(() => import('./overview/index.tsx')),
  review: light(() => import('./review/index.tsx')),
  empty: light(() => import('./empty/index.tsx')),
}

export const islandOf = ({ island, player }: LaunchData) => islands[island === 'player' && player?.current?.video ? 'video' : island]
