// Tells the server what happens in a player: in batches, through a dead network and a closing tab. What was not taken is kept in this
// browser where it may keep anything, and told by the next page of the same attempt, with the same ids: it counts once.
import type { PlayerEvent, PlayerEventName } from '@cuepoint/contracts'
import { ApiProblem, call } from './call.ts'
import { uuid } from './uuid.ts'

type DataOf<N extends PlayerEventName> = Extract<PlayerEvent, { name: N }>['data']

export interface Track {
  /** `id` where the event has one already: a view's id is that of its `video.initialized`. */
  tell<N extends PlayerEventName>(name: N, data: DataOf<N>, id?: string): void
  /** Sends what is there; resolves when tried. `leaving`: the page may be gone before the answer. */
  flush(leaving?: boolean): Promise<void>
  /** Sends a last time and stops. */
  close(): void
}

const EVERY = 5_000
const PATIENCE = 10_000
/** A leaving page may send 64 kB in all, and the answers' last save shares them. */
const LEAVING_BYTES = 30_000
const MOST = 100
/** More than a long video tells: a page that is offline for a day must not fill the browser. */
const KEPT = 2_000

/** `records` false: nothing is told. */
export function track(attemptId: string, { records }: { records: boolean }): Track {
  const key = `cuepoint.told.${attemptId}`
  let waiting: PlayerEvent[] = records ? recall(key) : []
  let timer: ReturnType<typeof setTimeout> | undefined
  let running: Promise<void> | null = null
  let over = !records

  const keep = () => {
    waiting = waiting.slice(-KEPT)
    try {
      if (waiting.length > 0) localStorage.setItem(key, JSON.stringify(waiting))
      else localStorage.removeItem(key)
    } catch {
      // The frame may store nothing: then what waits lives as long as the page.
    }
  }
  const plan = () => {
    if (!over && waiting.length > 0) timer ??= setTimeout(() => void flush(), EVERY)
  }

  async function send(leaving: boolean): Promise<void> {
    const events = leaving ? fitting(waiting) : waiting.slice(0, MOST)
    if (events.length === 0) return
    try {
      const { taken, refused } = await call('POST /api/attempts/:attemptId/events', {
        params: { attemptId },
        body: { sentAt: new Date().toISOString(), events },
        keepalive: leaving,
        ...(leaving ? {} : { signal: AbortSignal.timeout(PATIENCE) }),
      })
      const settled = new Set([...taken, ...refused.map(({ id }) => id)])
      waiting = waiting.filter(({ id }) => !settled.has(id))
    } catch (error) {
      // Told to nobody: a session that ended, or an attempt that is not there.
      if (error instanceof ApiProblem && error.status < 500 && error.status !== 429) {
        if (error.status !== 401) waiting = []
        over = true
      }
    }
    keep()
  }

  async function flush(leaving = false): Promise<void> {
    clearTimeout(timer)
    timer = undefined
    if (over) return
    if (running && !leaving) return running
    const mine = send(leaving).finally(() => {
      if (running === mine) running = null
      plan()
    })
    running = mine
    await mine
  }

  const leave = () => {
    if (document.visibilityState === 'hidden') void flush(true)
  }
  document.addEventListener('visibilitychange', leave)
  plan()
  return {
    tell(name, data, id = uuid()) {
      if (over) return
      waiting.push({ id, name, at: new Date().toISOString(), data } as PlayerEvent)
      keep()
      if (waiting.length >= MOST) void flush()
      else plan()
    },
    flush,
    close() {
      void flush(true)
      over = true
      clearTimeout(timer)
      document.removeEventListener('visibilitychange', leave)
    },
  }
}

function recall(key: string): PlayerEvent[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(kept) ? (kept as PlayerEvent[]) : []
  } catch {
    return []
  }
}

function fitting(events: readonly PlayerEvent[]): PlayerEvent[] {
  let bytes = 0
  return events.filter((one, at) => {
    bytes += JSON.stringify(one).length * 1.2
    return at < MOST && bytes < LEAVING_BYTES
  })
}
