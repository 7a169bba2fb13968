// `answers`: CPU of the tool's process per durable answer save (one answer, committed before the 200) at 32 at once, keep-alive.
// Product: PUT /api/attempts/:id/answers, web process alone, logging on. Anchor: Express + Sequelize upsert (anchor-answers.ts).
// Both on one PostgreSQL, a database each; every learner has an open attempt and saves its questions in turn.
// Not measured: the browser's half of autosave, TLS, the load itself. With few learners the product's memory of sessions (10 s)
// is always warm, as in a class that is busy; `--learners 6000` is more than it remembers, so that every save looks its session up.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Child, freePort, home, startChild } from './child.ts'
import type { Send } from './http-client.ts'
import { load } from './load.ts'
import type { Options } from './options.ts'
import { type Learner, openClass, type ViewedQuestion } from './product.ts'
import { alternate, type Contender, printRounds } from './rounds.ts'
import { onScene } from './scene.ts'

const atOnce = 32

export async function benchAnswers({ rounds, count = 6000, warmUp = 6000, learners: size = 256, profileDir }: Options): Promise<string> {
  return onScene(async ({ postgres, platform, product, send, undo }) => {
    const learners = await openClass(product, platform, send, size)
    const anchor = await undo.later(startAnchor(await postgres.create('anchor'), learners))
    const plan = `${size} learners, ${atOnce} at once, ${count} saves a round`
    process.stdout.write(`product against ${versions()}; PostgreSQL ${postgres.version}; ${plan}\n`)

    const savers = learners.map(({ token, attempt }) => new Saver(token, attempt, send))
    const contender = (name: string, child: Child): Contender => ({
      name,
      child,
      deed: (at) => (savers[at % size] as Saver).save(child.origin),
    })
    const pair = [contender('product', product.child), contender('anchor', anchor)] as const
    const verdict = printRounds(['product', 'Express + Sequelize'], await alternate(pair, { rounds, count, warmUp, atOnce }, postgres))
    await load(size, atOnce, async (at) => {
      for (const { child } of pair) await savers[at]?.check(child.origin)
    })
    return `answers: cpu ${verdict.cpu.toFixed(2)}x, rate ${verdict.rate.toFixed(1)}x`
  }, profileDir)
}

function versions(): string {
  const { dependencies } = JSON.parse(readFileSync(join(home, 'tool-server/package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  return `Express ${dependencies.express} + Sequelize ${dependencies.sequelize}`
}

async function startAnchor(databaseUrl: string, learners: readonly Learner[]): Promise<Child> {
  const port = await freePort()
  const sessions = learners.map(({ token, attempt }) => ({ token, attemptId: attempt.id }))
  const args = [JSON.stringify({ databaseUrl, port, sessions })]
  return startChild({ script: 'tool-server/bench/anchor-answers.ts', args, env: { NODE_ENV: 'production' }, typescript: true, port })
}

/** One learner's saves: the questions in turn, `seq` rising. */
class Saver {
  private seq = 0
  private readonly acknowledged = new Map<string, number>()
  private readonly headers: Record<string, string>
  private readonly attempt: Learner['attempt']
  private readonly send: Send

  constructor(token: string, attempt: Learner['attempt'], send: Send) {
    this.headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    this.attempt = attempt
    this.send = send
  }

  async save(origin: string): Promise<void> {
    const { id, questions } = this.attempt
    const seq = ++this.seq
    const question = questions[seq % questions.length] as ViewedQuestion
    const body = JSON.stringify({ answers: [{ questionId: question.id, seq, value: valueFor(question, seq) }] })
    const reply = await this.send(`${origin}/api/attempts/${id}/answers`, { method: 'PUT', headers: this.headers, body })
    if (reply.status !== 200) throw new Error(`save: ${reply.status} ${reply.body.slice(0, 400)}`)
    this.acknowledged.set(`${origin} ${question.id}`, seq)
  }

  /** What was acknowledged is held. */
  async check(origin: string): Promise<void> {
    const reply = await this.send(`${origin}/api/attempts/${this.attempt.id}`, { method: 'GET', headers: this.headers })
    const { answers } = JSON.parse(reply.body) as { answers: { questionId: string; seq: number }[] }
    for (const { id } of this.attempt.questions) {
      const [given, held] = [this.acknowledged.get(`${origin} ${id}`), answers.find((it) => it.questionId === id)?.seq]
      if (given !== held) throw new Error(`${origin} acknowledged seq ${given} of an answer and holds ${held}`)
    }
  }
}

function valueFor({ kind, ...view }: ViewedQuestion, seq: number): object {
  const ids = (list: { id: string }[] | undefined): string[] => (list ?? []).map(({ id }) => id)
  const choices = ids(view.choices)
  if (kind === 'single-choice') return { kind, choiceId: choices[seq % choices.length] ?? null }
  if (kind === 'multiple-choice') return { kind, choiceIds: choices.slice(0, 1 + (seq % choices.length)) }
  if (kind === 'true-false') return { kind, value: seq % 2 === 0 }
  if (kind === 'ordering') return { kind, itemIds: ids(view.items) }
  if (kind === 'matching')
    return { kind, matches: ids(view.prompts).map((promptId, at) => ({ promptId, matchId: ids(view.matches)[at] ?? '' })) }
  return { kind, text: String(seq) }
}
