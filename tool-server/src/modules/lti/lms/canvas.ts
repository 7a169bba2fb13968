import { generic } from './generic.ts'
import type { Lms } from './lms.ts'

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
  marksResubmission: true,
  // Older pages answer 403 with this text or an empty rate bucket, newer ones 429 (fact 13).
  isThrottle: ({ status, headers, body }) =>
    status === 429 || (status === 403 && (/rate limit exceeded/i.test(body) || Number(headers['x-rate-limit-remaining'] ?? 1) <= 0)),
}
