// PURE: the things that statements are about, and their addresses. An activity keeps its address through all its Versions; a question
// has one per Version, because its words and its key may change with it.
import type { Question } from '@cuepoint/contracts'
import { interactionOf } from './interactions.ts'
import { plainText } from './plain-text.ts'
import type { Definition, LanguageMap, XapiActivity } from './statement.ts'
import { activityTypes } from './vocabulary.ts'

/** Language of what authors write: not known. */
const unknown = 'und'

function inSomeLanguage(text: string): LanguageMap | undefined {
  return text === '' ? undefined : { [unknown]: text }
}

function activity(id: string, definition: { [K in keyof Definition]: Definition[K] | undefined } & { type: string }): XapiActivity {
  const given = Object.fromEntries(Object.entries(definition).filter(([, value]) => value !== undefined))
  return { objectType: 'Activity', id, definition: given as unknown as Definition }
}

const activityAddress = (base: string, activityId: string): string => `${base}/xapi/activities/${activityId}`

/** A quiz or an interactive video, as a whole: what is attempted, completed, passed. */
export function assessmentOf(base: string, activityId: string, title: string): XapiActivity {
  return activity(activityAddress(base, activityId), { type: activityTypes.assessment, name: inSomeLanguage(title) })
}

/** The video of an interactive video. */
export function videoOf(base: string, activityId: string, title: string): XapiActivity {
  return activity(`${activityAddress(base, activityId)}/video`, { type: activityTypes.video, name: inSomeLanguage(title) })
}

/** `withPattern`: right answers may be seen. */
export function questionOf(
  base: string,
  of: { activityId: string; versionNumber: number },
  question: Question,
  withPattern: boolean,
): XapiActivity {
  return activity(`${activityAddress(base, of.activityId)}/versions/${of.versionNumber}/questions/${question.id}`, {
    type: activityTypes.question,
    description: inSomeLanguage(plainText(question.prompt)),
    ...interactionOf(question, withPattern),
  })
}

/** A piece of advice on what to do next; its name is what it leads to. */
export function adviceOf(base: string, id: string, title: string): XapiActivity {
  return activity(`${base}/xapi/advice/${id}`, { type: activityTypes.link, name: inSomeLanguage(title) })
}

export function courseOf(base: string, course: { id: string; title: string }): XapiActivity {
  return activity(`${base}/xapi/courses/${course.id}`, { type: activityTypes.course, name: inSomeLanguage(course.title) })
}

export function sectionOf(base: string, section: { id: string; name: string }): XapiActivity {
  return activity(`${base}/xapi/sections/${section.id}`, { type: activityTypes.section, name: inSomeLanguage(section.name) })
}
