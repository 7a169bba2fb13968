// The stage of the AGS and JWKS rows: the product's web process with a database of its own, a Moodle and a Canvas, a class at each,
// clocks that are moved by hand, and a worker that runs when it is told to.
import { startLms } from '../../../fixtures/lms-simulator/index.ts'
import { startPostgres } from '../../bench/postgres.ts'
import { Undo } from '../../bench/undo.ts'
import { addPlatform } from '../../src/app/platforms.ts'
import { queryAlone } from '../../src/kernel/db.ts'
import { onWork } from '../../src/kernel/events/listeners.ts'
import { setLogLevel } from '../../src/kernel/log.ts'
import { migrate } from '../../src/kernel/migrations.ts'
import { setPatience } from '../../src/kernel/safe-fetch.ts'
import { startSchool, type TestSchool } from '../../tests/_app.ts'
import { type Placed, placeSample } from '../../tests/_journey.ts'
import type { Chance } from '../chance.ts'
import { HandWorker, Unsettled } from '../hand-worker.ts'
import { MovedClock } from '../moved-clock.ts'
import { differences, type Fate } from './comparison.ts'
import { handIn, openClass, type SchoolClass, type Seat } from './school-class.ts'

const usualSize = 10

/** What a score goes through. */
export const scoreListeners = ['lti.send-score', 'lti.send-again']

export type LmsName = 'moodle' | 'canvas'

export class Stage {
  readonly clock = new MovedClock()
  readonly worker = new HandWorker(this.clock, scoreListeners)
  databaseUrl = ''
  private readonly schools = new Map<LmsName, TestSchool>()
  private readonly placed = new Map<LmsName, Placed>()
  private readonly classes = new Map<string, SchoolClass>()
  private readonly undo = new Undo()

  async open(): Promise<void> {
    this.clock.install()
    this.undo.push(async () => this.clock.uninstall())
    const postgres = await this.undo.later(startPostgres())
    this.databaseUrl = await postgres.create('faults')
    await migrate(this.databaseUrl)
    const database = { url: this.databaseUrl, drop: async () => undefined }
    const school = await startSchool({ worker: false, env: { LOG_LEVEL: 'silent', DATABASE_POOL: '50' }, database, clock: this.clock.lms })
    this.undo.push(() => school.stop())
    setLogLevel('silent')
    // Nobody hears wake-ups: the worker looks at the rows.
    onWork(() => undefined)
    const lms = await startLms({ port: 0, toolOrigin: school.origin, quiet: true, profile: 'canvas', clock: this.clock.lms })
    this.undo.push(() => lms.stop())
    // Its rate bucket is another row's fault.
    lms.quirks.throttle = null
    lms.quirks.serviceMs = 0
    await addPlatform(lms.registration as Parameters<typeof addPlatform>[0])
    this.schools.set('moodle', school)
    this.schools.set('canvas', { ...school, lms })
  }

  close(): Promise<void> {
    return this.undo.all()
  }

  school(name: LmsName): TestSchool {
    const found = this.schools.get(name)
    if (!found) throw new Error(`there is no ${name}`)
    return found
  }

  /** A class that rows share; `of` names one of its own for a row that breaks more than scores. */
  async classAt(name: LmsName, of = 'all', size = usualSize): Promise<SchoolClass> {
    const key = `${name} ${of}`
    const known = this.classes.get(key)
    if (known) return known
    const school = this.school(name)
    const placed = this.placed.get(name) ?? (await placeSample(school))
    this.placed.set(name, placed)
    const made = await openClass(school, placed, size)
    this.classes.set(key, made)
    return made
  }

  /** Begins a run: nothing is wrong any more, nothing was sent yet. */
  async begin(chance: Chance, how: { lms?: LmsName; of?: string; size?: number } = {}): Promise<Run> {
    setPatience()
    this.clock.toolOff = 0
    for (const { lms } of this.schools.values()) {
      lms.faults.clear()
      lms.scores.length = 0
      lms.calls.length = 0
    }
    const name = how.lms ?? chance.one(['moodle', 'canvas'] as const)
    return new Run(this, chance, name, await this.classAt(name, how.of, how.size))
  }

  /** After a violation what is left of it must not spoil the next run. */
  async forget(): Promise<void> {
    this.classes.clear()
    await queryAlone(`update deliveries set state = 'done' where state <> 'done'`)
  }
}

/** One run at one class. */
export class Run {
  readonly stage: Stage
  readonly chance: Chance
  readonly lmsName: LmsName
  readonly class: SchoolClass
  /** Scores so far. */
  handedIn = 0
  private readonly unsettled: string[] = []

  constructor(stage: Stage, chance: Chance, lmsName: LmsName, of: SchoolClass) {
    this.stage = stage
    this.chance = chance
    this.lmsName = lmsName
    this.class = of
  }

  get lms() {
    return this.class.lms
  }

  get school() {
    return this.stage.school(this.lmsName)
  }

  /** So many learners have a new score. */
  async handIn(count: number, of: SchoolClass = this.class): Promise<Seat[]> {
    return this.handInOf(this.chance.some(of.seats, count), of)
  }

  async handInOf(seats: Seat[], of: SchoolClass = this.class): Promise<Seat[]> {
    await handIn(of, seats, this.chance)
    this.handedIn += seats.length
    return seats
  }

  /** A busy while: learners hand in, some several times, the worker works in between or does not, time goes on. */
  async storm(): Promise<void> {
    const bursts = this.chance.whole(1, 3)
    for (let burst = 0; burst < bursts; burst++) {
      await this.handIn(this.chance.whole(2, 6))
      if (this.chance.isTrue(0.6)) await this.stage.worker.work()
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

  async differences(fateOf?: (seat: Seat) => Fate): Promise<string[]> {
    return [...this.unsettled, ...(await differences(this.class, fateOf))]
  }
}
