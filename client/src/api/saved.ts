// The answer store: every answer is kept in the browser at once and brought to the server, through a dead network, a closed tab
// and a hand-in asked for offline. One store per open attempt; the page only reads `state()` and calls the deeds.
import type { Answer, AnswerValue, AttemptView } from '@cuepoint/contracts'
import { answerBook } from './answer-book.ts'
import { ApiProblem, call } from './call.ts'
import type { Keep } from './keep.ts'
import { sending } from './sending.ts'
import { uuid } from './uuid.ts'

export interface SavedState {
  values: ReadonlyMap<string, AnswerValue>
  /** none: nothing to save yet, or nothing is recorded. waiting: no connection, tried again by itself. stopped: see `problem`. */
  save: 'none' | 'saving' | 'saved' | 'waiting' | 'stopped'
  /** When the server last confirmed, on its clock. */
  savedAt: string | null
  /** What is given here outlives the page. Null until the browser has said so. */
  durable: boolean | null
  /** Answers that only this browser had when the page was opened. */
  restored: number
  /** Questions whose answer the server will not take. */
  refused: ReadonlySet<string>
  submit: 'no' | 'sending' | 'waiting' | 'done'
  submitted: AttemptView | null
  problem: ApiProblem | null
}

export interface SavedAnswers {
  state(): SavedState
  subscribe(heard: () => void): () => void
  /** `typed` waits for a pause in the typing, `chosen` does not. */
  give(questionId: string, value: AnswerValue, manner: 'typed' | 'chosen'): void
  /** What was given last, with its place in the order of changes. */
  latest(questionId: string): Answer | undefined
  /** Sends what is pending; resolves when tried. */
  flush(): Promise<void>
  /** Asks to hand in; done when state().submitted is there. Safe to call twice. */
  submit(): void
  close(): void
}

/** A pause in the typing, and the longest that typing may stay unsent, in ms: the server has it within 2 s. */
const PAUSE = 700
const LONGEST = 1400
/** Saving waits less for an answer than other calls: the learner should soon know that the line is dead. */
const PATIENCE = 10_000
/** A leaving page may send 64 kB in all. */
const LEAVING_BYTES = 60_000
const SUBMIT_BYTES = 400_000

