// Kafka in BullMQ's place: wake-ups travel through a topic per queue. They are hints here as there; what is to be done stands in the
// delivery rows, and a wake-up that got lost is made up for by the sweep.
import type { Consumer } from 'kafkajs'
import { config } from '../config.ts'
import { type ListenerLane, laneId, listenerNamed } from '../events/listeners.ts'
import { warnSeldom } from '../events/seldom.ts'
import { type QueueName, queueNames } from '../module.ts'
import { openKafka, openSender } from './kafka.ts'

const topicOf = (queue: QueueName): string => `${config().kafka?.prefix}.wake.${queue}`
const restMs = 3000

export interface Waker {
  send(lanes: readonly ListenerLane[]): void
  close(): Promise<void>
}

/** `refused` gets the lanes that Kafka did not take. */
export function openKafkaWaker(refused: (lanes: readonly ListenerLane[]) => void): Waker {
  const sender = openSender()
  let restUntil = 0
  const send = async (queue: QueueName, lanes: readonly ListenerLane[]): Promise<void> => {
    if (performance.now() < restUntil) return refused(lanes)
    try {
      await sender.send(
        topicOf(queue),
        lanes.map((of) => ({ key: laneId(of.listener, of.lane), value: JSON.stringify(of) })),
      )
    } catch (error) {
      restUntil = performance.now() + restMs
      warnSeldom('wake-ups could not be given to Kafka: the sweep takes their place', error)
      refused(lanes)
    }
  }
  return {
    send(lanes) {
      for (const queue of queueNames) {
        const some = lanes.filter((of) => listenerNamed(of.listener)?.queue === queue)
        if (some.length > 0) void send(queue, some)
      }
    },
    close: () => sender.close(),
  }
}

/** Hears the wake-ups of these queues; processes share them. A broker that is away is tried again until `close`. */
export class KafkaWorkers {
  private readonly consumer: Consumer
  private closed = false

  constructor(queues: readonly QueueName[], wake: (of: ListenerLane) => void) {
    // A retry without end: kafkajs would else stop for good after some failures.
    this.consumer = openKafka().consumer({
      groupId: `${config().kafka?.prefix}-workers`,
      sessionTimeout: 10_000,
      heartbeatInterval: 2000,
      allowAutoTopicCreation: true,
      retry: { initialRetryTime: 300, maxRetryTime: 5000, retries: 1_000_000, restartOnFailure: async () => !this.closed },
    })
    void this.start(queues, wake)
  }

  async close(): Promise<void> {
    this.closed = true
    await this.consumer.disconnect().catch((error: unknown) => warnSeldom('Kafka could not be left', error))
  }

  /** Fetches no more. */
  pause(): void {
    void this.consumer.stop().catch(() => undefined)
  }

  private async start(queues: readonly QueueName[], wake: (of: ListenerLane) => void): Promise<void> {
    while (!this.closed) {
      try {
        await this.consumer.connect()
        await this.consumer.subscribe({ topics: queues.map(topicOf), fromBeginning: false })
        // Not waited for: a long batch must not cost the membership of the group, and the runner keeps the limits.
        await this.consumer.run({ eachMessage: async ({ message }) => wake(JSON.parse(String(message.value)) as ListenerLane) })
        return
      } catch (error) {
        warnSeldom('Kafka is not reachable', error)
        await new Promise((later) => setTimeout(later, restMs).unref())
      }
    }
  }
}
