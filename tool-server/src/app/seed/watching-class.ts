// The class before the video: plays, pauses, goes back and answers by a habit model, in the product's own ways, only with a clock that is
// set. What it plays it reports as a page does, and gets credit by that clock.
import type { AttemptView, Caller, PlayerEvent, QuestionView } from '@cuepoint/contracts'
import { newId, now, setClock } from '../../kernel/clock.ts'
import { checkCue, keepPlayerEvents, keyOf, openAttempt, reportWatching, submitAttempt } from '../../modules/assessment/index.ts'
import { questionsOf, type Version } from '../../modules/content/index.ts'
import { chanceFrom, guess, likelihood, normal } from './ability.ts'
import { enterAs, type Seat } from './example-class.ts'
import { type Film, movesOf } from './habit.ts'

const day = 86_400_000

/** Lets everybody watch some day before `until`. */
export async function watchAll(
  institutionId: string,
  learners: readonly Seat[],
  version: Version,
  film: Film,
  until: number,
): Promise<void> {
  try {
    for (const [at, seat] of learners.entries()) {
      const chance = chanceFrom(7000 + at)
      await watch(institutionId, seat, version, film, chance, until - (0.2 + chance() * 9) * day)
    }
  } finally {
    setClock()
  }
}

async function watch(institutionId: string, seat: Seat, version: Version, film: Film, chance: () => number, from: number): Promise<void> {
  const ability = normal(chance)
  const moves = movesOf(film, chance)
  if (!moves) return
  let clock = Math.round(from)
  setClock(() => clock)
  const caller = await enterAs(institutionId, seat)
  const viewer = new Viewer(caller, await openAttempt(caller, caller.placementId ?? ''), (seconds) => {
    clock += Math.round(seconds * 1000)
  })
  await viewer.begin()
  for (const move of moves) {
    if (move.is === 'play') await viewer.playTo(Math.min(move.to, film.lengthSeconds), move.speed)
    else if (move.is === 'think') viewer.wait(move.seconds)
    else if (move.is === 'go') await viewer.goTo(move.to)
    else if (move.is === 'pause') await viewer.pause()
    else if (move.is === 'question') await ask(viewer, version, move.at, ability, chance)
    else return viewer.end()
  }
  await viewer.pause()
  await viewer.tell('video.completed', { seconds: film.lengthSeconds })
  await viewer.end()
  await submitAttempt(caller, viewer.attempt.id, newId(), [])
}

/** The question at this moment: answered until it is settled or given up, with a look back where it was wrong. */
async function ask(viewer: Viewer, { document }: Version, at: number, ability: number, chance: () => number): Promise<void> {
  const cue = document.kind === 'video' ? document.cues.find((it) => it.atSeconds === at) : undefined
  const view = viewer.attempt.questions.find(({ id }) => id === cue?.question.id)
  const question = questionsOf(document).find(({ id }) => id === cue?.question.id)
  if (!cue || !view || !question) return
  await viewer.pause(true)
  await viewer.tell('cue.shown', { cueId: cue.id, seconds: at })
  const { key } = keyOf(question, 'en')
  for (let tries = 1; tries <= 3; tries++) {
    viewer.wait(4 + 10 * chance())
    // The later question is the harder one; a second look helps.
    const right = chance() < likelihood(ability + 0.8 * (tries - 1), at > 10 ? 0.4 : -0.4)
    const answer = right ? key : wrongFor(view, key, chance)
    const outcome = await checkCue(viewer.caller, viewer.attempt.id, cue.id, { answer, seq: tries })
    if (outcome.settled) return
    if (cue.backToSeconds !== null) {
      await viewer.goTo(cue.backToSeconds, true)
      await viewer.playTo(at)
      await viewer.pause(true)
    }
  }
}

function wrongFor(view: QuestionView, key: ReturnType<typeof keyOf>['key'], chance: () => number): ReturnType<typeof keyOf>['key'] {
  return key.kind === 'true-false' ? { kind: 'true-false', value: key.value !== true } : guess(view, key, chance)
}

class Viewer {
  readonly caller: Caller
  readonly attempt: AttemptView
  private readonly viewId = newId()
  private readonly pass: (seconds: number) => void
  private seconds = 0
  private seq = 0
  private isPlaying = false
  private speed = 1

  constructor(caller: Caller, attempt: AttemptView, pass: (seconds: number) => void) {
    this.caller = caller
    this.attempt = attempt
    this.pass = pass
  }

  wait(seconds: number): void {
    this.pass(seconds)
  }

  async begin(): Promise<void> {
    await this.tell('video.initialized', { state: { speed: 1, captions: null } }, this.viewId)
  }

  async playTo(to: number, speed = this.speed): Promise<void> {
    if (to <= this.seconds) return
    const { seconds: from } = this
    if (speed !== this.speed) await this.tell('video.interacted', { seconds: from, what: 'speed', state: { speed } })
    this.speed = speed
    await this.tell('video.played', { seconds: from, speed })
    if (!this.isPlaying) await this.report([])
    this.isPlaying = true
    this.pass((to - from) / speed)
    this.seconds = to
    await this.report([{ from, to, speed }])
  }

  /** `itself`: not the viewer but the player, for a question. */
  async pause(itself = false): Promise<void> {
    if (this.isPlaying) await this.tell('video.paused', { seconds: this.seconds, ...(itself ? { by: 'video' } : {}) })
    this.isPlaying = false
  }

  async goTo(to: number, itself = false): Promise<void> {
    await this.tell('video.seeked', { fromSeconds: this.seconds, toSeconds: to, ...(itself ? { by: 'video' } : {}) })
    this.seconds = to
  }

  async end(): Promise<void> {
    await this.pause()
    await this.tell('video.terminated', { seconds: this.seconds })
  }

  async tell(name: PlayerEvent['name'], data: object, id = newId()): Promise<void> {
    const at = now().toISOString()
    await keepPlayerEvents(this.caller, this.attempt.id, { sentAt: at, events: [{ id, at, name, data: { viewId: this.viewId, ...data } }] })
  }

  private async report(intervals: { from: number; to: number; speed: number }[]): Promise<void> {
    await reportWatching(this.caller, this.attempt.id, { viewId: this.viewId, seq: ++this.seq, intervals, positionSeconds: this.seconds })
  }
}
