// The editor's words.
import { authoringMessages } from '../../messages/en/authoring.ts'
import { words } from '../../shell/text.ts'

export const t = words(authoringMessages)
