// A part of the player's island for other islands: a video with the browser's own controls.
import { lazy } from './lazy.ts'

export const PlainScreen = lazy(() => import('../islands/player/video/plain-screen.tsx'), 'PlainScreen')
