// The events, on their way out to Kafka: a topic per family, one key per institution and learner, so that each learner's order is kept.
// A listener like any other: at least once, and an outage is waited out in the delivery rows.
import { createHash } from 'node:crypto'
import { eventKind, eventSchema, type LearningEvent } from '@cuepoint/contracts'
import type { Message } from 'kafkajs'
import { config } from '../config.ts'
import { listener } from '../module.ts'
import { openSender, type Sender } from './kafka.ts'

/** So many streams run side by side; a learner is always in the same one. */
const lanes = 16

let sender: Sender | undefined

export const streamEvents = listener({
  name: 'kernel.stream-events',
  hears: 'all',
  queue: 'outbound',
  ordered: true,
  batch: 500,
  // Never given up: the broker may be away for days.
  retry: { firstSeconds: 1, capSeconds: 30, attempts: 1_000_000 },
  route: (event) => ({ lane: String(laneOf(keyOf(event))) }),
  async run(batch) {
    const byTopic = new Map<string, Message[]>()
    for (const { event } of batch) {
      const topic = topicOf(event)
      byTopic.set(topic, [...(byTopic.get(topic) ?? []), messageOf(event)])
    }
    sender ??= openSender()
    for (const [topic, messages] of byTopic) await sender.send(topic, messages)
  },
})

export async function closeStream(): Promise<void> {
  const closing = sender
  sender = undefined
  await closing?.close()
}

const keyOf = ({ institutionId, personId }: LearningEvent): string => `${institutionId}:${personId ?? ''}`

function laneOf(key: string): number {
  return createHash('sha256').update(key).digest().readUInt32BE(0) % lanes
}

/** `assessment.attempt.submitted` goes to `cuepoint.assessment`. */
function topicOf({ name }: LearningEvent): string {
  return `${config().kafka?.prefix}.${name.split('.')[0]}`
}

function messageOf(event: LearningEvent): Message {
  const schema = schemaTextOf(event.name)
  return {
    key: keyOf(event),
    value: JSON.stringify(event),
    timestamp: String(event.occurredAt.getTime()),
    headers: { event: event.name, version: String(event.version), id: event.id, 'json-schema': schema },
  }
}

const schemas = new Map<string, string>()
function schemaTextOf(name: LearningEvent['name']): string {
  const known = schemas.get(name) ?? JSON.stringify(eventSchema(eventKind(name)))
  schemas.set(name, known)
  return known
}
