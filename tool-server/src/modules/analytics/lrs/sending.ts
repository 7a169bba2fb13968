// Statements to one LRS, in order: in calls of bearable size, halved where something in a call is refused, until the one that is bad stands alone.
import type { Meaning } from './answers.ts'
import { isSame } from './sameness.ts'

/** A statement, of a learner's deed or a voiding one. */
export interface Sendable {
  readonly id: string
}

/** What an LRS has under an id, or that it cannot be asked now. */
export type Held = { is: 'held'; statement: unknown } | Extract<Meaning, { is: 'away' }>

/** What the calls do; the product's are in calls.ts. */
export interface Calls {
  post(statements: readonly Sendable[]): Promise<Meaning>
  get(id: string): Promise<Held>
}

export interface Sent {
  stored: Set<string>
  /** The LRS's words, by statement id. */
  refused: Map<string, string>
  /** Why what is neither stored nor refused was not tried to its end. */
  stopped: Extract<Meaning, { is: 'shut' | 'away' }> | null
}

const mostStatements = 500
const mostBytes = 900_000
/** So many refused alone and none taken: it is not the statements. */
const suspicious = 20

export async function sendStatements(statements: readonly Sendable[], calls: Calls): Promise<Sent> {
  const sent: Sent = { stored: new Set(), refused: new Map(), stopped: null }
  for (const part of portions(statements)) {
    await send(part, calls, sent)
    if (sent.stopped) break
  }
  if (sent.refused.size >= suspicious && sent.stored.size === 0) {
    const [words] = sent.refused.values()
    return { ...sent, refused: new Map(), stopped: { is: 'shut', words: `It refuses every statement. ${words}` } }
  }
  return sent
}

async function send(part: readonly Sendable[], calls: Calls, sent: Sent): Promise<void> {
  const meaning = await calls.post(part)
  if (meaning.is === 'stored') for (const { id } of part) sent.stored.add(id)
  else if (meaning.is === 'shut' || meaning.is === 'away') sent.stopped = meaning
  else if (part.length > 1) {
    const half = Math.ceil(part.length / 2)
    await send(part.slice(0, half), calls, sent)
    if (!sent.stopped) await send(part.slice(half), calls, sent)
  } else await settle(part[0] as Sendable, meaning, calls, sent)
}

/** A statement alone that was not taken: done where the LRS has it already and it says the same. */
async function settle(statement: Sendable, meaning: Extract<Meaning, { words: string }>, calls: Calls, sent: Sent): Promise<void> {
  if (meaning.is !== 'conflict') return void sent.refused.set(statement.id, meaning.words)
  const held = await calls.get(statement.id)
  // Whether it says the same is not known: nothing is given up for that.
  if (held.is === 'away') sent.stopped = held
  else if (isSame(statement, held.statement)) sent.stored.add(statement.id)
  else sent.refused.set(statement.id, meaning.words)
}

/** Each at most so large, in order. */
function* portions(statements: readonly Sendable[]): Generator<Sendable[]> {
  let part: Sendable[] = []
  let bytes = 0
  for (const statement of statements) {
    const size = JSON.stringify(statement).length
    if (part.length > 0 && (part.length === mostStatements || bytes + size > mostBytes)) {
      yield part
      part = []
      bytes = 0
    }
    part.push(statement)
    bytes += size
  }
  if (part.length > 0) yield part
}
