// The seven rooms in floor order.
import type { Module } from '../kernel/module.ts'
import { analyticsModule } from '../modules/analytics/index.ts'
import { assessmentModule } from '../modules/assessment/index.ts'
import { contentModule } from '../modules/content/index.ts'
import { identityModule } from '../modules/identity/index.ts'
import { ltiModule } from '../modules/lti/index.ts'
import { mediaModule } from '../modules/media/index.ts'
import { personalizationModule } from '../modules/personalization/index.ts'

export const modules: readonly Module[] = [
  identityModule,
  mediaModule,
  contentModule,
  assessmentModule,
  analyticsModule,
  personalizationModule,
  ltiModule,
]
