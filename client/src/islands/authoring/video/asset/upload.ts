// One upload by tus: pieces that go on where they stopped, after a pause, a dead network, a restarted server, or (with the file chosen once
// more) a reload. The page reads `state()`.
import { bearerHeader } from '../../../../api/call.ts'
import { fingerprintOf } from './fingerprint.ts'

export interface UploadState {
  readonly is: 'starting' | 'sending' | 'paused' | 'waiting' | 'failed' | 'done'
  readonly sent: number
  readonly bytes: number
  /** Bytes a second lately; null until it is known. */
  readonly speed: number | null
  readonly reason: string | null
}
export interface Uploading {
  readonly file: File
  state(): UploadState
  subscribe(heard: () => void): () => void
  pause(): void
  goOn(): void
  /** Stops, and tells the server to forget the file. */
  giveUp(): void
}

/** Small enough that a lost piece costs little on a phone's line, and that proxies with a limit let it pass. */
const PIECE = 8 * 1024 * 1024
const WINDOW_MS = 8000
const AGAIN_MS = 3000
const pauses = [500, 1000, 3000, 5000, 10_000]

/** `at`: the address of an upload that was begun before; null begins one. `onAsset` hears the id as soon as the server has made one. */
export function startUpload(file: File, at: string | null, onAsset: (assetId: string) => void): Uploading {
  const heard = new Set<() => void>()
  let state: UploadState = { is: 'starting', sent: 0, bytes: file.size, speed: null, reason: null }
  let samples: { at: number; sent: number }[] = []
  let timer: ReturnType<typeof setTimeout> | undefined
  let halt: () => void = () => {}
  let run: () => void = () => {}
  let forget: () => void = () => {}
  const show = (change: Partial<UploadState>) => {
    state = { ...state, ...change }
    for (const tell of heard) tell()
  }
  const over = () => state.is === 'done' || state.is === 'paused'

  void Promise.all([import('tus-js-client'), fingerprintOf(file)])
    .then(([{ Upload, DetailedError }, fingerprint]) => {
      const it = new Upload(file, {
        endpoint: '/api/uploads',
        ...(at ? { uploadUrl: at } : {}),
        chunkSize: PIECE,
        retryDelays: pauses,
        // The draft keeps the id, the server the fingerprint: nothing is left behind in a browser that others use too.
        storeFingerprintForResuming: false,
        metadata: { filename: file.name, filetype: file.type, ...(fingerprint ? { fingerprint } : {}) },
        onBeforeRequest(request) {
          // The session may have been renewed since.
          for (const [name, value] of Object.entries(bearerHeader())) request.setHeader(name, value)
        },
        onUploadUrlAvailable() {
          const id = /([0-9a-f-]{36})$/i.exec(it.url ?? '')?.[1]
          if (id) onAsset(id)
        },
        onProgress(sent) {
          const now = Date.now()
          samples = [...samples.filter((one) => now - one.at < WINDOW_MS), { at: now, sent }]
          const first = samples[0]
          const speed = first && now - first.at > 1000 ? ((sent - first.sent) * 1000) / (now - first.at) : state.speed
          if (!over()) show({ is: 'sending', sent, speed })
        },
        onShouldRetry(error) {
          const status = error instanceof DetailedError ? (error.originalResponse?.getStatus() ?? 0) : 0
          if (status === 0 && !over()) show({ is: 'waiting', speed: null })
          return status === 0 || status === 409 || status === 423 || status === 429 || status >= 500
        },
        onSuccess: () => show({ is: 'done', sent: file.size, speed: null }),
        onError(error) {
          if (over()) return
          const response = error instanceof DetailedError ? error.originalResponse : null
          const status = response?.getStatus() ?? 0
          if (status === 0 || status === 423 || status === 429 || status >= 500) {
            show({ is: 'waiting', speed: null })
            clearTimeout(timer)
            timer = setTimeout(run, AGAIN_MS)
            return
          }
          show({ is: 'failed', speed: null, reason: reasonIn(response?.getBody() ?? '') })
        },
      })
      halt = () => void it.abort().catch(() => {})
      run = () => {
        clearTimeout(timer)
        samples = []
        it.start()
      }
      forget = () => void it.abort(true).catch(() => {})
      if (state.is === 'starting') run()
    })
    .catch(() => show({ is: 'failed' }))

  window.addEventListener('online', () => state.is === 'waiting' && run())
  return {
    file,
    state: () => state,
    subscribe(tell) {
      heard.add(tell)
      return () => heard.delete(tell)
    },
    pause() {
      clearTimeout(timer)
      show({ is: 'paused', speed: null })
      halt()
    },
    goOn() {
      show({ is: 'sending', reason: null })
      run()
    },
    giveUp() {
      clearTimeout(timer)
      show({ is: 'paused', speed: null })
      forget()
    },
  }
}

/** The server's words (problem+json), where it had some. */
function reasonIn(body: string): string | null {
  try {
    const { detail, title } = JSON.parse(body) as { detail?: string; title?: string }
    return detail ?? title ?? null
  } catch {
    return null
  }
}
