import { registrationMessages } from '../../../messages/en/admin-registrations.ts'
import { words } from '../../../shell/text.ts'

export const t = words(registrationMessages)
