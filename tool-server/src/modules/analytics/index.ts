// The door of analytics: learning events as statements, to the LRSs of their institution and to the store of the house; insight for instructors.
import { defineModule, schedule } from '../../kernel/module.ts'
import { analyticsPeople } from './about-people.ts'
import { analyticsRoutes } from './analytics.routes.ts'
import { insightRoutes } from './insight/insight.routes.ts'
import { keepInsight } from './insight/keep-insight.ts'
import { keepStatements } from './keep.ts'
import { lrsFigures } from './lrs/figures.ts'
import { dropOldMinutes } from './lrs/notes.ts'
import { forwardStatements } from './lrs.ts'
import { voidStatements } from './voiding/tell-voids.ts'

export { facilitiesOf } from './insight/facilities.ts'
export { firstPlayed } from './insight/first-played.ts'
export { voidingOf } from './voiding/how-far.ts'

export const analyticsModule = defineModule({
  name: 'analytics',
  personal: analyticsPeople,
  routes: [...analyticsRoutes, ...insightRoutes],
  listeners: [keepStatements, forwardStatements, voidStatements, keepInsight],
  figures: lrsFigures,
  schedules: [schedule({ name: 'analytics.drop-old-minutes', everySeconds: 3600, run: dropOldMinutes })],
})
