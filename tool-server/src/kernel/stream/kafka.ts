// The one connection to Kafka of a process. Its answers are waited for a few seconds at most: what is not taken stays in PostgreSQL.
import { Kafka, logLevel, type Message } from 'kafkajs'
import { config } from '../config.ts'
import { warnSeldom } from '../events/seldom.ts'

/** KafkaJS tries again by itself so often; longer outages are the deliveries' to sit out. */
const retry = { initialRetryTime: 200, retries: 3 }

export function openKafka(): Kafka {
  const { kafka } = config()
  if (!kafka) throw new Error('KAFKA_BROKERS is not set')
  return new Kafka({
    clientId: 'cuepoint',
    brokers: [...kafka.brokers],
    connectionTimeout: 3000,
    requestTimeout: 10_000,
    enforceRequestTimeout: true,
    retry,
    logLevel: logLevel.NOTHING,
  })
}

export interface Sender {
  /** Resolves when all in-sync replicas have it; throws when they do not. */
  send(topic: string, messages: readonly Message[]): Promise<void>
  close(): Promise<void>
}

/** Connects at the first message, and again after it was lost. */
export function openSender(): Sender {
  const producer = openKafka().producer({ allowAutoTopicCreation: true })
  let connected: Promise<void> | undefined
  producer.on('producer.disconnect', () => {
    connected = undefined
  })
  return {
    async send(topic, messages) {
      connected ??= producer.connect()
      try {
        await connected
        await producer.send({ topic, messages: [...messages], acks: -1, timeout: 10_000 })
      } catch (error) {
        connected = undefined
        throw error
      }
    },
    close: () => producer.disconnect().catch((error: unknown) => warnSeldom('Kafka could not be left', error)),
  }
}
