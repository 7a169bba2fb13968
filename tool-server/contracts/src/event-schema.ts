// The JSON Schema of an event as it is recorded: for LRS people, Kafka and other languages.
import { z } from 'zod'
import type { EventKind } from './events.ts'
import { Id, Instant } from './session.ts'

/** A format says the same as zod's pattern, in one word. */
function dropPattern({ jsonSchema }: { jsonSchema: { format?: string | undefined; pattern?: string | undefined } }): void {
  if (jsonSchema.format) delete jsonSchema.pattern
}

/** The whole event, scope and data; `$id` names kind and version. */
export function eventSchema({ name, version, data }: EventKind): Record<string, unknown> & { $id: string } {
  const person = { courseId: Id.nullable(), personId: Id.nullable(), placementId: Id.nullable() }
  const envelope = { id: Id, name: z.literal(name), version: z.literal(version), occurredAt: Instant, institutionId: Id, ...person, data }
  const { $schema, ...schema } = z.toJSONSchema(z.object(envelope), { override: dropPattern })
  return { $schema, $id: `urn:cuepoint:event:${name}:${version}`, title: name, ...schema }
}
