// The picker's words.
import { pickerMessages } from '../../messages/en/picker.ts'
import { words } from '../../shell/text.ts'

export const t = words(pickerMessages)
