// An LRS that refuses: one statement, too much at once, what it has already, everything, or us; and the school beside it.
import type { Json } from '../../../fixtures/lrs/stub.ts'
import { queryAlone } from '../../src/kernel/db.ts'
import { resend } from '../../src/kernel/events/backlog.ts'
import { switchLrs } from '../../src/modules/analytics/lrs/desk.ts'
import type { Row } from '../family.ts'
import { differences } from './comparison.ts'
import type { Run, Stage } from './stage.ts'

const forwarding = 'analytics.forward-statements'

async function standing({ site }: Run): Promise<string> {
  const [row] = await queryAlone<{ state: string }>('select state from lrs_endpoints where id = $1', [site.lrsId])
  return row?.state ?? 'gone'
}

export function refusalRows(stage: Stage): Row[] {
  return [
    {
      name: 'lrs-refuses-some',
      does: 'the LRS refuses some statements (400 for the whole call), until it is mended and they are sent again',
      holds: 'those are parked with its words, all others arrive in order; afterwards each is there once',
      async play(chance) {
        const run = await stage.begin(chance)
        const { stub, site } = run
        const bad = new Set<string>()
        const verdicts = new Map<string, boolean>()
        const isBad = (it: Json): boolean => {
          const known = verdicts.get(it.id) ?? (verdicts.size > 0 && chance.isTrue(0.08) && bad.size < 6)
          verdicts.set(it.id, known)
          if (known) bad.add(it.id)
          return known
        }
        stub.against = (it) => (isBad(it) ? `I do not like ${it.id}` : undefined)
        await run.storm()
        await run.settle()
        const wrong = await differences(site, { refused: bad })
        const parked = await queryAlone<{ last_error: string }>(
          `select last_error from deliveries where listener = $1 and state = 'parked'`,
          [forwarding],
        )
        if (bad.size > 0 && parked.length === 0) wrong.push('nothing is parked')
        for (const { last_error } of parked) if (!/I do not like [0-9a-f-]{36}/.test(last_error)) wrong.push(`parked with: ${last_error}`)
        stub.against = () => undefined
        await resend({ listener: forwarding })
        await run.settle()
        return [...wrong, ...(await differences(site, { late: bad.size > 0 }))]
      },
    },
    {
      name: 'lrs-too-large',
      does: 'the LRS takes few statements in a call, or few bytes (413)',
      holds: 'calls are split until they fit; each statement arrives once, in order, none is parked',
      async play(chance) {
        const run = await stage.begin(chance)
        const [count, bytes] = chance.isTrue() ? [chance.whole(1, 5), 1e9] : [1e9, chance.whole(2500, 9000)]
        run.stub.mood = (sent) => (sent.length > count || JSON.stringify(sent).length > bytes ? { is: 'status', status: 413 } : undefined)
        await run.storm()
        await run.settle()
        return run.differences()
      },
    },
    {
      name: 'lrs-has-it-already',
      does: 'the database is put back to a moment before deliveries were noted (a backup), and the LRS answers 409 to what it has',
      holds: 'equal content counts as done: nothing is parked, each statement is there once',
      async play(chance) {
        const run = await stage.begin(chance)
        await run.storm(async () => {
          if (chance.isTrue(0.6)) return
          run.stub.isStrict = true
          await queryAlone(
            `update deliveries set state = 'due', attempts = 0, finished_at = null
             where listener = $1 and state = 'done' and id > (select max(id) - $2 from deliveries)`,
            [forwarding, chance.whole(1, 40)],
          )
        })
        await run.settle()
        return run.differences()
      },
    },
    {
      name: 'lrs-shuts-us-out',
      does: 'the LRS answers 401 or 403 for a while, or refuses whatever comes; an administrator resumes it later',
      holds: 'it is paused and asked no more; after "resume" each statement arrives once, in order',
      async play(chance) {
        const run = await stage.begin(chance)
        const { stub, site } = run
        const status = chance.one([401, 403])
        let calls = 0
        const at = chance.whole(1, 6)
        stub.mood = () => (++calls >= at ? { is: 'status', status, body: 'this key is no good' } : undefined)
        await run.storm()
        await stage.worker.work()
        const wrong: string[] = []
        if (calls >= at) {
          if ((await standing(run)) !== 'refused') wrong.push(`the LRS is ${await standing(run)}`)
          const asked = calls
          stage.clock.advance(chance.whole(1, 10) * 3_600_000)
          await stage.worker.work()
          if (calls > asked) wrong.push(`it was asked ${calls - asked} times while it was paused`)
        }
        stub.mood = () => undefined
        await switchLrs(site.lrsId, true)
        await run.settle()
        return [...wrong, ...(await run.differences())]
      },
    },
    {
      name: 'lrs-of-a-neighbour',
      does: "another school's LRS is away, hangs on to errors or shuts us out",
      holds: 'this school’s statements go on at once, and none reaches the other (I5, I6)',
      async play(chance) {
        const run = await stage.begin(chance, { schools: 2 })
        const [here, beside] = [run.sites[0], run.sites[1]]
        if (!here || !beside) throw new Error('there are no two schools')
        const status = chance.one([401, 429, 500, 503])
        beside.stub.mood = () => ({ is: 'status', status })
        await run.storm()
        const before = stage.clock.movedMs
        await stage.worker.work()
        const wrong = (await differences(here)).map((it) => `the school that nothing happened to: ${it}`)
        if (stage.clock.movedMs > before) wrong.push('it had to wait')
        beside.stub.mood = () => undefined
        await switchLrs(beside.lrsId, true)
        await run.settle()
        return [...wrong, ...(await run.differences())]
      },
    },
  ]
}
