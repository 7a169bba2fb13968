import type { Lms } from './lms.ts'

/** What the specifications promise, and nothing more. */
export const generic: Lms = {
  name: 'generic',
  title: 'your LMS',
  families: [],
  sharedIssuers: [],
  tokenAudiences: {},
  afterRegistration: 'Look in your LMS whether the tool has to be switched on, and switch it on.',
  originPatterns: [],
  scoreSpacingSeconds: 1,
  mostInFlight: 6,
  makesNoColumn: false,
  ownTab: 'in the settings of its link, let it open in a new window',
  scoreExtension: () => null,
  erasesComment: false,
  hidesPeople: false,
  titleIsToolName: false,
  isThrottle: ({ status, headers }) => status === 429 || (status === 403 && headers['retry-after'] !== undefined),
  isOlderTime: ({ status }) => status === 409,
  isAheadOfTime: () => false,
  refusalOf: ({ status, body }) => (status === 412 ? undefined : /user|student|learner|member|enrol/i.test(body) ? 'person' : undefined),
}
