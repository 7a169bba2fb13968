// PURE: what every statement of a learner says beside its deed, and the facts that it is made from.
import type { LearningEvent } from '@cuepoint/contracts'
import type { Version } from '../../content/index.ts'
import { courseOf, sectionOf } from './activities.ts'
import type { Agent, Statement, XapiActivity, XapiContext, XapiResult } from './statement.ts'
import { statementId } from './statement-id.ts'
import { type Verb, verbOf } from './vocabulary.ts'

/** What statements need beside the event itself. */
export interface Facts {
  /** Origin of the tool: its addresses begin with it. */
  readonly base: string
  readonly actor: Agent
  /** The LRS, where the actor is one of its own: such a statement is another one elsewhere. Else ''. */
  readonly target: string
  readonly course: { readonly id: string; readonly externalId: string; readonly title: string } | null
  readonly sections: readonly { readonly id: string; readonly name: string }[]
  /** The Version that the event is about; null where it names none, or it is gone. */
  readonly version: Version | null
  readonly activityTitle: string
}

export interface Setting {
  attemptId?: string | null | undefined
  number?: number | undefined
  locale?: string | undefined
  parent?: XapiActivity
  category?: XapiActivity
  other?: XapiActivity
  extensions?: Record<string, unknown>
}

const languageTag = /^[a-zA-Z]{2,3}(-[a-zA-Z0-9]{2,8})*$/

export function contextOf(facts: Facts, { attemptId, number, locale, parent, category, other, extensions = {} }: Setting): XapiContext {
  const { base, course, sections, version } = facts
  const term = (name: string) => `${base}/xapi/extensions/${name}`
  const grouping = [...(course ? [courseOf(base, course)] : []), ...sections.map((it) => sectionOf(base, it))]
  return {
    ...(attemptId ? { registration: attemptId } : {}),
    platform: 'Cuepoint',
    ...(locale && languageTag.test(locale) ? { language: locale } : {}),
    contextActivities: {
      ...(parent ? { parent: [parent] } : {}),
      ...(grouping.length > 0 ? { grouping } : {}),
      ...(category ? { category: [category] } : {}),
      ...(other ? { other: [other] } : {}),
    },
    extensions: {
      ...(number === undefined ? {} : { [term('attempt-number')]: number }),
      ...(version ? { [term('version')]: version.number } : {}),
      ...(course ? { [term('lms-course')]: course.externalId } : {}),
      ...extensions,
    },
  }
}

/** Of an event, whichever: what a statement takes its id and time from. */
export type Told = Pick<LearningEvent, 'id' | 'occurredAt'>

/** One statement of an event; `part` tells those of one event apart. */
export function statementOf(
  event: Told,
  facts: Facts,
  it: { verb: Verb; part?: string; object: XapiActivity; result?: XapiResult | undefined; context: XapiContext; at?: string },
): Statement {
  return {
    id: statementId(event.id, it.part ?? it.verb, facts.target),
    actor: facts.actor,
    verb: verbOf(it.verb),
    object: it.object,
    ...(it.result ? { result: it.result } : {}),
    context: it.context,
    timestamp: it.at ?? event.occurredAt.toISOString(),
  }
}
