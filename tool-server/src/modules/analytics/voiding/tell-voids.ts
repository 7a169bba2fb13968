// Voiding statements to the LRSs: by deliveries of their own, so that an outage or a pause is waited out like any other.
import { nowMs } from '../../../kernel/clock.ts'
import { config } from '../../../kernel/config.ts'
import { TryLater } from '../../../kernel/errors.ts'
import { hurry } from '../../../kernel/events/backlog.ts'
import { type Delivery, listener, type Outcome } from '../../../kernel/module.ts'
import { FetchError } from '../../../kernel/safe-fetch.ts'
import { getStatement, holdsStatement, postStatements } from '../lrs/calls.ts'
import { type Lrs, lrsById } from '../lrs/endpoints.ts'
import { noteError, noteSent } from '../lrs/notes.ts'
import { type Sent, sendStatements } from '../lrs/sending.ts'
import { cameBack, isAway, letGo, secondsToWait } from '../lrs/standing.ts'
import { forwardStatements, lanesOf, pausedSeconds } from '../lrs.ts'
import { voiding } from '../statement/voiding.ts'

type Voided = 'analytics.statements.voided'

export const voidStatements = listener<Voided>({
  name: 'analytics.void-statements',
  hears: ['analytics.statements.voided'],
  queue: 'outbound',
  ordered: true,
  batch: 20,
  tellsEach: true,
  retry: { firstSeconds: 2, capSeconds: 300, attempts: 1_000_000 },
  route: ({ data }) => ({ target: data.lrsId, lane: data.lrsId }),
  run: (batch, { signal }) => tell(batch, signal),
})

async function tell(batch: readonly Delivery<Voided>[], signal: AbortSignal): Promise<ReadonlyMap<string, Outcome> | void> {
  const [first] = batch
  const lrs = first && (await lrsById(first.target))
  // It was removed: nobody has the right to call it any more. The erasure says that it may hold statements.
  if (!lrs) return
  const outcomes = new Map<string, Outcome>()
  let waits: { retry: string; afterSeconds: number } | null = whyNot(lrs)
  for (const delivery of batch) {
    signal.throwIfAborted()
    const outcome = waits ?? (await tellOne(delivery, lrs))
    if (!outcome) continue
    outcomes.set(delivery.id, outcome)
    if ('retry' in outcome) waits = { afterSeconds: 2, ...outcome }
  }
  return outcomes
}

function whyNot(lrs: Lrs): { retry: string; afterSeconds: number } | null {
  if (lrs.state !== 'on') return { retry: lrs.stateReason ?? 'paused', afterSeconds: pausedSeconds }
  const wait = secondsToWait(lrs.id)
  return wait > 0 ? { retry: 'the LRS is away', afterSeconds: wait } : null
}

async function tellOne({ event }: Delivery<Voided>, lrs: Lrs): Promise<Outcome | null> {
  let settled = false
  try {
    const ids = [...event.data.sure]
    // What it does not show may be there: then it is voided as well.
    for (const id of event.data.maybe) if ((await holdsStatement(lrs, id)) !== false) ids.push(id)
    const of = { base: config().publicUrl, at: event.occurredAt }
    const statements = ids.map((id) => voiding(id, of))
    const sent = await sendStatements(statements, {
      post: (some) => postStatements(lrs, some),
      get: (id) => getStatement(lrs, id),
    })
    if (sent.stored.size > 0) await noteSent(lrs.id, sent.stored.size)
    const outcome = await outcomeOf(lrs, sent, event.occurredAt)
    settled = true
    return outcome
  } catch (error) {
    if (!(error instanceof FetchError || error instanceof TryLater)) throw error
    await noteError(lrs.id, error.message)
    settled = true
    return { retry: error.message, afterSeconds: isAway(lrs.id, undefined) }
  } finally {
    if (!settled) letGo(lrs.id)
  }
}

/** A proxy says 404 while its LRS restarts; not for so long. */
const nowhereMs = 3_600_000

async function outcomeOf(lrs: Lrs, { refused, stopped }: Sent, asked: Date): Promise<Outcome | null> {
  if (stopped?.is === 'away' && stopped.nowhere) {
    // Learners' statements may well be taken: they are not kept waiting.
    letGo(lrs.id)
    const words = `It does not take voiding statements. ${stopped.words}`
    await noteError(lrs.id, words)
    if (nowMs() - asked.getTime() < nowhereMs) return { retry: words, afterSeconds: pausedSeconds }
    return { giveUp: `${words}. Tell whoever runs it which statements are void, or resend this when it takes them.` }
  }
  if (stopped?.is === 'away') {
    await noteError(lrs.id, stopped.words)
    return { retry: stopped.words, afterSeconds: isAway(lrs.id, stopped.afterSeconds) }
  }
  if (stopped) {
    // Credentials that may write but not void: learners' statements go on, an administrator reads why these do not.
    letGo(lrs.id)
    const words = `It does not let us void statements. ${stopped.words}`
    await noteError(lrs.id, words)
    return { retry: words, afterSeconds: pausedSeconds }
  }
  if (cameBack(lrs.id)) await hurry(forwardStatements.name, lanesOf(lrs.id))
  const [words] = refused.values()
  if (words === undefined) return null
  await noteError(lrs.id, words)
  return { giveUp: `The LRS refuses ${refused.size} voiding statements. ${words}` }
}
