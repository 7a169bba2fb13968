// Learning events to the LRSs of their institution, each statement once by its id. An outage is waited out in the delivery rows: nothing
// is dropped. The target of a row is the LRS, its lane one of eight per LRS, always the same for one learner: that keeps their order.
import { createHash } from 'node:crypto'
import { hurry } from '../../kernel/events/backlog.ts'
import { type Delivery, listener, type Outcome } from '../../kernel/module.ts'
import { statementsOfEach } from './facts.ts'
import { getStatement, postStatements } from './lrs/calls.ts'
import { type Lrs, lrsById, lrsHearing, tellerOf } from './lrs/endpoints.ts'
import { noteError, noteSent, shut } from './lrs/notes.ts'
import { type Sent, sendStatements } from './lrs/sending.ts'
import { cameBack, isAway, letGo, secondsToWait } from './lrs/standing.ts'
import type { Statement } from './statement/statement.ts'
import { isLearning, statementEvents } from './statement/statements-of.ts'

const lanes = 8
/** A paused LRS's rows look again so often; resuming it wakes them at once. */
export const pausedSeconds = 300

function laneOf(lrsId: string, personId: string): string {
  return `${lrsId}/${createHash('sha256').update(personId).digest().readUInt32BE(0) % lanes}`
}

export const lanesOf = (lrsId: string): string[] => Array.from({ length: lanes }, (_, at) => `${lrsId}/${at}`)

export const forwardStatements = listener({
  name: 'analytics.forward-statements',
  hears: statementEvents,
  queue: 'outbound',
  ordered: true,
  batch: 200,
  tellsEach: true,
  retry: { firstSeconds: 2, capSeconds: 300, attempts: 1_000_000 },
  async route(event, tx) {
    const { institutionId, personId, name } = event
    if (personId === null || !isLearning(event)) return null
    const hearing = await lrsHearing(tx, institutionId, name)
    return hearing.map(({ id }) => ({ target: id, lane: laneOf(id, personId) }))
  },
  run: (batch, { signal }) => forward(batch, signal),
})

async function forward(batch: readonly Delivery[], signal: AbortSignal): Promise<ReadonlyMap<string, Outcome> | void> {
  const [first] = batch
  const lrs = first && (await lrsById(first.target))
  // It was deleted: there is nobody to tell.
  if (!lrs) return
  if (lrs.state !== 'on') return later(batch, lrs.stateReason ?? 'paused', pausedSeconds)
  const wait = secondsToWait(lrs.id)
  if (wait > 0) return later(batch, 'the LRS is away', wait)
  let settled = false
  try {
    const outcomes = await sendBatch(batch, lrs, signal)
    settled = true
    return outcomes
  } finally {
    if (!settled) letGo(lrs.id)
  }
}

async function sendBatch(batch: readonly Delivery[], lrs: Lrs, signal: AbortSignal): Promise<ReadonlyMap<string, Outcome>> {
  const made = await statementsOfEach(
    batch.map(({ event }) => event),
    tellerOf(lrs),
  )
  const sent = await sendStatements(made.flat(), {
    post: async (statements) => {
      signal.throwIfAborted()
      return postStatements(lrs, statements)
    },
    get: (id) => getStatement(lrs, id),
  })
  if (sent.stored.size > 0) await noteSent(lrs.id, sent.stored.size)
  const [words] = sent.refused.values()
  if (words) await noteError(lrs.id, words)
  const seconds = await standing(lrs, sent)
  return outcomesOf(batch, made, sent, seconds)
}

/** How it stands now is kept and written down; answers with how long to wait where it stopped. */
async function standing(lrs: Lrs, { stopped }: Sent): Promise<number> {
  if (!stopped) {
    // The other lanes waited for this one.
    if (cameBack(lrs.id)) await hurry(forwardStatements.name, lanesOf(lrs.id))
    return 0
  }
  if (stopped.is === 'shut') {
    await shut(lrs, stopped.words)
    letGo(lrs.id)
    return pausedSeconds
  }
  await noteError(lrs.id, stopped.words)
  return isAway(lrs.id, stopped.afterSeconds)
}

function outcomesOf(batch: readonly Delivery[], made: readonly Statement[][], sent: Sent, seconds: number): Map<string, Outcome> {
  const outcomes = new Map<string, Outcome>()
  batch.forEach(({ id }, at) => {
    const ids = (made[at] ?? []).map((statement) => statement.id)
    const refused = ids.flatMap((it) => sent.refused.get(it) ?? [])
    if (sent.stopped && ids.some((it) => !sent.stored.has(it) && !sent.refused.has(it)))
      outcomes.set(id, { retry: sent.stopped.words, afterSeconds: seconds })
    else if (refused.length > 0) outcomes.set(id, { giveUp: `The LRS refuses ${refused.length} of ${ids.length}. ${refused[0]}` })
  })
  return outcomes
}

function later(batch: readonly Delivery[], reason: string, afterSeconds: number): Map<string, Outcome> {
  return new Map(batch.map(({ id }) => [id, { retry: reason, afterSeconds }]))
}
