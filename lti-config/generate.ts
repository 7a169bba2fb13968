// Writes canvas.json and the guides in docs/lms from tool.ts. With --check it writes nothing, says what is stale and ends with 1.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { generated } from './generated.ts'

const home = new URL('../', import.meta.url)
const check = process.argv.includes('--check')

const wanted = generated()
// A guide whose source is gone goes too.
const left = readdirSync(new URL('docs/lms/', home))
  .map((it) => `docs/lms/${it}`)
  .filter((it) => !wanted.has(it))
const stale = [...wanted]
  .filter(([path, text]) => !existsSync(new URL(path, home)) || readFileSync(new URL(path, home), 'utf8') !== text)
  .map(([path]) => path)

if (check) {
  const all = [...stale, ...left]
  if (all.length > 0) process.stdout.write(`Stale: ${all.join(', ')}. Run npm run generate.\n`)
  process.exitCode = all.length > 0 ? 1 : 0
} else {
  for (const path of stale) writeFileSync(new URL(path, home), wanted.get(path) ?? '')
  for (const path of left) rmSync(new URL(path, home))
}
