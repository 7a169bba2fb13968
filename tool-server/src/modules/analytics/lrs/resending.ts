// What happened in a range of time goes to an LRS again: as new or renewed deliveries, in the order of the events.
import { notFound } from '../../../kernel/errors.ts'
import { redeliver } from '../../../kernel/events/redelivery.ts'
import { forwardStatements, lanesOf } from '../lrs.ts'
import { statementEvents } from '../statement/statements-of.ts'
import { lrsById } from './endpoints.ts'

/** Answers with how many events are on their way. What the LRS has already, it keeps once: the ids are the same. */
export async function resendToLrs(lrsId: string, from: string, until: string): Promise<number> {
  const lrs = await lrsById(lrsId)
  if (!lrs) throw notFound()
  return redeliver({
    listener: forwardStatements.name,
    target: lrsId,
    lanes: lanesOf(lrsId),
    institutionId: lrs.institutionId,
    names: lrs.events ?? statementEvents,
    from: new Date(from),
    until: new Date(until),
  })
}
