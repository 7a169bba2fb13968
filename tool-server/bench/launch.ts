// `launch`: CPU of the tool's process per complete launch (login initiation, id_token, page) at 32 at once.
// Product: into the real player page, its attempt open already, web process alone, logging on. Anchor: stock ltijs into
// "It's alive!". Both on one PostgreSQL, a database each; learners keep their browsers' cookies.
// Not measured: the LMS's signature and the load itself (the bench's own process, on the same cores, so rates are pessimistic
// for whoever is fast), assets, TLS, the worker. PostgreSQL's CPU stands in a column of its own.
import { load } from './load.ts'
import type { Options } from './options.ts'
import { openClass, pageDataOf } from './product.ts'
import { alternate, type Contender, printRounds } from './rounds.ts'
import { onScene } from './scene.ts'
import { installStock, startStock } from './stock.ts'
import { Browser } from './walk.ts'

const atOnce = 32
const learnerCount = 256

export async function benchLaunch({ rounds, count = 1500, warmUp = 4000, profileDir }: Options): Promise<string> {
  const versions = installStock()
  return onScene(async ({ postgres, platform, product, send, undo }) => {
    const stock = await startStock(await postgres.create('stock'), platform)
    undo.push(() => stock.child.stop())
    process.stdout.write(`product against ${versions}; PostgreSQL ${postgres.version}; ${atOnce} at once, ${count} launches a round\n`)

    const learners = await openClass(product, platform, send, learnerCount)
    const visitors = learners.map((_, at) => new Browser(stock, platform, send, { id: `learner-${at}`, role: 'Learner' }))
    const productDeed = async (at: number) => void (await learners[at % learnerCount]?.browser.launch())
    const stockDeed = async (at: number) => void (await visitors[at % learnerCount]?.launch())
    checkPages(await learners[0]?.browser.launch(), learners[0]?.attempt.id, await visitors[0]?.launch())

    const pair: [Contender, Contender] = [
      { name: 'product', child: product.child, deed: productDeed },
      { name: 'stock', child: stock.child, deed: stockDeed },
    ]
    const verdict = printRounds(['product', 'stock'], await alternate(pair, { rounds, count, warmUp, atOnce }, postgres))
    const ours = await countOf(pair[0], platform)
    await countOf(pair[1], platform)
    return `launch: cpu ${verdict.cpu.toFixed(2)}x, rate ${verdict.rate.toFixed(1)}x, sql ${ours.sql}, fetches ${ours.fetches}`
  }, profileDir)
}

function checkPages(ours: string | undefined, attemptId: string | undefined, theirs: string | undefined): void {
  const data = pageDataOf(ours ?? '')
  if (data.island !== 'player' || data.player?.current?.id !== attemptId) throw new Error('a warm launch does not show the open attempt')
  if (theirs !== "It's alive!") throw new Error(`stock answers otherwise than its README: ${theirs?.slice(0, 200)}`)
}

/** SQL and fetches of 100 warm launches, apart from the timed rounds. BEGIN and COMMIT are no statements; a lone statement is a transaction. */
async function countOf({ name, child, deed }: Contender, platform: { fetches: number }): Promise<{ sql: number; fetches: number }> {
  const launches = 100
  // The pool may have let its connections go while the other contender ran.
  await load(launches, 4, deed)
  const before = platform.fetches
  const { statements, begins, alone, texts } = await child.countSql(() => load(launches, 4, deed))
  const each = (sum: number) => Number((sum / launches).toFixed(1))
  const fetches = each(platform.fetches - before)
  process.stdout.write(
    `${name}: ${each(statements)} SQL in ${each(begins + alone)} transactions (${each(begins)} BEGIN, ${each(alone)} lone), ${fetches} fetches per warm launch\n`,
  )
  for (const [text, times] of texts) process.stdout.write(`    ${each(times).toFixed(1)} x ${text}\n`)
  return { sql: each(statements), fetches }
}
