// All of the player that its first look can do without: controls, what is said under the video, and what stands beside it.
import { dressed } from '../../../shell/dressed.tsx'
import { BelowPart } from './below.tsx'
import { SidePart } from './side.tsx'
import { UnderPart } from './under.tsx'
import '../questions/questions.css'
import '../player.css'
import './room.css'
import './side.css'

export { Controls } from './controls/controls.tsx'
export { loadControls } from './screen/load-controls.ts'
export const Below = dressed(BelowPart)
export const Under = dressed(UnderPart)
export const Side = dressed(SidePart)
