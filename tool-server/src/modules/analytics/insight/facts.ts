// PURE: the events of one attempt, in whatever order and however often they came, become one fact: what the attempt adds to the figures.
import type { AnswerValue, EventName, LearningEvent, Stretch } from '@cuepoint/contracts'
import { isByVideo, playsOf, type Told } from './plays.ts'

/** A share of points in ten-thousandths: sums of whole numbers can be taken back exactly. */
export type Share = number
const shareOf = (score: number, max: number): Share => (max > 0 ? Math.round((Math.min(Math.max(score, 0), max) / max) * 10_000) : 0)

export interface ItemFact {
  questionId: string
  share: Share
  /** Of all other questions together; null = there is no other that earns points. */
  rest: Share | null
  /** What was given, option by option. Empty = nothing. */
  given: string[]
  /** How long the question was on show; null = not known. */
  seconds: number | null
  /** How often the answer was changed after it was first given. */
  changes: number
}

export interface WatchFact {
  lengthSeconds: number
  /** As they were played by a wish, repeats included. */
  played: Stretch[]
  /** As they were played because a wrong answer leads back. */
  sent: Stretch[]
  /** Where somebody paused, went back to, and forward to; what the player does for a question is not theirs. */
  pausedAt: number[]
  backTo: number[]
  aheadTo: number[]
  /** Where the speed was turned down; facts of before do not say. */
  slowedAt?: number[]
  /** Seconds by speed. */
  speeds: Record<string, number>
  completed: boolean
  /** Of each cue the first check: was it fully right? */
  firstTries: Record<string, boolean>
}

export interface AttemptFact {
  attemptId: string
  versionId: string
  personId: string
  number: number
  /** null while it is open, and where the server closed it with nothing in it: that says nothing of the questions. */
  submitted: { share: Share; seconds: number; items: ItemFact[] } | null
  watch: WatchFact | null
}

type Data<N extends EventName> = LearningEvent<N>['data']

/** The fact of one attempt; null where the events do not say which Version it is of. */
export function factOf(attemptId: string, personId: string, told: readonly Told[]): AttemptFact | null {
  const once = new Map(told.map((event) => [event.id, event]))
  const events = [...once.values()].sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || a.sequence - b.sequence)
  const about = events.find(({ data }) => typeof data.versionId === 'string')?.data as { versionId: string; number: number } | undefined
  if (!about) return null
  const handedIn = events.find(({ name }) => name === 'assessment.attempt.submitted')
  return {
    attemptId,
    personId,
    versionId: about.versionId,
    number: about.number,
    submitted:
      handedIn && handedIn.data.empty !== true ? submittedFact(handedIn.data as Data<'assessment.attempt.submitted'>, events) : null,
    watch: watchFact(events),
  }
}

function submittedFact(data: Data<'assessment.attempt.submitted'>, events: readonly Told[]): AttemptFact['submitted'] {
  const end = Date.parse(data.submittedAt)
  const seconds = Math.max(0, Math.round((end - Date.parse(data.startedAt)) / 1000))
  const shown = secondsShown(events, end)
  const changes = changesOf(events)
  const points = data.questions.reduce((sum, one) => sum + one.score, 0)
  const most = data.questions.reduce((sum, one) => sum + one.maxScore, 0)
  const items = data.questions.map((one) => ({
    questionId: one.questionId,
    share: shareOf(one.score, one.maxScore),
    rest: most - one.maxScore > 0 ? shareOf(points - one.score, most - one.maxScore) : null,
    given: givenIn(one.answer),
    seconds: shown.get(one.questionId) ?? null,
    changes: Math.max(0, (changes.get(one.questionId) ?? 0) - 1),
  }))
  return { share: shareOf(data.score, data.maxScore), seconds, items }
}

/** Who leaves the page open over lunch does not think for an hour. */
const longestSeconds = 1800

function secondsShown(events: readonly Told[], end: number): Map<string, number> {
  const shown = new Map<string, number>()
  const looks = events.filter(({ name, occurredAt }) => name === 'assessment.question.shown' && occurredAt.getTime() <= end)
  for (const [at, look] of looks.entries()) {
    const until = Math.min(looks[at + 1]?.occurredAt.getTime() ?? end, end)
    const id = String(look.data.questionId)
    const seconds = Math.min(longestSeconds, (until - look.occurredAt.getTime()) / 1000)
    shown.set(id, (shown.get(id) ?? 0) + seconds)
  }
  for (const [id, seconds] of shown) shown.set(id, Math.round(seconds))
  return shown
}

