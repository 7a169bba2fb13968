// The words about scores that are not in the gradebook.
import { gradebookMessages } from '../../messages/en/gradebook.ts'
import { words } from '../../shell/text.ts'

export const gt = words(gradebookMessages)
