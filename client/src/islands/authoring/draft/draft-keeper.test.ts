import type { QuizDocument } from '@cuepoint/contracts'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { type ActivityWith, type DraftContent, DraftKeeper, type DraftPorts } from './draft-keeper.ts'

const document: QuizDocument = {
  kind: 'quiz',
  intro: '',
  questions: [],
  settings: {
    attemptsAllowed: 1,
    counting: 'best',
    shuffleQuestions: false,
    shuffleChoices: false,
    showAnswers: 'never',
    timeLimitSeconds: null,
  },
}
const activity = (change: Partial<ActivityWith<QuizDocument>> = {}): ActivityWith<QuizDocument> => ({
  id: 'a',
  kind: 'quiz',
  title: 'Quiz',
  questionCount: 0,
  maxScore: 0,
  published: null,
  draftAhead: true,
  updatedAt: '2026-01-01T00:00:00.000Z',
  document,
  revision: 1,
  issues: [],
  ...change,
})
const refused = (code: string, status: number) => Object.assign(new Error(code), { code, status, problem: {} })
const intro = (text: string) => (draft: DraftContent) => ({ ...draft, document: { ...draft.document, intro: text } })

/** A server that answers when told to, so that the test decides what happens in between. */
class Server {
  sent: { revision: number; title: string; intro: string }[] = []
  answer: () => Promise<number> = async () => (this.sent.at(-1)?.revision ?? 0) + 1
  newer = activity({ revision: 7, title: 'Newer' })
  publish = vi.fn(async (revision: number) => activity({ revision }))
  ports: DraftPorts = {
    save: async ({ revision, title, document }) => {
      this.sent.push({ revision, title, intro: document.intro })
      return { revision: await this.answer(), savedAt: '2026-01-01T00:00:01.000Z', issues: [] }
    },
    load: async () => this.newer,
    publish: (revision) => this.publish(revision),
    now: () => Date.now(),
    later: (ms, run) => {
      const timer = setTimeout(run, ms)
      return () => clearTimeout(timer)
    },
  }
}

let server: Server
let keeper: DraftKeeper
beforeEach(() => {
  vi.useFakeTimers()
  server = new Server()
  keeper = new DraftKeeper(activity(), server.ports)
})

describe('autosave', () => {
  it('saves once, a second after the last change', async () => {
    keeper.change(intro('a'))
    await vi.advanceTimersByTimeAsync(600)
    keeper.change(intro('ab'))
    expect(keeper.view().save.at).toBe('waiting')
    await vi.advanceTimersByTimeAsync(900)
    expect(server.sent).toEqual([])
    await vi.advanceTimersByTimeAsync(200)
    expect(server.sent).toEqual([{ revision: 1, title: 'Quiz', intro: 'ab' }])
    expect(keeper.view().save).toEqual({ at: 'saved', savedAt: '2026-01-01T00:00:01.000Z' })
    expect(keeper.unsaved).toBe(false)
  })

  it('has one save in flight, and saves afterwards what was typed meanwhile', async () => {
    let land = (_: number) => {}
    server.answer = () => new Promise((resolve) => (land = resolve))
    keeper.change(intro('a'))
    await vi.advanceTimersByTimeAsync(1_000)
    keeper.change(intro('ab'))
    await vi.advanceTimersByTimeAsync(5_000)
    expect(server.sent).toHaveLength(1)
    land(2)
    await vi.advanceTimersByTimeAsync(1_000)
    expect(server.sent[1]).toEqual({ revision: 2, title: 'Quiz', intro: 'ab' })
  })

  it('two flushes at once send one save', async () => {
    keeper.change(intro('a'))
    await Promise.all([keeper.flush(), keeper.flush()])
    expect(server.sent).toHaveLength(1)
  })

  it('never sends an empty title', async () => {
    keeper.change((draft) => ({ ...draft, title: '  ' }))
    await keeper.flush()
    expect(server.sent[0]?.title).toBe('Quiz')
    expect(keeper.view().title).toBe('  ')
  })

  it('tries again with growing pauses while the network is away, and loses nothing', async () => {
    server.answer = async () => Promise.reject(new Error('no answer'))
    keeper.change(intro('a'))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(keeper.view().save).toMatchObject({ at: 'failed', retryAt: Date.now() + 2_000 })
    keeper.change(intro('ab'))
    await vi.advanceTimersByTimeAsync(2_000)
    expect(keeper.view().save).toMatchObject({ at: 'failed', retryAt: Date.now() + 4_000 })
    server.answer = async () => 2
    await vi.advanceTimersByTimeAsync(4_000)
    expect(server.sent.at(-1)?.intro).toBe('ab')
    expect(keeper.view().save.at).toBe('saved')
  })

  it('does not try again what the server will refuse again, until something changed', async () => {
    server.answer = async () => Promise.reject(refused('body_too_large', 413))
    keeper.change(intro('long'))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(server.sent).toHaveLength(1)
    expect(keeper.view().save).toMatchObject({ at: 'failed', retryAt: null })
    server.answer = async () => 2
    keeper.change(intro('short'))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(keeper.view().save.at).toBe('saved')
  })

  it('stops asking once the session is over, and still holds the text', async () => {
    server.answer = async () => Promise.reject(refused('session_expired', 401))
    keeper.change(intro('a'))
    await vi.advanceTimersByTimeAsync(1_000)
    keeper.change(intro('ab'))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(server.sent).toHaveLength(1)
    expect(keeper.view().document.intro).toBe('ab')
  })
})

