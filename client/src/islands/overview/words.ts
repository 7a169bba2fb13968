// The overview's words.
import { overviewMessages } from '../../messages/en/overview.ts'
import { words } from '../../shell/text.ts'

export const t = words(overviewMessages)
