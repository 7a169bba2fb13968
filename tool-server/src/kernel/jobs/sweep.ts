// Every three seconds: lanes that have due work and no worker are woken. A lane that the queue has not served by the next sweep
// is run here, so that work goes on while the queue is away, empty or confused.
import { dueLanes, sweepOutDone } from '../events/due-lanes.ts'
import { type ListenerLane, laneId, listenerNamed } from '../events/listeners.ts'
import { warnSeldom } from '../events/seldom.ts'
import { log } from '../log.ts'
import { type Listener, queueNames } from '../module.ts'
import type { LaneRunner } from './lane-runner.ts'

const everyMs = 3000
const cleanMs = 3_600_000
const atMost = 500

export class Sweep {
  private readonly listeners: readonly Listener[]
  private readonly runner: LaneRunner
  private readonly wake: (lanes: readonly ListenerLane[]) => void
  /** Lanes that were due at the last sweep already. */
  private seen = new Set<string>()
  private timer: NodeJS.Timeout | undefined
  private closed = false
  private cleanedAt = performance.now() - Math.random() * cleanMs

  constructor(listeners: readonly Listener[], runner: LaneRunner, wake: (lanes: readonly ListenerLane[]) => void) {
    this.listeners = listeners
    this.runner = runner
    this.wake = wake
    this.plan(200)
  }

  close(): void {
    this.closed = true
    clearTimeout(this.timer)
  }

  /** One sweep, now. */
  async sweep(): Promise<void> {
    const lanes = await dueLanes(this.listeners, atMost)
    if (this.closed) return
    const overdue = lanes.filter((of) => this.seen.has(laneId(of.listener, of.lane)))
    this.seen = new Set(lanes.map((of) => laneId(of.listener, of.lane)))
    this.wake(lanes)
    // With all slots taken the queue is probably served, only slowly.
    const idle = new Set(queueNames.filter((queue) => this.runner.hasRoom(queue)))
    for (const of of overdue) {
      const queue = listenerNamed(of.listener)?.queue
      if (queue && idle.has(queue)) void this.runner.run(of)
    }
    if (performance.now() - this.cleanedAt > cleanMs) {
      this.cleanedAt = performance.now()
      const gone = await sweepOutDone()
      if (gone > 0) log.info({ gone }, 'deliveries done a week ago were deleted')
    }
  }

  private plan(ms: number): void {
    if (this.closed) return
    this.timer = setTimeout(() => {
      this.sweep()
        .catch((error) => warnSeldom('the sweep failed', error))
        // Spread, so that several processes do not sweep at the same moment.
        .finally(() => this.plan(everyMs * (0.9 + 0.2 * Math.random())))
    }, ms)
  }
}
