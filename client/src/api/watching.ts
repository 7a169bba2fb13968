// Tells the server what was played: every five seconds while it plays, and at once on pause, seek, end and hide. What a dead network
// kept back goes with the next report; what was credited already costs nothing there.
import type { Watched } from '@cuepoint/contracts'
import { ApiProblem, call } from './call.ts'

export interface PlayedInterval {
  readonly from: number
  readonly to: number
  readonly speed: number
}
export interface Report {
  readonly intervals: readonly PlayedInterval[]
  readonly positionSeconds: number
  readonly playing: boolean
}
export interface Watching {
  /** `leaving`: the page may be gone before an answer comes. */
  report(now: Report, leaving?: boolean): void
  /** Resolves when all that was reported has been tried. */
  flush(): Promise<void>
  close(): void
}

/** The contract's most per report. */
const MOST = 200
const PATIENCE = 10_000
const AGAIN = 5_000

/** `viewId`: made once per page that shows the video. */
export function openWatching(
  attemptId: string,
  viewId: string,
  hears: { watched(now: Watched): void; line(is: 'ok' | 'lost'): void; problem(problem: ApiProblem): void },
): Watching {
  let seq = 0
  let waiting: PlayedInterval[] = []
  let position = { positionSeconds: 0, playing: false }
  /** What the server was told last, or is being told. */
  let told = { positionSeconds: -1, playing: false }
  let due = false
  let running: Promise<void> | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  let over = false

  const body = () => {
    const intervals = waiting.slice(0, MOST)
    seq += 1
    told = position
    return { viewId, seq, intervals, ...position }
  }

  async function send(): Promise<void> {
    due = false
    clearTimeout(timer)
    const said = body()
    try {
      const now = await call('POST /api/attempts/:attemptId/watching', {
        params: { attemptId },
        body: said,
        signal: AbortSignal.timeout(PATIENCE),
      })
      waiting = waiting.filter((one) => !said.intervals.includes(one))
      hears.line('ok')
      hears.watched(now)
      if (waiting.length > 0) due = true
    } catch (error) {
      if (error instanceof ApiProblem && error.status < 500 && error.status !== 429) {
        over = true
        hears.problem(error)
        return
      }
      hears.line('lost')
      timer = setTimeout(kick, AGAIN)
    }
  }

  function kick(): void {
    if (over) return
    due = true
    running ??= (async () => {
      while (due && !over) await send()
    })().finally(() => {
      running = null
    })
  }

  const back = () => kick()
  window.addEventListener('online', back)

  return {
    report(now, leaving = false) {
      waiting.push(...now.intervals)
      position = { positionSeconds: now.positionSeconds, playing: now.playing }
      if (over) return
      if (!leaving) return kick()
      // Nothing new: after a hand-in the server would only say that it takes no more.
      if (waiting.length === 0 && position.positionSeconds === told.positionSeconds && position.playing === told.playing) return
      // One that is under way may not arrive any more: the whole is said again, which costs nothing.
      void call('POST /api/attempts/:attemptId/watching', { params: { attemptId }, body: body(), keepalive: true }).then(
        (reply) => hears.watched(reply),
        () => {},
      )
    },
    async flush() {
      kick()
      await running
    },
    close() {
      over = true
      clearTimeout(timer)
      window.removeEventListener('online', back)
    },
  }
}
