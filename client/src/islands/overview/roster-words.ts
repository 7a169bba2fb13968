// The class list's words.
import { rosterMessages } from '../../messages/en/roster.ts'
import { words } from '../../shell/text.ts'

export const rt = words(rosterMessages)
