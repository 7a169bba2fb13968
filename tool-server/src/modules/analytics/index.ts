// The door of analytics: learning events to the LRS and insight for instructors. Empty until then.
import { defineModule } from '../../kernel/module.ts'

export const analyticsModule = defineModule({ name: 'analytics' })
