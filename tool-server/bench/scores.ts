// `scores`: CPU of the tool's process per score that reaches the gradebook, and how many arrive per second.
// Product: a worker process as an operator runs it, from the commit of the Results to the last delivery done, the student's sync light
// included; up to six calls at a time, as LMSs bear it. Anchor: stock ltijs, `Grade.submitScore` at 32 at once (it has no queue: what
// fails there is lost). Both on one PostgreSQL, a database each, the same LMS, which takes every score at once.
// Not measured: what hands in (the web process), the LMS, TLS. `tokens`: requests for an access token by a worker that starts without
// one and finds 32 scores. `lost`: scores of all rounds that are not in the gradebook at the end.
import type { Send } from './http-client.ts'
import { type Load, load } from './load.ts'
import type { Options } from './options.ts'
import type { Platform } from './platform.ts'
import { openClass } from './product.ts'
import { alternate, printRounds } from './rounds.ts'
import { onScene } from './scene.ts'
import { openFeed } from './score-feed.ts'
import { installStock, startStock } from './stock.ts'

const atOnce = 32

export async function benchScores({ rounds, count = 3000, warmUp = 12_000, profileDir }: Options): Promise<string> {
  const versions = installStock()
  return onScene(async ({ postgres, platform, product, send, undo }) => {
    await openClass(product, platform, send, 1)
    const feed = await undo.later(openFeed(product.env, Math.max(count, warmUp)))
    const stock = await startStock(await postgres.create('stock'), platform)
    undo.push(() => stock.child.stop())
    process.stdout.write(`product against ${versions}; PostgreSQL ${postgres.version}; ${count} scores a round\n`)

    const gradebook = new Gradebook(platform)
    const submit = submitter(stock.origin, send)
    const cold = { product: 0, stock: 0, failed: 0 }
    await tokensOf(platform, async () => {
      await load(atOnce, atOnce, (at) => submit(at).catch(() => void cold.failed++))
    }).then((tokens) => Object.assign(cold, { stock: tokens }))
    // The anchor must have a token before it is measured.
    await submit(0)

    const lost = new Map<string, number>()
    const deliver = async (scores: number): Promise<Load> => {
      const given = await feed.handIn(scores)
      const arrived = await gradebook.arrivals(given.scores, given.committedAt)
      await feed.settled()
      for (const [person, score] of given.scores) lost.set(person, score)
      return arrived
    }
    const before = platform.tokenRequests
    const given = await feed.handIn(atOnce)
    const worker = await product.startWorker(profileDir)
    undo.push(() => worker.stop())
    await gradebook.arrivals(given.scores, given.committedAt)
    cold.product = platform.tokenRequests - before
    process.stdout.write(`${atOnce} scores without a token: product ${cold.product} token requests, 0 failed; `)
    process.stdout.write(`stock ${cold.stock} token requests, ${cold.failed} failed\n`)

    const pair = [
      { name: 'product', child: worker, deed: async () => undefined, play: deliver },
      { name: 'stock', child: stock.child, deed: submit },
    ] as const
    const verdict = printRounds(['product', 'stock'], await alternate(pair, { rounds, count, warmUp, atOnce, leadIn: 300 }, postgres))
    const missing = [...lost].filter(([person, score]) => gradebook.held.get(person) !== score).length
    const { cpu, rate } = verdict
    return `scores: cpu ${cpu.toFixed(2)}x, rate ${rate.toFixed(1)}x, tokens ${cold.product}, lost ${missing}`
  })
}

async function tokensOf(platform: Platform, deed: () => Promise<void>): Promise<number> {
  const before = platform.tokenRequests
  await deed()
  return platform.tokenRequests - before
}

function submitter(origin: string, send: Send): (at: number) => Promise<void> {
  return async (at) => {
    const answer = await send(`${origin}/score/stock-${at}/${(at % 1000) / 100}`, { method: 'POST' })
    if (answer.status !== 200) throw new Error(`stock: ${answer.status} ${answer.body.slice(0, 200)}`)
  }
}

/** What the LMS holds, and who waits for what. */
class Gradebook {
  readonly held = new Map<string, number>()
  private waitedFor = new Map<string, number>()
  private arrived: (() => void) | undefined
  private times: number[] = []
  private since = 0

  constructor(platform: Platform) {
    platform.onScore = (person, score) => this.take(person, score)
  }

  /** Resolves when all of these stand in the gradebook; `times` are from the commit to the arrival of each. */
  async arrivals(scores: ReadonlyMap<string, number>, committedAt: number): Promise<Load> {
    this.since = committedAt
    this.times = []
    this.waitedFor = new Map([...scores].filter(([person, score]) => this.held.get(person) !== score))
    const all = new Promise<void>((resolve) => {
      this.arrived = resolve
    })
    const late = setTimeout(() => process.stderr.write(`${this.waitedFor.size} scores have not arrived for 60 s\n`), 60_000)
    if (this.waitedFor.size > 0) await all
    clearTimeout(late)
    return { seconds: (performance.now() - committedAt) / 1000, times: this.times.sort((a, b) => a - b) }
  }

  private take(person: string, score: number): void {
    this.held.set(person, score)
    if (this.waitedFor.get(person) !== score) return
    this.waitedFor.delete(person)
    this.times.push(performance.now() - this.since)
    if (this.waitedFor.size === 0) this.arrived?.()
  }
}
