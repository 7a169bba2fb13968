// Lets an island hand the page over to another launch state: `useRelight()(launch)` lights launch.island anew.
import type { LaunchData } from '@cuepoint/contracts'
import { createContext, useContext } from 'react'

export const RelightContext = createContext<(launch: LaunchData) => void>(() => {})

export function useRelight(): (launch: LaunchData) => void {
  return useContext(RelightContext)
}