describe('another tab saved first', () => {
  beforeEach(async () => {
    server.answer = async () => Promise.reject(refused('draft_conflict', 409))
    keeper.change(intro('mine'))
    await keeper.flush()
    server.answer = async () => 8
  })

  it('waits for the author, sending nothing', async () => {
    expect(keeper.view().save.at).toBe('conflict')
    keeper.change(intro('mine, longer'))
    await vi.advanceTimersByTimeAsync(60_000)
    expect(server.sent).toHaveLength(1)
  })

  it('loads the newer one and sets mine aside', async () => {
    await keeper.takeNewer()
    expect(keeper.view()).toMatchObject({ title: 'Newer', save: { at: 'saved' }, setAside: { document: { intro: 'mine' } } })
    keeper.takeBack()
    await vi.advanceTimersByTimeAsync(1_000)
    expect(server.sent.at(-1)).toEqual({ revision: 7, title: 'Quiz', intro: 'mine' })
    expect(keeper.view().setAside?.title).toBe('Newer')
  })

  it('keeps mine by saving it over the newer one', async () => {
    await keeper.keepMine()
    expect(server.sent.at(-1)).toEqual({ revision: 7, title: 'Quiz', intro: 'mine' })
    expect(keeper.view().save.at).toBe('saved')
  })
})

describe('publishing', () => {
  it('saves first, then publishes that revision', async () => {
    keeper.change(intro('a'))
    await keeper.publish()
    expect(server.sent).toHaveLength(1)
    expect(server.publish).toHaveBeenCalledWith(2)
    expect(keeper.view().save.at).toBe('saved')
  })

  it('does not publish what could not be saved', async () => {
    server.answer = async () => Promise.reject(new Error('no answer'))
    keeper.change(intro('a'))
    await expect(keeper.publish()).rejects.toThrow('no answer')
    expect(server.publish).not.toHaveBeenCalled()
  })

  it('leaves the draft alone when the server refuses, and goes on saving', async () => {
    server.publish.mockRejectedValueOnce(refused('activity_incomplete', 422))
    await expect(keeper.publish()).rejects.toThrow('activity_incomplete')
    expect(keeper.view().save.at).toBe('saved')
    keeper.change(intro('a'))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(server.sent).toHaveLength(1)
  })

  it('asks again what the draft lacks where its video has changed, and only where nothing is unsaved', async () => {
    const warning = { questionId: null, code: 'personal_data', message: 'A caption holds what looks like a mail address.' }
    server.newer = activity({ revision: 1, title: 'not taken', warnings: [warning] })
    await keeper.look()
    expect(keeper.view()).toMatchObject({ title: 'Quiz', warnings: [warning] })
    server.newer = activity({ revision: 9 })
    await keeper.look()
    expect(keeper.view().warnings).toEqual([warning])
    server.newer = activity({ revision: 1 })
    keeper.change(intro('typed'))
    await keeper.look()
    expect(keeper.view().warnings).toEqual([warning])
  })
})
