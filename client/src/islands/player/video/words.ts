// The video player's words.
import { videoMessages } from '../../../messages/en/video.ts'
import { words } from '../../../shell/text.ts'

export const t = words(videoMessages)
