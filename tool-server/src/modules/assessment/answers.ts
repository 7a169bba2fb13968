// Autosave by group commit: saves that arrive together, or while one is being written, go to PostgreSQL as one statement and
// one fsync. A reply is sent after that commit, so that what is acknowledged is durable.
import type { Answer, Caller } from '@cuepoint/contracts'
import { now } from '../../kernel/clock.ts'
import { AppError, conflict } from '../../kernel/errors.ts'
import { countAnswers } from '../../kernel/telemetry/metrics.ts'
import { versionOf } from '../content/index.ts'
import { checkAnswers } from './answer-check.ts'
import { type Given, type Refusal, seqsHeld, writeAnswers } from './answer-writing.ts'
import { versionIdOf } from './attempt-facts.ts'
import { assertRecords } from './permission.ts'

export interface Saved {
  savedAt: string
  /** What the server holds now for each question that was sent. */
  saved: { questionId: string; seq: number }[]
}

interface Waiting {
  attemptId: string
  answers: readonly Answer[]
  resolve(saved: Saved): void
  reject(reason: unknown): void
}

let gathered: Waiting[] = []
let writing = false
/** Rows per statement: keeps one flush short, whatever waits. */
const mostAnswers = 1000

/** Saves answers to the caller's open attempt; older seqs are ignored. attempt_not_found, attempt_closed, answer_invalid, activity_deleted. */
export async function saveAnswers(caller: Caller, givenId: string, answers: readonly Answer[]): Promise<Saved> {
  assertRecords(caller)
  // As PostgreSQL writes it, because it is compared with what comes back.
  const attemptId = givenId.toLowerCase()
  checkAnswers(await versionOf(await versionIdOf(caller, attemptId)), answers)
  return new Promise((resolve, reject) => {
    gathered.push({ attemptId, answers, resolve, reject })
    if (writing) return
    writing = true
    // The requests of this turn of the event loop join.
    setImmediate(() => void writeGathered())
  })
}

async function writeGathered(): Promise<void> {
  while (gathered.length > 0) {
    let count = 0
    const size = gathered.findIndex((one) => (count += one.answers.length) > mostAnswers)
    const batch = size < 1 ? gathered : gathered.splice(0, size)
    if (size < 1) gathered = []
    await writeBatch(batch)
  }
  writing = false
}

async function writeBatch(batch: readonly Waiting[]): Promise<void> {
  try {
    await writeTogether(batch)
  } catch (error) {
    // One bad row must not fail its neighbours: each on its own then. A lost connection fails them all, once.
    if (batch.length > 1 && isDataError(error)) for (const one of batch) await writeBatch([one])
    else for (const one of batch) one.reject(error)
  }
}

async function writeTogether(batch: readonly Waiting[]): Promise<void> {
  const at = now()
  const newest = new Map<string, Given>()
  for (const { attemptId, answers } of batch) {
    for (const { questionId, seq, value } of answers) {
      const key = attemptId + questionId
      const other = newest.get(key)
      // ON CONFLICT cannot touch a row twice in one statement.
      if (!other || other.s < seq) newest.set(key, { a: attemptId, q: questionId, s: seq, v: value })
    }
  }
  const { written, refused } = await writeAnswers([...newest.values()], at)
  countAnswers(written)
  const due = refused.size === 0 ? newest.size : [...newest.values()].filter((row) => !refused.has(row.a)).length
  // Fewer than given: some were older than what is saved. Rare, so it may cost a look.
  const held = written === due ? null : await seqsHeld([...newest.values()])
  const savedAt = at.toISOString()
  for (const { attemptId, answers, resolve, reject } of batch) {
    const refusal = refused.get(attemptId)
    if (refusal) reject(refusalOf(refusal))
    else resolve({ savedAt, saved: answers.map(({ questionId, seq }) => heldSeq(attemptId, questionId, seq)) })
  }

  function heldSeq(attemptId: string, questionId: string, seq: number) {
    const key = attemptId + questionId
    return { questionId, seq: held?.get(key) ?? newest.get(key)?.s ?? seq }
  }
}

function refusalOf(refusal: Refusal): AppError {
  if (refusal === 'deleted')
    return new AppError('activity_deleted', 'This activity was deleted by its teacher. Your answers so far are kept.')
  return conflict('attempt_closed', 'This attempt has been handed in, or its time is over.')
}

/** SQLSTATE classes 22 (data) and 23 (integrity): the rows are at fault, not the database. */
function isDataError(error: unknown): boolean {
  return /^2[23]/.test(String((error as { code?: unknown }).code ?? ''))
}
