// The video editor's words.
import { videoAuthoringMessages } from '../../../messages/en/video-authoring.ts'
import { words } from '../../../shell/text.ts'

export const vt = words(videoAuthoringMessages)
