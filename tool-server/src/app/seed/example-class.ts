// A believable class at work: enters, looks at questions, changes its mind, hands in, over the last two weeks by the clock. It walks the
// product's own ways (entry, attempts, events), only with a clock that is set; so run it in a process of its own.
import type { Answer, AttemptView, Caller } from '@cuepoint/contracts'
import { newId, setClock } from '../../kernel/clock.ts'
import { transaction } from '../../kernel/db.ts'
import { record, recordAll } from '../../kernel/events/outbox.ts'
import { keyOf, openAttempt, saveAnswers, submitAttempt } from '../../modules/assessment/index.ts'
import { createActivity, publishedVersionOf, questionsOf, type Version } from '../../modules/content/index.ts'
import { type Entry, enter, pointPlacement } from '../../modules/identity/index.ts'
import { chanceFrom, difficultyOf, guess, likelihood, normal } from './ability.ts'

/** Who is where, as a launch of theirs would say it. */
export type Seat = Omit<Entry, 'purpose' | 'binding' | 'institutionId'>

/** Told of the placement before anything is done there. */
export type Placed = (placementId: string) => Promise<void>

const day = 86_400_000
const locale = 'en'

/** Seeds the class; answers with how many have handed in. A placement that leads to an activity already is left alone: 0. */
export async function seedClass(
  institutionId: string,
  teacher: Seat,
  learners: readonly Seat[],
  until: number,
  placed: Placed,
): Promise<number> {
  const version = await placeQuiz(institutionId, teacher, until - 15 * day, placed)
  if (!version) return 0
  let finished = 0
  for (const [at, learner] of learners.entries()) {
    const chance = chanceFrom(at + 1)
    if (await takeQuiz(institutionId, learner, version, chance, until - (1 + chance() * 12) * day)) finished++
  }
  setClock()
  return finished
}

async function placeQuiz(institutionId: string, teacher: Seat, at: number, placed: Placed): Promise<Version | null> {
  setClock(() => at)
  const caller = await enterAs(institutionId, teacher)
  if (caller.activityId !== null || caller.placementId === null) return null
  const { placementId } = caller
  await placed(placementId)
  const activity = await createActivity(caller, { kind: 'quiz', sampleId: 'statistics-and-probability' })
  await transaction((tx) => pointPlacement(tx, caller, placementId, activity.id))
  return publishedVersionOf(activity.id, caller.courseId)
}

export async function enterAs(institutionId: string, seat: Seat): Promise<Caller> {
  return transaction(async (tx) => {
    const { caller } = await enter(tx, { ...seat, institutionId, purpose: 'activity', binding: null })
    const { courseId, personId, placementId, role, purpose, sessionId } = caller
    await record(tx, {
      name: 'identity.session.opened',
      institutionId,
      courseId,
      personId,
      placementId,
      data: { sessionId, role, purpose },
    })
    return caller
  })
}

/** One learner's way; true when it was handed in. Some never start, some stop, who did badly may try again. */
async function takeQuiz(institutionId: string, seat: Seat, version: Version, chance: () => number, from: number): Promise<boolean> {
  let clock = Math.round(from)
  setClock(() => clock)
  const wait = (seconds: number): void => {
    clock += Math.round(seconds * 1000)
  }
  const { attemptsAllowed } = version.document.settings
  const ability = normal(chance)
  const habit = chance()
  if (habit < 0.08) return false
  const caller = await enterAs(institutionId, seat)
  const stopsAt = habit < 0.15 ? 0.3 + 0.5 * chance() : 1
  for (let tries = 1, knows = ability; ; tries++, knows += 0.5) {
    const attempt = await openAttempt(caller, caller.placementId ?? '')
    const answers = await answerAll(caller, version, attempt, { knows, stopsAt, chance, wait })
    if (stopsAt < 1) {
      if (answers.length > 0) await saveAnswers(caller, attempt.id, answers)
      return false
    }
    const done = await submitAttempt(caller, attempt.id, newId(), answers)
    const share = (done.outcome?.score ?? 0) / Math.max(1, done.maxScore)
    if (share > 0.6 || tries === Math.min(2, attemptsAllowed ?? 2) || chance() < 0.5) return true
    wait(3600 + chance() * day)
  }
}

interface Way {
  knows: number
  stopsAt: number
  chance: () => number
  wait(seconds: number): void
}

async function answerAll(caller: Caller, version: Version, attempt: AttemptView, { knows, stopsAt, chance, wait }: Way): Promise<Answer[]> {
  const { institutionId, courseId, personId, placementId } = caller
  const scope = { institutionId, courseId, personId, placementId }
  const about = {
    attemptId: attempt.id,
    activityId: version.activityId,
    versionId: version.id,
    number: attempt.number,
    locale,
    practice: false,
  }
  const written = questionsOf(version.document)
  const answers: Answer[] = []
  for (const [at, view] of attempt.questions.entries()) {
    if (at / attempt.questions.length >= stopsAt) break
    const question = written.find(({ id }) => id === view.id)
    if (!question) continue
    await tell('assessment.question.shown', view.id)
    const place = written.indexOf(question)
    const difficulty = difficultyOf(place, written.length)
    wait(12 + 30 * chance() * (1 + Math.max(0, difficulty - knows)))
    const { key } = keyOf(question, locale)
    const right = chance() < likelihood(knows, difficulty)
    // Some leave out what they do not know.
    if (right || chance() > 0.08) answers.push({ questionId: view.id, seq: at + 1, value: right ? key : guess(view, key, chance) })
    await tell('assessment.answer.changed', view.id, chance() < 0.2 ? 2 : 1)
  }
  wait(5 + 20 * chance())
  return answers

  async function tell(name: 'assessment.question.shown' | 'assessment.answer.changed', questionId: string, times = 1): Promise<void> {
    const event =
      name === 'assessment.question.shown' ? { name, data: { ...about, questionId } } : { name, data: { ...about, questionId, times } }
    await transaction((tx) => recordAll(tx, [{ ...scope, ...event }] as Parameters<typeof recordAll>[1]))
  }
}
