import { generic } from './generic.ts'
import type { Lms } from './lms.ts'

/** Blackboard Learn: one vendor registration for all schools; the deployment is the school (fact 27). */
export const blackboard: Lms = {
  ...generic,
  name: 'blackboard',
  title: 'Blackboard',
  families: ['BlackboardLearn', 'blackboard'],
  sharedIssuers: ['https://blackboard.com'],
  afterRegistration: 'In Blackboard: Administrator Panel → LTI Tool Providers: approve the tool, and let it have grades and rosters.',
  originPatterns: ['https://*.blackboard.com'],
}
