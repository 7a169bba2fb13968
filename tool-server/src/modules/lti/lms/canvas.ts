import { generic } from './generic.ts'
import type { Lms } from './lms.ts'

const submission = 'https://canvas.instructure.com/lti/submission'

/** Hosted Canvas: issuer and keys are shared, frames and services are on the school's own host. */
export const canvas: Lms = {
  ...generic,
  name: 'canvas',
  title: 'Canvas',
  families: ['canvas'],
  sharedIssuers: ['https://canvas.instructure.com', 'https://canvas.beta.instructure.com', 'https://canvas.test.instructure.com'],
  afterRegistration:
    'Close this window. Canvas then shows what was registered: leave all permissions and the privacy level as they are, and enable the app for your account.',
  originPatterns: ['https://*.instructure.com', 'https://*.canvaslms.com'],
  ownTab: 'in the module, edit the item and tick “Load in a new tab”',
  // A score sent again is no new submission, else it uses up an attempt and may count as late (facts 9 and 10). A grade that the
  // teacher typed into Canvas stays; and should a score ever be taken for unfinished, the grade that stands is kept (fact 11).
  // SpeedGrader launches the address that comes with the score again (fact 17).
  scoreExtension: (mayBeStored, workUrl) => ({
    [submission]: {
      ...(mayBeStored ? { new_submission: false } : {}),
      ...(workUrl ? { submission_type: 'basic_lti_launch', submission_data: workUrl } : {}),
      prioritize_non_tool_grade: true,
      preserve_score: true,
    },
  }),
  // Older pages answer 403 with this text or an empty rate bucket, newer ones 429 (fact 13); any other 403 is a missing scope.
  isThrottle: ({ status, headers, body }) =>
    status === 429 || (status === 403 && (/rate limit exceeded/i.test(body) || Number(headers['x-rate-limit-remaining'] ?? 1) <= 0)),
  isOlderTime: ({ status, body }) => status === 409 || (status === 400 && /before last updated timestamp/i.test(body)),
  // More than a minute ahead (fact 9).
  isAheadOfTime: ({ status, body }) => status === 400 && /in the future/i.test(body),
  // "User not found in course or is not a student" usually means that the course is not published (facts 9 and 14).
  refusalOf: ({ body }) => (/attempt/i.test(body) ? 'attempts' : /user not found|not a student/i.test(body) ? 'person' : undefined),
}
