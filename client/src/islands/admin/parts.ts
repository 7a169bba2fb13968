// The parts of the administration: one line each. The address names the part after its #, so that back and reload work.
import type { ComponentType } from 'react'
import { Deliveries } from './deliveries/deliveries.tsx'
import { Launches } from './launches/launches.tsx'
import { LearningStores } from './lrs/lrs.tsx'
import { t as lrsWords } from './lrs/words.ts'
import { Platforms } from './platforms/platforms.tsx'
import { Looks } from './privacy/looks.tsx'
import { Privacy } from './privacy/privacy.tsx'
import { t as privacyWords } from './privacy/words.ts'
import { Registrations } from './registrations/registrations.tsx'
import { Report } from './report/report.tsx'
import { Statements } from './statements/statements.tsx'
import { t } from './words.ts'

export interface Part {
  /** In the address: /admin#name/rest. */
  readonly name: string
  readonly title: string
  readonly Page: ComponentType<{ rest: string }>
}

export const parts: readonly Part[] = [
  { name: 'platforms', title: t('platforms'), Page: Platforms },
  { name: 'launches', title: t('launches'), Page: Launches },
  { name: 'deliveries', title: t('deliveries'), Page: Deliveries },
  { name: 'report', title: t('report'), Page: Report },
  { name: 'lrs', title: lrsWords('title'), Page: LearningStores },
  { name: 'statements', title: lrsWords('statements.title'), Page: Statements },
  { name: 'privacy', title: privacyWords('title'), Page: Privacy },
  { name: 'looks', title: privacyWords('looksTitle'), Page: Looks },
  { name: 'registrations', title: t('registrations'), Page: Registrations },
]
