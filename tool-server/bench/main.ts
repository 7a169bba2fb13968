// npm run bench -- launch|answers|scores|events|transcode|weight: side by side in one run, each contender a process of its own, the anchor's versions
// pinned (design.md section 10). The last line is the figure.
import { cpus, totalmem } from 'node:os'
import { benchAnswers } from './answers.ts'
import { benchEvents } from './events.ts'
import { benchLaunch } from './launch.ts'
import { readOptions } from './options.ts'
import { benchScores } from './scores.ts'
import { benchTranscode } from './transcode.ts'
import { benchWeight } from './weight.ts'

const benches = {
  launch: benchLaunch,
  answers: benchAnswers,
  scores: benchScores,
  events: benchEvents,
  transcode: benchTranscode,
  weight: benchWeight,
}

try {
  const { name, options } = readOptions(Object.keys(benches))
  const machine = `${process.platform} ${process.arch}, ${cpus().length} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`
  process.stdout.write(`${name}: Node ${process.versions.node}, ${machine}\n`)
  const figure = await benches[name as keyof typeof benches](options)
  process.stdout.write(`${figure}\n`)
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
