// The words of the teacher's hand.
import { handMessages } from '../../messages/en/teachers-hand.ts'
import { words } from '../../shell/text.ts'

export const t = words(handMessages)
