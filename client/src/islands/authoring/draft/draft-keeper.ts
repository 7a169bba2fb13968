// The autosave of one draft: what is typed is kept here at once and sent a second later, one save in flight, retried with
// back-off, never dropped. Knows neither React nor fetch: both come in as ports, so that every race can be played in a test.
import type { Activity, ActivityDocument, DraftIssue, QuizDocument } from '@cuepoint/contracts'
import { canBeMended, canWait, isConflict } from './refusal.ts'

/** `D`: the kind of document that is edited; an activity's kind never changes. */
export interface DraftContent<D extends ActivityDocument = QuizDocument> {
  readonly title: string
  readonly document: D
}
export type ActivityWith<D extends ActivityDocument> = Activity & { readonly document: D }
interface Saved {
  readonly revision: number
  readonly savedAt: string
  readonly issues: DraftIssue[]
  readonly warnings?: DraftIssue[] | undefined
}
export interface DraftPorts<D extends ActivityDocument = QuizDocument> {
  save(draft: DraftContent<D> & { revision: number }): Promise<Saved>
  load(): Promise<Activity>
  publish(revision: number): Promise<Activity>
  now(): number
  /** Runs once after `ms`; the returned function takes that back. */
  later(ms: number, run: () => void): () => void
}

export type SaveState =
  | { readonly at: 'saved'; readonly savedAt: string }
  | { readonly at: 'waiting' | 'saving' | 'publishing' }
  /** `retryAt` (ms since 1970): it will try again by itself; null: it will not, for trying cannot mend it. */
  | { readonly at: 'failed'; readonly error: unknown; readonly retryAt: number | null }
  | { readonly at: 'conflict' }

export interface DraftView<D extends ActivityDocument = QuizDocument> extends DraftContent<D> {
  readonly issues: readonly DraftIssue[]
  /** What does not keep it from being published, but should be looked at first. */
  readonly warnings: readonly DraftIssue[]
  readonly save: SaveState
  /** The version that is not in the editor after a conflict: the author's own (`mine`) or the other one. Still here to be brought back. */
  readonly setAside: (DraftContent<D> & { readonly mine: boolean }) | null
}

const PAUSE_MS = 1_000
const BACK_OFF_MS = [2_000, 4_000, 8_000, 15_000, 30_000]

export class DraftKeeper<D extends ActivityDocument = QuizDocument> {
  #view: DraftView<D>
  #ports: DraftPorts<D>
  #revision: number
  /** The last title that the server would take: an empty one is never sent. */
  #title: string
  #changes = 0
  #saved = 0
  #failures = 0
  #busy: Promise<void> | null = null
  #cancelTimer = () => {}
  #listeners = new Set<() => void>()

  constructor(activity: ActivityWith<D>, ports: DraftPorts<D>) {
    this.#ports = ports
    this.#revision = activity.revision
    this.#title = activity.title
    const save = { at: 'saved', savedAt: activity.updatedAt } as const
    const { title, document, issues, warnings = [] } = activity
    this.#view = { title, document, issues, warnings, save, setAside: null }
  }

