// The door of analytics: learning events to the LRS, and insight for instructors.
import { defineModule } from '../../kernel/module.ts'
import { insightRoutes } from './insight/insight.routes.ts'
import { keepInsight } from './insight/keep-insight.ts'

export { dropFactsOf } from './insight/keep-insight.ts'

export const analyticsModule = defineModule({ name: 'analytics', routes: insightRoutes, listeners: [keepInsight] })
