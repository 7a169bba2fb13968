// Keeps one BullMQ worker per queue alive: one that reports errors without end (a database that starts up, an unmigrated
// schema) would spin, and is replaced after a rest.
import type { Worker } from 'bullmq'
import { type QueueName, queueNames } from '../module.ts'
import { type Slots, within } from './lane-runner.ts'
import type { Backend, WakeUp } from './queue.ts'

const errorsInARow = 20
const restMs = 2000

export class QueueWorkers {
  private readonly backend: Backend
  private readonly slots: Slots
  private readonly work: (wakeUp: WakeUp) => Promise<void>
  private readonly workers = new Map<QueueName, Worker<WakeUp>>()
  private readonly rests = new Set<NodeJS.Timeout>()
  private closed = false

  constructor(backend: Backend, slots: Slots, work: (wakeUp: WakeUp) => Promise<void>) {
    this.backend = backend
    this.slots = slots
    this.work = work
    for (const name of queueNames) if (slots[name] > 0) this.open(name)
  }

  /** Stops fetching at once; jobs under way are the caller's to wait for. */
  async close(): Promise<void> {
    this.closed = true
    for (const rest of this.rests) clearTimeout(rest)
    await within(Promise.all([...this.workers.values()].map((worker) => worker.close())), 3000)
    await within(Promise.all([...this.workers.values()].map((worker) => worker.disconnect().catch(() => undefined))), 1000)
  }

  /** Fetches no more jobs, and waits for none. */
  pause(): void {
    for (const worker of this.workers.values()) void worker.pause(true).catch(() => undefined)
  }

  private open(name: QueueName): void {
    const worker = this.backend.worker(name, this.slots[name], this.work)
    this.workers.set(name, worker)
    let errors = 0
    let since = performance.now()
    worker.on('error', () => {
      if (performance.now() - since > 1000) {
        errors = 0
        since = performance.now()
      }
      if (++errors !== errorsInARow || this.closed || this.workers.get(name) !== worker) return
      this.workers.delete(name)
      void worker.close(true).catch(() => undefined)
      const rest = setTimeout(() => {
        this.rests.delete(rest)
        if (!this.closed) this.open(name)
      }, restMs)
      this.rests.add(rest)
    })
  }
}
