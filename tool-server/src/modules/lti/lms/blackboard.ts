import { generic } from './generic.ts'
import type { Lms } from './lms.ts'

/** Blackboard Learn: one vendor registration for all schools; the deployment is the school (fact 27). */
export const blackboard: Lms = {
  ...generic,
  name: 'blackboard',
  title: 'Blackboard',
  originPatterns: ['https://*.blackboard.com'],
}
