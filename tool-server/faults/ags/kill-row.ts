// A worker process that is killed (SIGKILL) while scores are under way: before, at and after the moment in which the LMS takes one.
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { config } from '../../src/kernel/config.ts'
import type { Row } from '../family.ts'
import { startKilledWorker } from '../killed-worker.ts'
import { type Stage, scoreListeners } from './stage.ts'

function startWorker(stage: Stage): Promise<ChildProcess> {
  const { port, dataDir } = config()
  const env = {
    NODE_ENV: 'test',
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: stage.databaseUrl,
    ALLOW_LOOPBACK: 'true',
    LOG_LEVEL: 'silent',
  }
  return startKilledWorker({ movedMs: stage.clock.lms() - Date.now(), env, listeners: scoreListeners })
}

export function killRow(stage: Stage): Row {
  return {
    name: 'worker-killed',
    does: 'the worker is killed between the moment the LMS takes a score and the moment that is noted, or near it',
    holds: 'the next worker brings the rest; the same time again, no second submission',
    async play(chance) {
      const run = await stage.begin(chance)
      const child = await startWorker(stage)
      const exited = once(child, 'exit')
      try {
        await run.handIn(chance.whole(3, 10))
        const at = chance.whole(1, 3)
        const afterMs = chance.one([0, 0, 1, 3, 8, 20])
        let calls = 0
        run.lms.faults.ags = ({ kind }) => {
          if (kind !== 'score' || ++calls !== at) return undefined
          // 0: in the turn of the event loop in which the LMS stores the score; its answer finds nobody.
          if (afterMs === 0) child.kill('SIGKILL')
          else setTimeout(() => child.kill('SIGKILL'), afterMs)
          return undefined
        }
        child.stdin?.write('go\n')
        await exited
      } finally {
        child.kill('SIGKILL')
      }
      run.lms.faults.clear()
      await run.handIn(chance.whole(0, 3))
      await run.settle()
      return run.differences()
    },
  }
}
