import { generic } from './generic.ts'
import type { Lms } from './lms.ts'

/** Moodle 4.5 and 5.1: one site, one issuer; whole-second timestamps (fact 21); single-use login hints (fact 25). */
export const moodle: Lms = {
  ...generic,
  name: 'moodle',
  title: 'Moodle',
  families: ['moodle'],
  // Fact 18.
  afterRegistration:
    'In Moodle: Site administration → Plugins → External tool → Manage tools: the tool stands there as pending. Press Activate.',
  titleIsToolName: true,
  ownTab: 'in the settings of the activity, under General (Show more), let the launch container be “New window”',
  // The same words for a malformed score and for somebody who cannot be graded there; ours are not malformed (fact 21).
  refusalOf: ({ status }) => (status === 400 || status === 422 ? 'person' : undefined),
  relaunchUrl: (issuer, messageHint) => {
    try {
      const { cmid } = JSON.parse(messageHint) as { cmid?: unknown }
      return typeof cmid === 'number' || typeof cmid === 'string'
        ? `${issuer}/mod/lti/launch.php?id=${encodeURIComponent(cmid)}&triggerview=0`
        : null
    } catch {
      return null
    }
  },
}
