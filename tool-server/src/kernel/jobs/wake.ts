// Wakes workers, through BullMQ on PostgreSQL or on Redis, and runs the workers of this process. What is to be done stands in the
// delivery rows alone: every wake-up may get lost.
import { setTimeout as sleep } from 'node:timers/promises'
import { type ListenerLane, onWork } from '../events/listeners.ts'
import { type Listener, queueNames } from '../module.ts'
import { KafkaWorkers, openKafkaWaker, type Waker } from '../stream/kafka-wake.ts'
import { LaneRunner, type Slots } from './lane-runner.ts'
import { type Backend, openBackend, type QueueAddress, type WakeUp } from './queue.ts'
import { QueueWorkers } from './queue-workers.ts'
import { Sweep } from './sweep.ts'
import { WakeSender } from './wake-sender.ts'

export type { QueueAddress }

/** Lanes of a queue that one process runs at a time. */
const usualConcurrency: Slots = { quick: 8, outbound: 16, heavy: 1 }

interface Work {
  runner: LaneRunner
  sweep: Sweep
  workers: Pick<QueueWorkers, 'pause' | 'close'>
  serves(lane: ListenerLane): boolean
}

let backend: Backend | undefined
let sender: Waker | undefined
let work: Work | undefined

/**
 * Opens the queue for wake-ups; every process that records events needs it. Throws when the database has no queue tables.
 * With `kafka` the wake-ups go through Kafka instead.
 */
export async function openWake(address: QueueAddress & { kafka?: boolean }): Promise<void> {
  if (sender) throw new Error('the queue is open already')
  // Without workers here a refused wake-up is dropped: the sweep of a worker process finds the lane.
  const refused = (lanes: readonly ListenerLane[]): void => {
    for (const lane of lanes) if (work?.serves(lane)) void work.runner.run(lane)
  }
  backend = address.kafka ? undefined : await openBackend(address)
  sender = backend ? new WakeSender(backend, refused) : openKafkaWaker(refused)
  onWork((lanes) => sender?.send(lanes))
}

/** Works off the lanes of these listeners from now on; one number is for quick and outbound, 0 leaves a queue to other processes. */
export function startWorkers(
  listeners: readonly Listener[],
  options: { concurrency?: number | Partial<Slots> } = {},
): { stop: () => Promise<void> } {
  if (!sender) throw new Error('the queue is not open')
  if (work) throw new Error('the workers run already')
  const { concurrency } = options
  const slots = { ...usualConcurrency, ...(typeof concurrency === 'number' ? { quick: concurrency, outbound: concurrency } : concurrency) }
  // A queue of which this process serves nothing is left to the others.
  for (const queue of queueNames) if (!listeners.some((listener) => listener.queue === queue)) slots[queue] = 0
  const send = (lanes: readonly ListenerLane[]) => sender?.send(lanes)
  const runner = new LaneRunner(slots, (lane) => send([lane]))
  const mine = listeners.filter((listener) => slots[listener.queue] > 0)
  const names = new Set(mine.map((listener) => listener.name))
  const serves = (of: ListenerLane) => names.has(of.listener)
  const workers = backend
    ? new QueueWorkers(backend, slots, (wakeUp) => (serves(wakeUp) ? runner.run(wakeUp) : passOn(wakeUp)))
    : new KafkaWorkers(
        queueNames.filter((queue) => slots[queue] > 0),
        // What another process serves its own sweep finds.
        (of) => void (serves(of) && runner.run(of)),
      )
  work = { runner, workers, serves, sweep: new Sweep(mine, runner, send) }
  return { stop: stopWorkers }
}

const passedAtMost = 6
const passMs = 100

/** A wake-up for a listener that other processes serve (WORKER_LISTENS) goes back; after some rounds it is left to their sweep. */
async function passOn({ listener, lane, passed = 0 }: WakeUp): Promise<void> {
  if (passed >= passedAtMost) return
  await sleep(passMs)
  const again: WakeUp = { listener, lane, passed: passed + 1 }
  sender?.send([again])
}

/** Batches under way get `graceMs`, then they are aborted and their rows given back. */
export async function stopWorkers(graceMs = 10_000): Promise<void> {
  const was = work
  work = undefined
  was?.sweep.close()
  was?.workers.pause()
  await was?.runner.stop(graceMs)
  await was?.workers.close()
}

/** Ends the workers and the queue. Before closeDatabase. */
export async function closeWake(): Promise<void> {
  await stopWorkers()
  const closing = backend
  backend = undefined
  onWork(() => undefined)
  await sender?.close()
  sender = undefined
  await closing?.close()
}
