import { generic } from './generic.ts'
import type { Lms } from './lms.ts'

/** Hosted Canvas: issuer and keys are shared, frames and services are on the school's own host. */
export const canvas: Lms = {
  ...generic,
  name: 'canvas',
  title: 'Canvas',
  originPatterns: ['https://*.instructure.com', 'https://*.canvaslms.com'],
  marksResubmission: true,
  // Older pages answer 403 with this text or an empty rate bucket, newer ones 429 (fact 13).
  isThrottle: ({ status, headers, body }) =>
    status === 429 || (status === 403 && (/rate limit exceeded/i.test(body) || Number(headers['x-rate-limit-remaining'] ?? 1) <= 0)),
}
