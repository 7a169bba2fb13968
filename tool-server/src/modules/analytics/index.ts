// The door of analytics: learning events as statements, to the LRSs of their institution and to the store of the house; insight for instructors.
import { defineModule, schedule } from '../../kernel/module.ts'
import { analyticsRoutes } from './analytics.routes.ts'
import { insightRoutes } from './insight/insight.routes.ts'
import { keepInsight } from './insight/keep-insight.ts'
import { keepStatements } from './keep.ts'
import { dropOldMinutes } from './lrs/notes.ts'
import { forwardStatements } from './lrs.ts'

export { facilitiesOf } from './insight/facilities.ts'

export const analyticsModule = defineModule({
  name: 'analytics',
  routes: [...analyticsRoutes, ...insightRoutes],
  listeners: [keepStatements, forwardStatements, keepInsight],
  schedules: [schedule({ name: 'analytics.drop-old-minutes', everySeconds: 3600, run: dropOldMinutes })],
})
