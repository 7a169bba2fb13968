import { generic } from './generic.ts'
import type { Lms } from './lms.ts'

/** D2L Brightspace: the audience of token requests is not the token URL (fact 30), kept in the registration. */
export const brightspace: Lms = {
  ...generic,
  name: 'brightspace',
  title: 'Brightspace',
  originPatterns: ['https://*.brightspace.com', 'https://*.desire2learn.com'],
}
