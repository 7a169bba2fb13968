// Puts wake-ups into BullMQ: those of one moment in one call per queue, each lane once. It never throws, never makes anybody
// wait, and says which lanes the queue did not take.
import { createHash } from 'node:crypto'
import type { Queue } from 'bullmq'
import { type ListenerLane, laneId, listenerNamed } from '../events/listeners.ts'
import { warnSeldom } from '../events/seldom.ts'
import { type QueueName, queueNames } from '../module.ts'
import { within } from './lane-runner.ts'
import type { Backend, WakeUp } from './queue.ts'

const addMs = 5000
const restMs = 3000
const atOnce = 200

export class WakeSender {
  private readonly backend: Backend
  /** Gets the lanes that could not be put into the queue. */
  private readonly refused: (lanes: readonly ListenerLane[]) => void
  private readonly waiting: Record<QueueName, Map<string, WakeUp>> = { quick: new Map(), outbound: new Map(), heavy: new Map() }
  private readonly sending: Partial<Record<QueueName, Promise<void>>> = {}
  private readonly queues: Partial<Record<QueueName, Queue<WakeUp>>> = {}
  private restUntil = 0

  constructor(backend: Backend, refused: (lanes: readonly ListenerLane[]) => void) {
    this.backend = backend
    this.refused = refused
  }

  send(lanes: readonly WakeUp[]): void {
    for (const of of lanes) {
      const queue = listenerNamed(of.listener)?.queue
      if (!queue) continue
      this.waiting[queue].set(laneId(of.listener, of.lane), of)
      this.sending[queue] ??= this.sendAll(queue)
    }
  }

  async close(): Promise<void> {
    await within(Promise.all(queueNames.map((name) => this.sending[name])), 2000)
    await within(Promise.all(queueNames.map((name) => this.queues[name]?.close())), 2000)
  }

  private async sendAll(name: QueueName): Promise<void> {
    // After the current turn of the event loop, so that what is committed together is sent together.
    await new Promise(setImmediate)
    const waiting = this.waiting[name]
    while (waiting.size > 0) {
      const some = [...waiting].slice(0, atOnce)
      for (const [key] of some) waiting.delete(key)
      const lanes = some.map(([, lane]) => lane)
      if (!(await this.add(name, lanes))) this.refused(lanes)
    }
    delete this.sending[name]
  }

  private async add(name: QueueName, lanes: readonly WakeUp[]): Promise<boolean> {
    if (!this.backend.ready() || performance.now() < this.restUntil) return false
    const queue = (this.queues[name] ??= this.backend.queue(name))
    let failure: unknown = new Error('the queue does not answer')
    const adding = queue.addBulk(lanes.map(wakeUpJob)).then(
      () => {
        failure = undefined
      },
      (error: unknown) => {
        failure = error
      },
    )
    await within(adding, addMs)
    if (failure === undefined) return true
    warnSeldom('wake-ups could not be queued: the sweep takes their place', failure)
    this.restUntil = performance.now() + restMs
    // A queue whose first connection failed stays broken for good: the next attempt makes a new one.
    delete this.queues[name]
    void queue.close().catch(() => undefined)
    return false
  }
}

/** Deduplicated by lane; a wake-up that comes while the lane's job runs is kept and runs after it. */
function wakeUpJob({ listener, lane, passed }: WakeUp) {
  // BullMQ splits its keys at ':', and a lane may contain anything.
  const id = createHash('sha256').update(laneId(listener, lane)).digest('base64url').slice(0, 27)
  const deduplication = { id, keepLastIfActive: true }
  return {
    name: 'wake',
    data: { listener, lane, ...(passed ? { passed } : {}) },
    opts: { deduplication, removeOnComplete: true, removeOnFail: true, attempts: 1 },
  }
}
