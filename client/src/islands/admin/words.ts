import { adminMessages } from '../../messages/en/admin.ts'
import { words } from '../../shell/text.ts'

export const t = words(adminMessages)
