import { platformMessages } from '../../../messages/en/admin-platforms.ts'
import { words } from '../../../shell/text.ts'

export const t = words(platformMessages)