function changesOf(events: readonly Told[]): Map<string, number> {
  const changes = new Map<string, number>()
  for (const { name, data } of events) {
    if (name !== 'assessment.answer.changed') continue
    const { questionId, times } = data as Data<'assessment.answer.changed'>
    changes.set(questionId, (changes.get(questionId) ?? 0) + times)
  }
  return changes
}

const longestText = 80

/** The parts of an answer that can be counted: options, pairs, an order, or what was typed. */
export function givenIn(answer: AnswerValue | null): string[] {
  switch (answer?.kind) {
    case 'single-choice':
      return answer.choiceId === null ? [] : [answer.choiceId]
    case 'multiple-choice':
      return [...new Set(answer.choiceIds)]
    case 'true-false':
      return answer.value === null ? [] : [String(answer.value)]
    case 'short-text':
    case 'number': {
      const text = answer.text.trim().replace(/\s+/g, ' ').toLowerCase().slice(0, longestText)
      return text === '' ? [] : [text]
    }
    case 'ordering':
      return answer.itemIds.length > 0 ? [answer.itemIds.join('>')] : []
    case 'matching':
      return answer.matches.map(({ promptId, matchId }) => `${promptId}=${matchId}`)
    default:
      return []
  }
}

/** What was played, by each page for itself: from a start to the next pause, seek or end. */
function watchFact(events: readonly Told[]): WatchFact | null {
  const video = events.filter(({ name }) => name.startsWith('assessment.video.'))
  const lengthSeconds = Math.max(0, ...video.map(({ data }) => Number(data.lengthSeconds) || 0))
  if (lengthSeconds === 0) return null
  const fact: WatchFact = {
    ...{ lengthSeconds, played: [], sent: [], pausedAt: [], backTo: [], aheadTo: [], slowedAt: [], speeds: {}, completed: false },
    firstTries: firstTriesOf(events),
  }
  for (const view of new Set(video.map(({ data }) => String(data.viewId))))
    walk(
      video.filter(({ data }) => data.viewId === view),
      fact,
    )
  return fact
}

const tenth = (seconds: number): number => Math.round(seconds * 10) / 10

function walk(view: readonly Told[], fact: WatchFact): void {
  for (const { from, to, speed, sent } of playsOf(view, fact.lengthSeconds)) {
    ;(sent ? fact.sent : fact.played).push([tenth(from), tenth(to)])
    fact.speeds[String(speed)] = tenth((fact.speeds[String(speed)] ?? 0) + to - from)
  }
  fact.slowedAt?.push(...slowedIn(view))
  for (const told of view) {
    const { name, data } = told
    const seconds = Number(data.seconds ?? 0)
    if (name === 'assessment.video.completed') fact.completed = true
    if (isByVideo(told)) continue
    // A pause at the very end is the end.
    if (name === 'assessment.video.paused' && seconds < fact.lengthSeconds - 1) fact.pausedAt.push(tenth(seconds))
    if (name !== 'assessment.video.seeked') continue
    const [left, to] = [Number(data.fromSeconds), Number(data.toSeconds)]
    ;(to < left ? fact.backTo : fact.aheadTo).push(tenth(to))
  }
}

/** Where its viewer chose a lower speed than before. */
function slowedIn(view: readonly Told[]): number[] {
  let speed = 1
  return view.flatMap(({ name, data }) => {
    const state = (data.state ?? {}) as { speed?: number }
    const now = name === 'assessment.video.played' ? data.speed : state.speed
    const before = speed
    if (typeof now === 'number') speed = now
    return name === 'assessment.video.interacted' && data.what === 'speed' && speed < before ? [tenth(Number(data.seconds ?? 0))] : []
  })
}

function firstTriesOf(events: readonly Told[]): Record<string, boolean> {
  const tries: Record<string, boolean> = {}
  for (const { name, data } of events) {
    if (name !== 'assessment.cue.checked') continue
    const { cueId, score, maxScore } = data as { cueId: string; score: number; maxScore: number }
    tries[cueId] ??= maxScore > 0 ? score >= maxScore : true
  }
  return tries
}
