// Runs lanes in this process, whoever asked for them: the queue, the sweep, or a wake-up that the queue would not take.
// A lane runs once at a time, a queue's name has so many slots, and a long lane gives its slot to others after its turn.
import { type ListenerLane, laneId, listenerNamed } from '../events/listeners.ts'
import { releaseHeld, runBatch } from '../events/run-batch.ts'
import { warnSeldom } from '../events/seldom.ts'
import { log } from '../log.ts'
import { type QueueName, queueNames } from '../module.ts'

const turnMs = 2000

export type Slots = Readonly<Record<QueueName, number>>

interface Running {
  done: Promise<void>
  /** Woken while it ran: look once more before it ends. */
  again: boolean
}

export class LaneRunner {
  private readonly free: Record<QueueName, number>
  private readonly waiting: Record<QueueName, (() => void)[]> = { quick: [], outbound: [], heavy: [] }
  private readonly running = new Map<string, Running>()
  private readonly timers = new Set<NodeJS.Timeout>()
  private readonly stopping = new AbortController()
  private closed = false
  /** Asks for the next turn of a lane. */
  private readonly wake: (lane: ListenerLane) => void

  constructor(slots: Slots, wake: (lane: ListenerLane) => void) {
    this.free = { ...slots }
    this.wake = wake
  }

  /** Whether a lane of this queue could start at once. */
  hasRoom(queue: QueueName): boolean {
    return !this.closed && this.free[queue] > 0
  }

  /** Resolves when the lane is empty, busy elsewhere, or its turn is over; never rejects. */
  run(of: ListenerLane): Promise<void> {
    const key = laneId(of.listener, of.lane)
    const before = this.running.get(key)
    if (before) {
      before.again = true
      return before.done
    }
    const running: Running = { done: Promise.resolve(), again: false }
    running.done = this.turn(of, running)
      .catch((error) => warnSeldom('a lane could not be run', error, { listener: of.listener }))
      .finally(() => {
        this.running.delete(key)
        if (running.again && !this.closed) void this.run(of)
      })
    this.running.set(key, running)
    return running.done
  }

  /** Lets the batches under way finish for `graceMs`, then aborts them and gives their rows back. */
  async stop(graceMs: number): Promise<void> {
    this.closed = true
    for (const timer of this.timers) clearTimeout(timer)
    for (const queue of queueNames) for (const start of this.waiting[queue].splice(0)) start()
    const all = () => Promise.all([...this.running.values()].map((running) => running.done))
    if (await within(all(), graceMs)) return
    log.warn({ lanes: this.running.size }, 'work is still under way: it is given back')
    this.stopping.abort(new Error('the process stops'))
    await within(all(), 1000)
    await releaseHeld()
  }

  private async turn(of: ListenerLane, running: Running): Promise<void> {
    const listener = listenerNamed(of.listener)
    // While a release rolls out, a worker may be woken for a listener that only the newer ones know: their sweep finds the rows.
    if (!listener) return
    await this.takeSlot(listener.queue)
    try {
      const start = performance.now()
      const inTurn = () => !this.closed && performance.now() - start <= turnMs
      while (!this.closed) {
        running.again = false
        const turn = await runBatch(listener, of.lane, this.stopping.signal, inTurn)
        if (turn.is === 'busy') return this.later(of, turn.forMs + 20)
        if (turn.is === 'empty' && !running.again) return
        if (!inTurn()) return this.wake(of)
      }
    } finally {
      this.giveSlot(listener.queue)
    }
  }

  /** When another worker's lease ends: it is gone then, or it has renewed and works. */
  private later(of: ListenerLane, ms: number): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer)
      void this.run(of)
    }, ms)
    this.timers.add(timer)
  }

  private takeSlot(queue: QueueName): Promise<void> | void {
    if (this.free[queue] > 0) {
      this.free[queue]--
      return
    }
    return new Promise((resolve) => this.waiting[queue].push(resolve))
  }

  private giveSlot(queue: QueueName): void {
    const next = this.waiting[queue].shift()
    if (next) next()
    else this.free[queue]++
  }
}

/** true when `work` ended in time. */
export async function within(work: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms)
  })
  const inTime = await Promise.race([
    work.then(
      () => true,
      () => true,
    ),
    late,
  ])
  clearTimeout(timer)
  return inTime
}
