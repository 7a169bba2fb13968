import { generic } from './generic.ts'
import type { Lms } from './lms.ts'

/** D2L Brightspace: the audience of token requests is not the token URL (fact 30). */
export const brightspace: Lms = {
  ...generic,
  name: 'brightspace',
  title: 'Brightspace',
  families: ['desire2learn', 'brightspace', 'd2l'],
  tokenAudiences: { 'auth.brightspace.com': 'https://api.brightspace.com/auth/token' },
  // Fact 31: registering makes no deployment.
  afterRegistration:
    'In Brightspace: Admin Tools → Manage Extensibility → LTI Advantage: enable the tool, then make a deployment of it for your organisation and enable that too.',
  originPatterns: ['https://*.brightspace.com', 'https://*.desire2learn.com'],
  // Fact 32.
  makesNoColumn: true,
  // 422 for a role that is not graded, 403 or 404 for people who are not enrolled (fact 30).
  hidesPeople: true,
  refusalOf: ({ status }) => (status === 422 ? 'person' : undefined),
}
