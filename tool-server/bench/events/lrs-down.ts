// Answers and submits while the LRS is away, against the same while it takes everything: web, worker and LRS are processes of their own.
import { loadConfig } from '../../src/kernel/config.ts'
import { closeDatabase, openDatabase, queryAlone } from '../../src/kernel/db.ts'
import { setLogLevel } from '../../src/kernel/log.ts'
import { forgetMasterKey } from '../../src/kernel/secrets.ts'
import { saveLrs } from '../../src/modules/analytics/lrs/desk.ts'
import { type Child, freePort, startChild } from '../child.ts'
import { httpClient } from '../http-client.ts'
import { load, median, quantile } from '../load.ts'
import { startPlatform } from '../platform.ts'
import type { Postgres } from '../postgres.ts'
import { type Learner, openClass, startProduct } from '../product.ts'
import { Undo } from '../undo.ts'

const atOnce = 8
const savesEach = 8

interface Times {
  answer: number[]
  submit: number[]
}

export async function benchLrsDown(postgres: Postgres, rounds: number, size: number): Promise<number> {
  const undo = new Undo()
  try {
    const platform = await undo.later(startPlatform())
    const client = httpClient()
    undo.push(async () => client.close())
    const databaseUrl = await postgres.create('lrs_down')
    const product = await undo.later(startProduct(databaseUrl, platform))
    const worker = await product.startWorker()
    undo.push(() => worker.stop())
    loadConfig({ ...product.env, LOG_LEVEL: 'silent' })
    setLogLevel('silent')
    forgetMasterKey()
    await openDatabase(databaseUrl, 2)
    undo.push(closeDatabase)
    const port = await freePort()
    const learners = await openClass(product, platform, client.send, size * (2 * rounds + 1))
    const [school] = await queryAlone<{ id: string }>('select institution_id as id from people limit 1')
    const usual = { lrsId: null, name: 'Bench', xapiVersion: '1.0.3', actor: 'account', events: null } as const
    const url = `http://127.0.0.1:${port}/xapi`
    await saveLrs({ ...usual, institutionId: school?.id ?? '', url, username: 'key', password: 'open-sesame' })
    // The other processes look again within two seconds.
    await new Promise((later) => setTimeout(later, 2500))
    let lrs: Child | undefined
    const be = async (up: boolean): Promise<void> => {
      const env = { PATH: process.env.PATH ?? '' }
      if (up) lrs ??= await startChild({ script: 'tool-server/bench/lrs-process.ts', args: [String(port)], env, typescript: true, port })
      else {
        await lrs?.stop()
        lrs = undefined
      }
      await settled(up)
    }
    undo.push(async () => lrs?.stop())
    const play = async (): Promise<Times> => {
      const some = learners.splice(0, size)
      const times: Times = { answer: [], submit: [] }
      times.answer = (await load(size * savesEach, atOnce, (at) => save(some[at % size] as Learner, at))).times
      times.submit = (await load(size, atOnce, (at) => submit(some[at] as Learner))).times
      return times
    }
    const call = async (method: 'PUT' | 'POST', path: string, token: string, body: object): Promise<void> => {
      const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
      const reply = await client.send(product.origin + path, { method, headers, body: JSON.stringify(body) })
      if (reply.status !== 200) throw new Error(`${method} ${path}: ${reply.status} ${reply.body.slice(0, 400)}`)
    }
    const save = ({ token, attempt: { id, questions } }: Learner, at: number): Promise<void> => {
      const typed = questions.find(({ kind }) => kind === 'single-choice')
      const value = { kind: 'single-choice', choiceId: typed?.choices?.[at % 2]?.id ?? null }
      return call('PUT', `/api/attempts/${id}/answers`, token, { answers: [{ questionId: typed?.id, seq: at + 1, value }] })
    }
    const submit = ({ token, attempt: { id } }: Learner): Promise<void> =>
      call('POST', `/api/attempts/${id}/submit`, token, { key: crypto.randomUUID(), answers: [] })

    process.stdout.write(`LRS down: ${size} learners a round, ${savesEach} answers and a submit each, ${atOnce} at once\n`)
    await be(true)
    await play()
    const ratios = { answer: [] as number[], submit: [] as number[] }
    for (let round = 1; round <= rounds; round++) {
      const order = round % 2 === 1 ? [true, false] : [false, true]
      const times = new Map<boolean, Times>()
      for (const up of order) {
        await be(up)
        times.set(up, await play())
      }
      const cells = (['answer', 'submit'] as const).map((what) => {
        const [up, down] = [times.get(true)?.[what] ?? [], times.get(false)?.[what] ?? []]
        const ratio = quantile(down, 0.5) / quantile(up, 0.5)
        ratios[what].push(ratio)
        const of = (all: number[]) => `${quantile(all, 0.5).toFixed(1)}/${quantile(all, 0.95).toFixed(1)}`
        return `${what} p50/p95 ms ${of(down)} down, ${of(up)} up, ${ratio.toFixed(2)}x`
      })
      process.stdout.write(`round ${round}  ${cells.join('; ')}\n`)
    }
    const [answer, handIn] = [median(ratios.answer), median(ratios.submit)]
    const worst = `worst ${Math.max(...ratios.answer).toFixed(2)}x, ${Math.max(...ratios.submit).toFixed(2)}x`
    process.stdout.write(`median: answer ${answer.toFixed(2)}x, submit ${handIn.toFixed(2)}x; ${worst}\n\n`)
    return Math.max(answer, handIn)
  } finally {
    await undo.all()
  }
}

/** Nothing of the play before is under way any more; while the LRS is away, what waits for it waits. */
async function settled(up: boolean): Promise<void> {
  for (;;) {
    const [left] = await queryAlone(
      "select 1 from deliveries where state = 'due' and ($1 or listener <> 'analytics.forward-statements') limit 1",
      [up],
    )
    if (!left) return
    await new Promise((later) => setTimeout(later, 50))
  }
}
