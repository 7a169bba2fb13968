// The words of xAPI that we use: verbs, activity types, and the extensions of the Video Profile 1.0.3.
import type { Statement } from './statement.ts'

const adl = 'http://adlnet.gov/expapi'
const video = 'https://w3id.org/xapi/video'

const verbIds = {
  attempted: `${adl}/verbs/attempted`,
  experienced: `${adl}/verbs/experienced`,
  answered: `${adl}/verbs/answered`,
  completed: `${adl}/verbs/completed`,
  passed: `${adl}/verbs/passed`,
  failed: `${adl}/verbs/failed`,
  scored: `${adl}/verbs/scored`,
  terminated: `${adl}/verbs/terminated`,
  initialized: `${adl}/verbs/initialized`,
  interacted: `${adl}/verbs/interacted`,
  played: `${video}/verbs/played`,
  paused: `${video}/verbs/paused`,
  seeked: `${video}/verbs/seeked`,
} as const
export type Verb = keyof typeof verbIds

export function verbOf(verb: Verb): Statement['verb'] {
  return { id: verbIds[verb], display: { en: verb } }
}

export const activityTypes = {
  assessment: `${adl}/activities/assessment`,
  question: `${adl}/activities/cmi.interaction`,
  course: `${adl}/activities/course`,
  link: `${adl}/activities/link`,
  video: `${video}/activity-type/video`,
  /** A section of a course: ADL has no word for it, activitystrea.ms' group is what LRSs know. */
  section: 'http://activitystrea.ms/schema/1.0/group',
  profile: `${adl}/activities/profile`,
} as const

export const videoProfile = video
/** An extension of the Video Profile. */
export const videoTerm = (name: string): string => `${video}/extensions/${name}`
