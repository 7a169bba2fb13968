// The door of personalization: explained advice on what to do next, by an instructor's rules, and what becomes of it.
import { defineModule, schedule } from '../../kernel/module.ts'
import { personalizationPeople } from './about-people.ts'
import { adviseClass, adviseLearner } from './advising.ts'
import { copyPlan } from './copied-plans.ts'
import { noteOpened } from './followed.ts'
import { personalizationRoutes } from './personalization.routes.ts'

export const personalizationModule = defineModule({
  name: 'personalization',
  personal: personalizationPeople,
  routes: personalizationRoutes,
  listeners: [adviseLearner, adviseClass, copyPlan],
  schedules: [schedule({ name: 'personalization.note-opened', everySeconds: 60, run: noteOpened })],
})
