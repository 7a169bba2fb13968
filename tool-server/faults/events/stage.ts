// The stage of the rows of LRSs and the outbox: a database of its own, schools with learners at work, LRSs that may be told to misbehave, a
// clock that is moved by hand, and a worker that runs when it is told to.
import { randomBytes } from 'node:crypto'
import { startStubLrs } from '../../../fixtures/lrs/stub.ts'
import { startPostgres } from '../../bench/postgres.ts'
import { Undo } from '../../bench/undo.ts'
import { openConfiguredDatabase } from '../../src/app/process.ts'
import { loadConfig } from '../../src/kernel/config.ts'
import { queryAlone } from '../../src/kernel/db.ts'
import { listenerNamed, onWork, registerListeners } from '../../src/kernel/events/listeners.ts'
import { setLogLevel } from '../../src/kernel/log.ts'
import { migrate } from '../../src/kernel/migrations.ts'
import { setPatience } from '../../src/kernel/safe-fetch.ts'
import { forgetMasterKey } from '../../src/kernel/secrets.ts'
import { forgetLrs } from '../../src/modules/analytics/lrs/endpoints.ts'
import { forgetRests } from '../../src/modules/analytics/lrs/standing.ts'
import type { Chance } from '../chance.ts'
import { HandWorker, Unsettled } from '../hand-worker.ts'
import { MovedClock } from '../moved-clock.ts'
import { differences } from './comparison.ts'
import { openSite, type Site } from './site.ts'

/** What a learner's deed goes through. */
export const learningListeners = ['analytics.keep-statements', 'analytics.forward-statements', 'analytics.keep-insight']

export class Stage {
  readonly clock = new MovedClock()
  readonly worker = new HandWorker(this.clock, learningListeners)
  env: Record<string, string> = {}
  private readonly undo = new Undo()
  private readonly stubs = [startStubLrs(), startStubLrs()] as const

  async open(): Promise<void> {
    this.clock.install()
    this.undo.push(async () => {
      setPatience()
      this.clock.uninstall()
    })
    for (const stub of this.stubs) await this.undo.later(stub)
    const postgres = await this.undo.later(startPostgres())
    const DATABASE_URL = await postgres.create('events_faults')
    await migrate(DATABASE_URL)
    this.env = {
      ...{ NODE_ENV: 'test', ALLOW_LOOPBACK: 'true', LOG_LEVEL: 'silent', PUBLIC_URL: 'http://tool.example', DATABASE_POOL: '20' },
      ...{ DATABASE_URL, MASTER_KEY: randomBytes(32).toString('base64') },
    }
    loadConfig(this.env)
    forgetMasterKey()
    setLogLevel('silent')
    const database = await openConfiguredDatabase()
    this.undo.push(database.close)
    // What else hears of these events is other rows' business.
    registerListeners(learningListeners.flatMap((name) => listenerNamed(name) ?? []))
    // Nobody hears wake-ups: the worker looks at the rows.
    onWork(() => undefined)
  }

  close(): Promise<void> {
    return this.undo.all()
  }

  /** Begins a run: nothing is wrong any more, new schools, nothing was told yet. */
  async begin(chance: Chance, how: { schools?: 1 | 2; learners?: number } = {}): Promise<Run> {
    setPatience()
    this.clock.toolOff = 0
    forgetRests()
    await queryAlone('delete from deliveries')
    await queryAlone('update lrs_endpoints set deleted_at = now() where deleted_at is null')
    forgetLrs()
    const sites: Site[] = []
    for (const starting of this.stubs.slice(0, how.schools ?? 1)) {
      const stub = await starting
      stub.forget()
      sites.push(await openSite(stub, chance, how.learners ?? chance.whole(1, 3)))
    }
    return new Run(this, chance, sites)
  }
}

/** One run. */
export class Run {
  readonly stage: Stage
  readonly chance: Chance
  readonly sites: readonly Site[]
  /** A page whose call was cut makes it again: set where calls are cut. */
  insists = false
  private readonly unsettled: string[] = []

  constructor(stage: Stage, chance: Chance, sites: readonly Site[]) {
    this.stage = stage
    this.chance = chance
    this.sites = sites
  }

  /** The first school. */
  get site(): Site {
    return this.sites[0] as Site
  }

  get stub() {
    return this.site.stub
  }

  get hasMore(): boolean {
    return this.sites.some(({ learners }) => learners.some((it) => it.hasMore))
  }

  /** So many deeds, of learners by chance. */
  async deeds(count: number): Promise<void> {
    for (let done = 0; done < count && this.hasMore; done++) {
      const learners = this.sites.flatMap((site) => site.learners.filter((it) => it.hasMore))
      const learner = this.chance.one(learners)
      for (let tries = 0; ; tries++) {
        try {
          await learner.goOn()
          break
        } catch (error) {
          if (!this.insists || tries === 30) throw error
          await new Promise((later) => setTimeout(later, 5))
        }
      }
    }
  }

  /** Everything that the learners have to do, in bursts; the worker works in between or does not, time goes on. `each`: after a burst. */
  async storm(each?: () => Promise<unknown> | unknown): Promise<void> {
    while (this.hasMore) {
      await this.deeds(this.chance.whole(1, 12))
      if (this.chance.isTrue(0.7)) await this.stage.worker.work()
      await each?.()
      this.stage.clock.advance(this.chance.one([0, 0, 300, 5_000, 120_000]))
    }
  }

  /** What does not settle is told with what is then not as it should be. */
  async settle(): Promise<void> {
    await this.stage.worker.settle().catch((error: unknown) => {
      if (!(error instanceof Unsettled)) throw error
      this.unsettled.push(error.message)
    })
  }

  /** All has arrived where it belongs, once and in order, and every figure is what was done. */
  async differences(): Promise<string[]> {
    const all: string[] = [...this.unsettled]
    for (const site of this.sites) all.push(...(await differences(site)))
    return all
  }
}

/** Works like the runner of lanes: a turn that failed (a cut line, two workers that met) is begun again. */
export async function workOn(worker: HandWorker): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      return await worker.work()
    } catch (error) {
      if (tries === 40) throw error
      await new Promise((later) => setTimeout(later, 10))
    }
  }
}
