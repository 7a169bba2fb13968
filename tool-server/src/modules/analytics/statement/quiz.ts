// PURE: what happens to an attempt, as statements: attempted; answered, completed, passed or failed, terminated; scored; experienced.
import type { AnswerValue, LearningEvent, Question } from '@cuepoint/contracts'
import { questionsOf } from '../../content/index.ts'
import { assessmentOf, questionOf } from './activities.ts'
import { contextOf, type Facts, type Setting, statementOf, type Told } from './context.ts'
import { isGiven, responseOf } from './interactions.ts'
import { durationOf, scoreOf } from './numbers.ts'
import type { Statement, XapiActivity, XapiResult } from './statement.ts'

/** What all events of an attempt say; the language and the practice mark only since version 2. */
interface OfAttempt {
  attemptId: string
  activityId: string
  number: number
  locale?: string | undefined
}

export function settingOf({ attemptId, number, locale }: OfAttempt): Setting {
  return { attemptId, number, locale }
}

export function wholeOf(facts: Facts, activityId: string): XapiActivity {
  return assessmentOf(facts.base, activityId, facts.activityTitle)
}

export function attempted(event: LearningEvent<'assessment.attempt.opened'>, facts: Facts): Statement[] {
  const { data } = event
  const context = contextOf(facts, settingOf(data))
  return [statementOf(event, facts, { verb: 'attempted', object: wholeOf(facts, data.activityId), context, at: data.startedAt })]
}

/** In this order: each answer that was given, completed, passed or failed (where the author set a mark), terminated. */
export function handedIn(event: LearningEvent<'assessment.attempt.submitted'>, facts: Facts): Statement[] {
  const { data } = event
  const whole = wholeOf(facts, data.activityId)
  const context = contextOf(facts, settingOf(data))
  const duration = durationOf(Date.parse(data.submittedAt) - Date.parse(data.startedAt))
  const score = scoreOf(data.score, data.maxScore)
  const scored = { ...(score ? { score } : {}), duration }
  const at = data.submittedAt
  // Of a video each was told when it was checked; what was only saved is an answer now. An event of before version 3 does not say which.
  const marks = facts.version?.document.kind === 'video' ? data.questions.filter(({ checked }) => checked === false) : data.questions
  const statements = marks.flatMap((mark) => {
    const question = questionIn(facts, mark.questionId)
    return question ? answered(event, facts, { question, mark, of: data, withPattern: data.answersShown === true, at }) : []
  })
  statements.push(
    statementOf(event, facts, { verb: 'completed', object: whole, result: { completion: true, ...scored }, context, at }),
    ...verdict(event, facts, { object: whole, result: scored, context, at }),
    statementOf(event, facts, { verb: 'terminated', object: whole, result: { duration }, context, at }),
  )
  return statements
}

function verdict(
  event: LearningEvent<'assessment.attempt.submitted'>,
  facts: Facts,
  it: { object: XapiActivity; result: XapiResult; context: Statement['context']; at: string },
): Statement[] {
  const { score, maxScore, passShare } = event.data
  if (passShare === null || passShare === undefined || !(maxScore > 0)) return []
  const success = score / maxScore >= passShare - 1e-9
  return [statementOf(event, facts, { verb: success ? 'passed' : 'failed', ...it, result: { success, ...it.result } })]
}

/** One answer that was given; nothing for a question that was left out. */
function answered(
  event: Told,
  facts: Facts,
  it: {
    question: Question
    mark: { score: number; maxScore: number; answer: AnswerValue | null }
    of: OfAttempt
    withPattern: boolean
    at: string
    extensions?: Record<string, unknown>
  },
): Statement[] {
  const { question, mark, of, withPattern, at, extensions } = it
  const { activityId, locale = 'en' } = of
  if (!isGiven(question, mark.answer, locale)) return []
  const versionNumber = facts.version?.number ?? 0
  const score = scoreOf(mark.score, mark.maxScore)
  const response = responseOf(question, mark.answer, locale)
  const typed = response === null && mark.answer.kind === 'number' ? { [`${facts.base}/xapi/extensions/typed`]: mark.answer.text } : {}
  return [
    statementOf(event, facts, {
      verb: 'answered',
      part: `answered ${question.id}`,
      object: questionOf(facts.base, { activityId, versionNumber }, question, withPattern),
      result: {
        ...(score ? { score, success: mark.score >= mark.maxScore } : {}),
        completion: true,
        ...(response === null ? {} : { response }),
        ...(Object.keys(typed).length > 0 ? { extensions: typed } : {}),
      },
      context: contextOf(facts, { ...settingOf(of), parent: wholeOf(facts, activityId), ...(extensions ? { extensions } : {}) }),
      at,
    }),
  ]
}

/** An answer checked at its moment in a video: each try is an answer, and says which it is. */
export function checkedAtCue(event: LearningEvent<'assessment.cue.checked'>, facts: Facts): Statement[] {
  const { data } = event
  const question = questionIn(facts, data.questionId)
  if (!question) return []
  const extensions = { [`${facts.base}/xapi/extensions/try`]: data.tries }
  return answered(event, facts, {
    // The key comes with the outcome of the whole, if it may.
    ...{ question, mark: data, of: data, withPattern: false, extensions },
    at: event.occurredAt.toISOString(),
  })
}

/** A score that changed without a hand-in: by a teacher, or counted again. */
export function rescored(event: LearningEvent<'assessment.result.changed'>, facts: Facts): Statement[] {
  const { data } = event
  const score = scoreOf(data.score, data.maxScore)
  if (!data.recounted || !data.activityId || !score) return []
  const context = contextOf(facts, { attemptId: data.attemptId })
  return [statementOf(event, facts, { verb: 'scored', object: wholeOf(facts, data.activityId), result: { score }, context })]
}

/** Its pattern is withheld: the attempt is open. */
export function questionShown(event: LearningEvent<'assessment.question.shown'>, facts: Facts): Statement[] {
  const { data } = event
  const question = questionIn(facts, data.questionId)
  if (!question) return []
  const object = questionOf(facts.base, { activityId: data.activityId, versionNumber: facts.version?.number ?? 0 }, question, false)
  const context = contextOf(facts, { ...settingOf(data), parent: wholeOf(facts, data.activityId) })
  return [statementOf(event, facts, { verb: 'experienced', object, context })]
}

function questionIn({ version }: Facts, questionId: string): Question | undefined {
  return version ? questionsOf(version.document).find(({ id }) => id === questionId) : undefined
}
