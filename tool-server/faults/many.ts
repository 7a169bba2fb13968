// An LMS is away at the end of a large exam, and comes back: by hand with ten thousand learners (`--learners 10000`), in the suite with few.
import { startPostgres } from '../bench/postgres.ts'
import { Undo } from '../bench/undo.ts'
import { setLogLevel } from '../src/kernel/log.ts'
import { migrate } from '../src/kernel/migrations.ts'
import { startSchool, type TestSchool } from '../tests/_app.ts'
import { lmsComesBack, manyGradesEnv } from '../tests/_many-grades.ts'
import type { Family, Row } from './family.ts'

const usual = 60
const mostAtOnce = 6

export const many: Family = {
  name: 'many',
  async open({ learners = usual }) {
    const undo = new Undo()
    try {
      const postgres = await undo.later(startPostgres())
      const url = await postgres.create('many-grades')
      await migrate(url)
      const school = await startSchool({ env: manyGradesEnv, database: { url, drop: async () => undefined } })
      undo.push(() => school.stop())
      setLogLevel('silent')
      return { rows: [backRow(school, learners)], close: () => undo.all() }
    } catch (error) {
      await undo.all()
      throw error
    }
  },
}

function backRow(school: TestSchool, learners: number): Row {
  return {
    name: 'lms-back',
    does: `the LMS is away while ${learners} learners hand in, a third of them twice`,
    holds: `all newest grades arrive, once, ${mostAtOnce} calls at a time at most`,
    async play() {
      const { meanwhile, most, statuses: _statuses, older, wrong, tookMs, ...counts } = await lmsComesBack(school, learners)
      if (learners !== usual)
        process.stdout.write(`${learners} grades ${(tookMs / 1000).toFixed(1)} s after the LMS was back, ${most} at once\n`)
      return [
        ...Object.entries({ ...counts, waiting: meanwhile.waiting }).flatMap(([what, count]) =>
          count === learners ? [] : [`${what}: ${count} and not ${learners}`],
        ),
        ...Object.entries({ older, wrong, 'taken while away': meanwhile.accepted }).flatMap(([what, count]) =>
          count === 0 ? [] : [`${what}: ${count}`],
        ),
        ...(most > mostAtOnce ? [`${most} calls at once`] : []),
      ]
    },
  }
}
