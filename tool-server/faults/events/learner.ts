// A learner at work in the product's own ways: step by step through a quiz or a video. What an LRS must hold of it afterwards is written
// down here, from what was done and not from what was told.
import { randomUUID } from 'node:crypto'
import type { Caller, PlayerEvent } from '@cuepoint/contracts'
import { now } from '../../src/kernel/clock.ts'
import { openAttempt } from '../../src/modules/assessment/attempts.ts'
import { checkCue } from '../../src/modules/assessment/cues.ts'
import { keepPlayerEvents } from '../../src/modules/assessment/player-events.ts'
import { submitAttempt } from '../../src/modules/assessment/submit.ts'
import { textAnswer } from '../../tests/_quiz-text.ts'
import type { Chance } from '../chance.ts'

export const questionIds = ['one', 'two', 'three'] as const
export const cueId = 'cue-shown'

/** What figures are counted from. */
export interface Tally {
  /** Of each quiz that was handed in: its number, and by question whether it was right; null = left out. */
  quizzes: { number: number; marks: (boolean | null)[] }[]
  /** Of each video that was opened: where it was paused, and whether the first try at its question was right. */
  videos: { pausedAt: number[]; right: boolean }[]
}

interface Step {
  deed(): Promise<unknown>
  /** What it makes, in order: "attempt verb detail". */
  makes(): string[]
}

export class Learner {
  /** In order, one for each statement. */
  readonly expected: string[] = []
  readonly tally: Tally = { quizzes: [], videos: [] }
  private readonly steps: Step[] = []

  /** `caller` is at the quiz; `video`: the placement of the video. */
  constructor(caller: Caller, video: string, chance: Chance) {
    const quizzes = chance.whole(0, 2)
    for (let number = 1; number <= quizzes; number++) this.planQuiz(caller, number, chance)
    if (quizzes === 0 || chance.isTrue(0.4)) this.planVideo({ ...caller, placementId: video }, chance)
  }

  get hasMore(): boolean {
    return this.steps.length > 0
  }

  /** The next thing. Done again it is the same: every step has a key of its own. */
  async goOn(): Promise<void> {
    const [step] = this.steps
    if (!step) return
    await step.deed()
    this.steps.shift()
    this.expected.push(...step.makes())
  }

  private planQuiz(caller: Caller, number: number, chance: Chance): void {
    let attemptId = ''
    const marks = questionIds.map(() => chance.one([true, false, null]))
    this.steps.push(opening(caller, (id) => (attemptId = id)))
    for (const questionId of chance.shuffled(questionIds))
      this.steps.push({
        deed: telling(caller, () => attemptId, { name: 'question.shown', data: { questionId } }),
        makes: () => [`${attemptId} experienced ${questionId}`],
      })
    const key = randomUUID()
    const answers = questionIds.flatMap((id, at) => (marks[at] === null ? [] : [textAnswer(id, wordFor(marks[at]))]))
    this.steps.push({
      deed: () => submitAttempt(caller, attemptId, key, answers),
      makes: () => {
        this.tally.quizzes.push({ number, marks })
        const given = questionIds.flatMap((id, at) => (marks[at] === null ? [] : [`${attemptId} answered ${id} ${wordFor(marks[at])}`]))
        const passed = marks.filter((it) => it === true).length * 2 >= questionIds.length
        return [...given, `${attemptId} completed`, `${attemptId} ${passed ? 'passed' : 'failed'}`, `${attemptId} terminated`]
      },
    })
  }

  private planVideo(caller: Caller, chance: Chance): void {
    let attemptId = ''
    const viewId = randomUUID()
    const pausedAt: number[] = []
    const tell = (event: Omit<PlayerEvent, 'id' | 'at'>, detail: string): Step => ({
      deed: telling(caller, () => attemptId, event),
      makes: () => [`${attemptId} ${event.name.slice('video.'.length)}${detail}`],
    })
    this.steps.push(opening(caller, (id) => (attemptId = id)))
    this.steps.push(tell({ name: 'video.initialized', data: { viewId, state: { speed: 1 } } }, ''))
    let seconds = 0
    for (let rounds = chance.whole(1, 3); rounds > 0; rounds--) {
      const until = seconds + chance.whole(1, 8)
      this.steps.push(tell({ name: 'video.played', data: { viewId, seconds } }, ` ${seconds}`))
      this.steps.push(tell({ name: 'video.paused', data: { viewId, seconds: until } }, ` ${until}`))
      pausedAt.push(until)
      seconds = chance.whole(until, 60)
      this.steps.push(tell({ name: 'video.seeked', data: { viewId, fromSeconds: until, toSeconds: seconds } }, ` ${until} ${seconds}`))
    }
    const right = chance.isTrue()
    const { value } = textAnswer('shown', wordFor(right))
    this.steps.push({
      deed: () => checkCue(caller, attemptId, cueId, { answer: value, seq: 1 }),
      makes: () => [`${attemptId} answered shown ${wordFor(right)}`],
    })
    this.steps.push({
      deed: telling(caller, () => attemptId, { name: 'video.terminated', data: { viewId, seconds } }),
      makes: () => {
        this.tally.videos.push({ pausedAt, right })
        return [`${attemptId} terminated ${seconds}`]
      },
    })
    const key = randomUUID()
    this.steps.push({
      deed: () => submitAttempt(caller, attemptId, key, []),
      makes: () => [`${attemptId} completed`, `${attemptId} terminated`],
    })
  }
}

const wordFor = (right: boolean | null | undefined): string => (right ? 'right' : 'wrong')

function opening(caller: Caller, keep: (attemptId: string) => void): Step {
  let id = ''
  return {
    async deed() {
      ;({ id } = await openAttempt(caller, caller.placementId ?? ''))
      keep(id)
    },
    makes: () => [`${id} attempted`],
  }
}

/** As a page does it: the same id each time, once taken it stays once. */
function telling(caller: Caller, attemptOf: () => string, event: Omit<PlayerEvent, 'id' | 'at'>): () => Promise<void> {
  const id = randomUUID()
  return async () => {
    const at = now().toISOString()
    const { refused } = await keepPlayerEvents(caller, attemptOf(), { sentAt: at, events: [{ ...event, id, at }] })
    if (refused.length > 0) throw new Error(`${event.name} was refused: ${refused[0]?.why}`)
  }
}
