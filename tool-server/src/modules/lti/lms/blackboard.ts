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
  // A score without a comment erases even the teacher's, and Results of one person leave comments out (fact 29).
  erasesComment: true,
  refusalOf: ({ body }) => (/user could not be found/i.test(body) ? 'person' : undefined),
}
