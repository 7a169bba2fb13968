// One view of a video in an attempt: what is seen, which question is due, where one may go. The page reads `state()` and calls the deeds.
import type { AttemptView, CueOutcome, CueState, Stretch, VideoView } from '@cuepoint/contracts'
import type { ApiProblem } from '../../../api/call.ts'
import type { SavedAnswers } from '../../../api/saved.ts'
import { uuid } from '../../../api/uuid.ts'
import { openWatching } from '../../../api/watching.ts'
import { attemptCheck, cueChecks, tryOutCheck } from './cues/checks.ts'
import { dueCue, seekTarget, type Why, wallOf } from './cues/gate.ts'
import { type OwnMoves, ownMoves } from './own-moves.ts'
import { followClock } from './watching/clock.ts'
import { merged } from './watching/stretches.ts'

export interface ViewingState {
  readonly cues: readonly CueState[]
  /** The question that stands before the learner. */
  readonly due: string | null
  /** Being checked, or waiting for the network to be checked. */
  readonly checking: string | null
  readonly unchecked: ReadonlySet<string>
  /** Checked while another thing was on show: to be told. */
  readonly late: CueState | null
  readonly watched: readonly Stretch[]
  readonly watchedShare: number
  readonly freeToSeek: boolean
  /** Why a wish to be elsewhere was not granted; rises with every time, so that it is said again. */
  readonly refused: { readonly why: Why; readonly times: number } | null
  readonly at: number
  readonly playing: boolean
  readonly ended: boolean
  readonly reportsLost: boolean
  readonly problem: ApiProblem | null
}

export interface Viewing {
  /** One page that shows the video: names it to the server. */
  readonly viewId: string
  state(): ViewingState
  subscribe(heard: () => void): () => void
  attach(video: HTMLVideoElement): () => void
  seek(to: number): void
  /** Where a wish may lead: asked by the controls before they act. */
  allows(to: number): boolean
  check(cueId: string): void
  /** Goes on after a settled question, and past one that may be left. */
  goOn(): void
  /** Back to the named moment, or to the question once more. */
  showCue(cueId: string): void
  dismissLate(): void
  /** Asked by whoever tells what happened: was it the player, or its viewer? */
  readonly own: Pick<OwnMoves, 'stopped' | 'went'>
  /** All that was played is on the server, or was tried. */
  flush(): Promise<void>
  close(): void
}

/** How near before a question its moment is watched for frame by frame, in seconds. */
const NEAR = 1.2
/** Overshot by more than this, the picture goes back to the moment itself. */
const OVERSHOT = 0.4

/** `tryOut`: the rules hold as for a learner, but nothing is reported. */
export interface ViewingOptions {
  readonly records: boolean
  readonly tryOut: boolean
  readonly answers: SavedAnswers
}