  readonly view = (): DraftView<D> => this.#view
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }
  get unsaved(): boolean {
    return this.#changes > this.#saved
  }
  get revision(): number {
    return this.#revision
  }

  change(edit: (draft: DraftContent<D>) => DraftContent<D>): void {
    const { title, document } = edit(this.#view)
    if (title === this.#view.title && document === this.#view.document) return
    this.#changes += 1
    if (title.trim()) this.#title = title.trim()
    this.#show({ title, document })
    const { save } = this.#view
    if (save.at === 'conflict') return
    // While the network is away its own back-off goes on; a refused draft may have been mended by this very change.
    if (save.at === 'failed' && (save.retryAt !== null || !canBeMended(save.error))) return
    this.#soon(PAUSE_MS)
  }

  /** Sends what is unsaved now. Resolves when nothing is in flight any more: look at `unsaved` for how it went. */
  async flush(): Promise<void> {
    this.#cancelTimer()
    while (this.#busy) await this.#busy
    if (this.unsaved && this.#view.save.at !== 'conflict') await this.#run(() => this.#send())
  }

  /** What a draft lacks hangs on its video and captions, too: asked again where nothing is to be saved (a save says it by itself). */
  async look(): Promise<void> {
    const idle = () => !this.#busy && !this.unsaved && this.#view.save.at === 'saved'
    if (!idle()) return
    const { revision, issues, warnings = [] } = await this.#ports.load()
    if (idle() && revision === this.#revision) this.#show({ issues, warnings })
  }

  /** Saves, then publishes what was saved. Throws what the server said; the draft stays as it is. */
  async publish(): Promise<Activity> {
    await this.flush()
    const { save } = this.#view
    if (save.at === 'failed') throw save.error
    if (this.unsaved) throw new Error('unsaved')
    let published: Activity | undefined
    await this.#run(async () => {
      this.#show({ save: { at: 'publishing' } })
      try {
        published = await this.#ports.publish(this.#revision)
        this.#revision = published.revision
        this.#show({ issues: published.issues, warnings: published.warnings ?? [] })
      } catch (error) {
        if (isConflict(error)) this.#show({ save: { at: 'conflict' } })
        throw error
      } finally {
        if (this.#view.save.at === 'publishing') this.#show({ save })
      }
    })
    return published as Activity
  }

  /** Out of a conflict: the other tab's version; mine is set aside, not lost. */
  async takeNewer(): Promise<void> {
    const newer = await this.#ports.load()
    const { title, document } = this.#view
    this.#adopt(newer)
    this.#show({ title: newer.title, document: newer.document as D, setAside: { title, document, mine: true } })
  }

  /** Out of a conflict: mine, over the other tab's version. */
  async keepMine(): Promise<void> {
    this.#revision = (await this.#ports.load()).revision
    this.#changes += 1
    this.#show({ save: { at: 'waiting' } })
    await this.flush()
  }

  /** What was set aside, back in the editor (and what stood there is set aside in its turn). */
  takeBack(): void {
    const { title, document, setAside } = this.#view
    if (!setAside) return
    this.change(() => setAside)
    this.#show({ setAside: { title, document, mine: !setAside.mine } })
  }

  dismissSetAside(): void {
    this.#show({ setAside: null })
  }

  /** Stops the timers; what is unsaved stays in `view` until this object goes. */
  close(): void {
    this.#cancelTimer()
  }

  #adopt(activity: Activity): void {
    this.#cancelTimer()
    this.#revision = activity.revision
    this.#title = activity.title
    this.#saved = this.#changes
    this.#failures = 0
    this.#show({ issues: activity.issues, warnings: activity.warnings ?? [], save: { at: 'saved', savedAt: activity.updatedAt } })
  }

  #show(part: Partial<DraftView<D>>): void {
    this.#view = { ...this.#view, ...part }
    for (const listener of this.#listeners) listener()
  }

  #soon(ms: number): void {
    this.#cancelTimer()
    if (this.#busy) return
    if (this.#view.save.at !== 'failed') this.#show({ save: { at: 'waiting' } })
    this.#cancelTimer = this.#ports.later(ms, () => void this.flush())
  }

  /** One deed at a time; what was typed meanwhile is saved after it. */
  async #run(deed: () => Promise<void>): Promise<void> {
    const busy = deed()
    this.#busy = busy.catch(() => {})
    try {
      await busy
    } finally {
      this.#busy = null
      if (this.unsaved && this.#view.save.at === 'saved') this.#soon(PAUSE_MS)
    }
  }

  async #send(): Promise<void> {
    const sent = this.#changes
    this.#show({ save: { at: 'saving' } })
    try {
      const { document } = this.#view
      const {
        revision,
        savedAt,
        issues,
        warnings = [],
      } = await this.#ports.save({ revision: this.#revision, title: this.#title, document })
      this.#revision = revision
      this.#saved = sent
      this.#failures = 0
      this.#show({ issues, warnings, save: { at: 'saved', savedAt } })
    } catch (error) {
      this.#fail(error)
    }
  }

  #fail(error: unknown): void {
    if (isConflict(error)) return this.#show({ save: { at: 'conflict' } })
    const pause = canWait(error) ? (BACK_OFF_MS[Math.min(this.#failures, BACK_OFF_MS.length - 1)] ?? 0) : null
    this.#failures += 1
    this.#show({ save: { at: 'failed', error, retryAt: pause === null ? null : this.#ports.now() + pause } })
    this.#cancelTimer()
    if (pause !== null) this.#cancelTimer = this.#ports.later(pause, () => void this.flush())
  }
}
