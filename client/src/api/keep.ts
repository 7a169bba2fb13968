// Keeps answers in this browser until they are handed in: IndexedDB, or memory where the frame may store nothing.
import type { Answer } from '@cuepoint/contracts'

export interface Keep {
  /** false: what is kept is gone with the page. */
  readonly durable: boolean
  answers(attemptId: string): Promise<Answer[]>
  /** An answer with a lower `seq` than the kept one (another tab's) is ignored. */
  put(attemptId: string, answer: Answer): Promise<void>
  /** The key of a hand-in that was asked for and that the server has not confirmed yet. */
  submitKey(attemptId: string): Promise<string | null>
  putSubmitKey(attemptId: string, key: string): Promise<void>
  drop(attemptId: string): Promise<void>
}

/** Answers of attempts that nobody came back to are removed after this long. */
const KEPT_DAYS = 60
/** Some browsers neither open nor refuse a database; after this many ms memory takes over. */
const PATIENCE = 2000

/** Never rejects: memory is always there. */
export async function openKeep(): Promise<Keep> {
  try {
    return durableKeep(await database())
  } catch {
    return memoryKeep()
  }
}

function database(): Promise<IDBDatabase> {
  return new Promise((done, refuse) => {
    setTimeout(() => refuse(new Error('no answer')), PATIENCE)
    // The getter itself throws in a frame whose storage is blocked.
    const opening = indexedDB.open('cuepoint', 1)
    opening.onupgradeneeded = () => {
      opening.result.createObjectStore('answers', { keyPath: ['attemptId', 'questionId'] }).createIndex('at', 'at')
      opening.result.createObjectStore('submissions', { keyPath: 'attemptId' })
    }
    opening.onerror = () => refuse(opening.error)
    opening.onsuccess = () => done(opening.result)
  })
}

const result = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((done, refuse) => {
    request.onsuccess = () => done(request.result)
    request.onerror = () => refuse(request.error)
  })
const finished = (tx: IDBTransaction): Promise<void> =>
  new Promise((done, refuse) => {
    tx.oncomplete = () => done()
    tx.onerror = tx.onabort = () => refuse(tx.error)
  })
const ofAttempt = (attemptId: string) => IDBKeyRange.bound([attemptId], [attemptId, []])

function durableKeep(db: IDBDatabase): Keep {
  // A newer release in another tab may need to change the database.
  db.onversionchange = () => db.close()
  void forgetOld(db).catch(() => {})
  return {
    durable: true,
    async answers(attemptId) {
      const rows: Answer[] = await result(db.transaction('answers').objectStore('answers').getAll(ofAttempt(attemptId)))
      return rows.map(({ questionId, seq, value }) => ({ questionId, seq, value }))
    },
    async put(attemptId, answer) {
      const tx = db.transaction('answers', 'readwrite')
      const store = tx.objectStore('answers')
      const kept = store.get([attemptId, answer.questionId])
      kept.onsuccess = () => {
        if (!kept.result || kept.result.seq < answer.seq) store.put({ attemptId, ...answer, at: Date.now() })
      }
      await finished(tx)
    },
    async submitKey(attemptId) {
      const row = await result(db.transaction('submissions').objectStore('submissions').get(attemptId))
      return row?.key ?? null
    },
    async putSubmitKey(attemptId, key) {
      const tx = db.transaction('submissions', 'readwrite')
      tx.objectStore('submissions').put({ attemptId, key })
      await finished(tx)
    },
    async drop(attemptId) {
      const tx = db.transaction(['answers', 'submissions'], 'readwrite')
      tx.objectStore('answers').delete(ofAttempt(attemptId))
      tx.objectStore('submissions').delete(attemptId)
      await finished(tx)
    },
  }
}

async function forgetOld(db: IDBDatabase): Promise<void> {
  const tx = db.transaction('answers', 'readwrite')
  const old = tx
    .objectStore('answers')
    .index('at')
    .openCursor(IDBKeyRange.upperBound(Date.now() - KEPT_DAYS * 86_400_000))
  old.onsuccess = () => {
    old.result?.delete()
    old.result?.continue()
  }
  await finished(tx)
}

function memoryKeep(): Keep {
  const answers = new Map<string, Map<string, Answer>>()
  const keys = new Map<string, string>()
  return {
    durable: false,
    async answers(attemptId) {
      return [...(answers.get(attemptId)?.values() ?? [])]
    },
    async put(attemptId, answer) {
      const kept = answers.get(attemptId) ?? new Map<string, Answer>()
      answers.set(attemptId, kept.set(answer.questionId, answer))
    },
    async submitKey(attemptId) {
      return keys.get(attemptId) ?? null
    },
    async putSubmitKey(attemptId, key) {
      keys.set(attemptId, key)
    },
    async drop(attemptId) {
      answers.delete(attemptId)
      keys.delete(attemptId)
    },
  }
}
