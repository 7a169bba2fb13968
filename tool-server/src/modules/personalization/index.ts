// The door of personalization: explained advice on what to do next. Empty until then.
import { defineModule } from '../../kernel/module.ts'

export const personalizationModule = defineModule({ name: 'personalization' })