export function openViewing(attempt: AttemptView, first: VideoView, { records, tryOut, answers }: ViewingOptions): Viewing {
  const heard = new Set<() => void>()
  let video: HTMLVideoElement | null = null
  const own = ownMoves()
  const left = new Set<string>()
  let state: ViewingState = {
    cues: first.cues,
    due: null,
    checking: null,
    unchecked: new Set(),
    late: null,
    watched: first.watched,
    watchedShare: first.watchedShare,
    freeToSeek: first.freeToSeek || !records,
    refused: null,
    at: first.positionSeconds,
    playing: false,
    ended: false,
    reportsLost: false,
    problem: null,
  }
  const show = (change: Partial<ViewingState>) => {
    state = { ...state, ...change }
    for (const tell of heard) tell()
  }
  const rules = () => ({ freeToSeek: state.freeToSeek, seen: state.watched, cues: records ? state.cues : [], passed: state.unchecked })
  const problem = (it: ApiProblem) => show({ problem: it })

  const viewId = uuid()
  const watching =
    records && !tryOut
      ? openWatching(attempt.id, viewId, {
          watched: (now) =>
            show({
              // What is played meanwhile is on its way.
              watched: merged([...state.watched, ...now.watched]),
              watchedShare: now.watchedShare,
              freeToSeek: now.freeToSeek,
            }),
          line: (is) => show({ reportsLost: is === 'lost' }),
          problem,
        })
      : null

  const checks = cueChecks(tryOut ? tryOutCheck(attempt.id) : attemptCheck(attempt.id), answers, {
    checking: (cueId) => show({ checking: cueId }),
    outcome: took,
    waits(cueId) {
      show({ checking: null, unchecked: new Set([...state.unchecked, cueId]) })
    },
    problem(it) {
      show({ checking: null })
      problem(it)
    },
  })

  function took(cueId: string, outcome: CueOutcome): void {
    const cues = state.cues.map((cue) =>
      cue.id === cueId ? { ...cue, outcome, settled: outcome.settled, triesUsed: outcome.triesUsed } : cue,
    )
    const unchecked = new Set(state.unchecked)
    const wasLate = unchecked.delete(cueId) && state.due !== cueId
    const cue = cues.find(({ id }) => id === cueId) ?? null
    show({ cues, unchecked, checking: state.checking === cueId ? null : state.checking, late: wasLate ? cue : state.late })
  }

  function meet(from: number, to: number): void {
    if (!video || state.due !== null) return
    const skipped = new Set([...left, ...state.unchecked])
    const cue = dueCue(state.cues, from, to, skipped)
    if (!cue) return
    own.stop(video)
    if (to - cue.atSeconds > OVERSHOT) own.go(video, cue.atSeconds)
    show({ due: cue.id })
  }

  /** Close before a question the clock is read with every frame: `timeupdate` alone comes four times a second. */
  let frame = 0
  function watchNear(from: number): void {
    cancelAnimationFrame(frame)
    const it = video
    if (!it || it.paused || state.due !== null) return
    const next = state.cues.find(({ id, atSeconds, settled }) => !settled && !left.has(id) && atSeconds > from && atSeconds - from < NEAR)
    if (!next) return
    const look = () => {
      if (it.paused || it.seeking) return
      const now = it.currentTime
      meet(from, now)
      if (state.due === null && now < next.atSeconds + NEAR) frame = requestAnimationFrame(look)
    }
    frame = requestAnimationFrame(look)
  }

  function refuse(why: Why): void {
    show({ refused: { why, times: (state.refused?.times ?? 0) + 1 } })
  }

  function attach(it: HTMLVideoElement): () => void {
    video = it
    let leavesAt = -1
    const stopClock = followClock(it, {
      report(intervals, why, at, leaving) {
        if (intervals.length > 0) {
          const seen: Stretch[] = intervals.map(({ from, to }) => [from, to])
          const watched = merged([...state.watched, ...seen])
          show({ watched, ...(tryOut ? watchedHere(watched, first) : {}) })
        }
        watching?.report({ intervals, positionSeconds: rounded(at), playing: why !== 'pause' && why !== 'end' && !it.paused }, leaving)
      },
      moved(from, to) {
        show({ at: to, ended: it.ended })
        if (!it.paused) {
          meet(from, to)
          watchNear(to)
        }
      },
      jumped(from, to) {
        for (const { id, atSeconds } of state.cues) if (atSeconds >= to - 0.05) left.delete(id)
        const { to: allowed, why } = seekTarget(to, rules())
        if (why !== null && Math.abs(allowed - to) > 0.05 && leavesAt !== allowed) {
          leavesAt = allowed
          own.go(it, allowed)
          refuse(why)
          const wall = wallOf(state.cues, state.unchecked)
          if (why === 'question' && wall) {
            own.stop(it)
            show({ due: wall.id })
          }
          return
        }
        leavesAt = -1
        // Away from the question's moment it is not before the learner any more.
        const due = state.cues.find(({ id }) => id === state.due)
        const away = due !== undefined && Math.abs(due.atSeconds - to) > 1 && from !== to
        show({ at: to, ended: false, ...(away ? { due: null } : {}) })
      },
    })
    const listening = new AbortController()
    const { signal } = listening
    const on = (event: string, hear: () => void) => it.addEventListener(event, hear, { signal })
    on('play', () => {
      own.stopped()
      const due = state.cues.find(({ id }) => id === state.due)
      if (due && !maySkip(due)) return own.stop(it)
      if (due) goPast(due)
      if (it.currentTime < 0.1) meet(0, 0)
      if (state.due === null) {
        show({ playing: true, ended: false, refused: null })
        watchNear(it.currentTime)
      }
    })
    on('pause', () => show({ playing: false }))
    on('ended', () => show({ playing: false, ended: true }))
    on('ratechange', () => {
      if (it.playbackRate > first.maxSpeed) it.playbackRate = first.maxSpeed
    })
    return () => {
      cancelAnimationFrame(frame)
      stopClock()
      listening.abort()
      video = null
    }
  }

  const maySkip = (cue: CueState) => !records || !cue.required || cue.settled || state.unchecked.has(cue.id)
  function goPast(cue: CueState): void {
    left.add(cue.id)
    show({ due: null })
  }

  return {
    viewId,
    state: () => state,
    subscribe(tell) {
      heard.add(tell)
      return () => heard.delete(tell)
    },
    attach,
    seek(to) {
      if (!video) return
      const target = seekTarget(to, rules())
      if (target.why !== null) refuse(target.why)
      if (target.why === 'question') {
        const wall = wallOf(state.cues, state.unchecked)
        own.stop(video)
        if (wall) show({ due: wall.id })
      }
      own.wished()
      video.currentTime = target.to
    },
    allows: (to) => seekTarget(to, rules()).why === null,
    check(cueId) {
      const cue = state.cues.find(({ id }) => id === cueId)
      if (cue) checks.check(cue)
    },
    goOn() {
      const due = state.cues.find(({ id }) => id === state.due)
      if (due && !maySkip(due)) return
      if (due) goPast(due)
      void video?.play().catch(() => {})
    },
    showCue(cueId) {
      const cue = state.cues.find(({ id }) => id === cueId)
      if (!cue || !video) return
      left.delete(cueId)
      own.stop(video)
      const back = cue.outcome && !cue.settled ? cue.outcome.backToSeconds : null
      if (back !== null && state.due === cueId) {
        show({ due: null })
        own.go(video, back)
        void video.play().catch(() => {})
        return
      }
      const target = seekTarget(cue.atSeconds, rules())
      if (target.why !== null) return refuse(target.why)
      video.currentTime = cue.atSeconds
      show({ due: cueId, late: null })
    },
    dismissLate: () => show({ late: null }),
    own,
    async flush() {
      await watching?.flush()
    },
    close() {
      watching?.close()
      checks.close()
    },
  }
}

/** What the server would say of it to a learner. */
function watchedHere(watched: readonly Stretch[], view: VideoView): Pick<ViewingState, 'watchedShare' | 'freeToSeek'> {
  const watchedShare = Math.min(1, watched.reduce((sum, [from, to]) => sum + to - from, 0) / Math.max(1, view.durationSeconds))
  const enough = view.skipping === 'after-first-view' && watchedShare >= view.watchedThreshold
  return { watchedShare, freeToSeek: view.freeToSeek || enough }
}

const rounded = (seconds: number) => Math.round(seconds * 1000) / 1000
