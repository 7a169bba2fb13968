// Parts of the player's island for other islands: a video with the browser's own controls, and the player over a draft.
import { lazy } from './lazy.ts'

export const PlainScreen = lazy(() => import('../islands/player/video/plain-screen.tsx'), 'PlainScreen')

/** A video's draft as learners would meet it, for its author. */
export const TryOut = lazy(() => import('../islands/player/video/try-out.tsx'), 'TryOut')