export function openAnswers(attempt: AttemptView, options: { records: boolean; keep: Promise<Keep>; durable: false | null }): SavedAnswers {
  const { records } = options
  const params = { attemptId: attempt.id }
  const book = answerBook()
  const heard = new Set<() => void>()
  book.merge(attempt.answers, 'server')
  let state: SavedState = {
    values: book.values(),
    save: records && attempt.savedAt ? 'saved' : 'none',
    savedAt: attempt.savedAt,
    durable: options.durable,
    restored: 0,
    refused: new Set(),
    submit: 'no',
    submitted: null,
    problem: null,
  }
  const show = (change: Partial<SavedState>) => {
    state = { ...state, ...change, values: book.values() }
    for (const tell of heard) tell()
  }

  /** Made once per attempt: the server takes the same key twice for one hand-in. */
  let key = uuid()
  let batchSize = 50
  let unsentSince: number | null = null
  const sender = sending(run, (error) => worthAgain(error))

  async function run(): Promise<void> {
    const pending = book.pending()
    // A hand-in carries the answers itself, unless they have to be brought one by one.
    if (state.submit !== 'no' && !(batchSize === 1 && pending.length > 0)) return handIn()
    const batch = pending.slice(0, batchSize)
    if (batch.length === 0) return
    show({ save: 'saving' })
    try {
      const reply = await call('PUT /api/attempts/:attemptId/answers', {
        params,
        body: { answers: batch },
        signal: AbortSignal.timeout(PATIENCE),
      })
      took(reply)
    } catch (error) {
      if (!isRefusal(error)) throw error
      // One answer is not taken: find it by sending one by one, so that the others arrive.
      if (batchSize > 1 && pending.length > 1) batchSize = 1
      else if (batch[0]) refuse(batch[0].questionId)
    }
    if (state.submit !== 'no' || batchSize === 1 || pending.length > batch.length) sender.at(Date.now())
  }

  function took(reply: { savedAt: string; saved: { questionId: string; seq: number }[] }): void {
    const newerThere = book.confirm(reply.saved)
    const left = book.pending().length
    unsentSince = left > 0 ? Date.now() : null
    show({ save: left > 0 ? 'saving' : 'saved', savedAt: reply.savedAt })
    if (newerThere) void catchUp().catch(() => {})
  }

  /** Another tab or device has answered since. */
  async function catchUp(): Promise<void> {
    const { answers } = await call('GET /api/attempts/:attemptId', { params })
    book.merge(answers, 'server')
    show({})
  }

  function refuse(questionId: string): void {
    book.refuse(questionId)
    show({ refused: new Set([...state.refused, questionId]), save: 'none' })
  }

  async function handIn(): Promise<void> {
    show({ submit: 'sending' })
    const all = book.all().filter((answer) => !state.refused.has(answer.questionId))
    const answers = JSON.stringify(all).length < SUBMIT_BYTES && batchSize > 1 ? all : book.pending()
    try {
      done(await call('POST /api/attempts/:attemptId/submit', { params, body: { key, answers } }))
    } catch (error) {
      if (isRefusal(error) && batchSize > 1) {
        batchSize = 1
        sender.at(Date.now())
      } else if (error instanceof ApiProblem && (error.code === 'attempt_closed' || error.code === 'attempt_key_differs')) {
        // Handed in already: by the end of the time limit, or from another tab or device.
        done(await call('GET /api/attempts/:attemptId', { params }))
      } else throw error
    }
  }

  function done(submitted: AttemptView): void {
    close()
    show({ submit: 'done', submitted, save: 'saved', problem: null })
    void options.keep.then((keep) => keep.drop(attempt.id)).catch(() => {})
  }

  function worthAgain(error: unknown): boolean {
    const asked = state.submit !== 'no'
    if (error instanceof ApiProblem && error.status < 500 && error.status !== 429) {
      show({ save: 'stopped', problem: error, submit: asked ? 'waiting' : 'no' })
      return false
    }
    show({ save: 'waiting', submit: asked ? 'waiting' : 'no' })
    return true
  }

  async function takeUpKept(): Promise<void> {
    const keep = await options.keep
    const [kept, keptKey] = await Promise.all([keep.answers(attempt.id), keep.submitKey(attempt.id)])
    const known = new Set(attempt.questions.map((question) => question.id))
    const restored = book.merge(
      kept.filter((answer) => known.has(answer.questionId)),
      'browser',
    )
    if (keptKey) key = keptKey
    show({ durable: keep.durable, restored, submit: keptKey ? 'sending' : 'no' })
    if (keptKey || book.pending().length > 0) void sender.now()
  }
  const notKept = () => show({ durable: false })
  const ready = records ? takeUpKept().catch(notKept) : Promise.resolve()

  const retry = () => {
    if (document.visibilityState === 'hidden') return leave()
    if (book.pending().length > 0 || state.submit === 'waiting') void sender.now()
  }
  const lost = () => {
    if (book.pending().length > 0) show({ save: 'waiting' })
  }
  const leave = () => {
    const answers = book.pending().slice(0, batchSize)
    while (JSON.stringify(answers).length > LEAVING_BYTES) answers.pop()
    if (answers.length === 0 || state.submit !== 'no' || state.problem) return
    call('PUT /api/attempts/:attemptId/answers', { params, body: { answers }, keepalive: true }).then(took, () => {})
  }
  const listening = new AbortController()
  if (records) {
    const { signal } = listening
    for (const event of ['online', 'focus', 'pageshow']) window.addEventListener(event, retry, { signal })
    window.addEventListener('offline', lost, { signal })
    window.addEventListener('pagehide', leave, { signal })
    document.addEventListener('visibilitychange', retry, { signal })
  }
  function close(): void {
    listening.abort()
    sender.stop()
  }

  return {
    state: () => state,
    subscribe(tell) {
      heard.add(tell)
      return () => heard.delete(tell)
    },
    give(questionId, value, manner) {
      if (state.submit !== 'no') return
      const answer = book.give(questionId, value)
      if (!records) return show({})
      show({ save: state.save === 'waiting' || state.save === 'stopped' ? state.save : 'saving' })
      void options.keep.then((keep) => keep.put(attempt.id, answer)).catch(notKept)
      const now = Date.now()
      unsentSince ??= now
      sender.at(manner === 'chosen' ? now : Math.min(now + PAUSE, unsentSince + LONGEST))
    },
    latest: (questionId) => book.all().find((answer) => answer.questionId === questionId),
    flush: () => ready.then(() => sender.now()),
    submit() {
      if (!records || state.problem || state.submit === 'sending' || state.submit === 'done') return
      show({ submit: 'sending' })
      void ready.then(async () => {
        await options.keep.then((keep) => keep.putSubmitKey(attempt.id, key)).catch(notKept)
        await sender.now()
      })
    },
    close,
  }
}

function isRefusal(error: unknown): boolean {
  return (
    error instanceof ApiProblem && (error.code === 'answer_invalid' || error.code === 'body_invalid' || error.code === 'body_too_large')
  )
}
