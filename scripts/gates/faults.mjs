// The faults: a few runs of every row of every family (`npm run faults` plays hundreds), each row a test. The command that
// plays again what was violated is printed. Most rows wait for most of their time, so two commands run side by side: these families, and
// all others. Each family has a database of its own.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bin, runCommand } from './run-command.mjs'

const runs = 5
/** The same moments at every run of the suite: `npm run faults` draws others. */
const seed = 'suite'
const some = ['ags', 'media']
const lanes = { 'ags and media': some, 'the other families': some.flatMap((name) => ['--without', name]) }

export async function faults() {
  const results = await Promise.all(Object.entries(lanes).map(played))
  return {
    passed: results.reduce((sum, it) => sum + it.passed, 0),
    failures: results.flatMap((it) => it.failures),
    skipped: 0,
  }
}

async function played([lane, families]) {
  const folder = mkdtempSync(join(tmpdir(), 'cuepoint-report-'))
  const file = join(folder, 'faults.json')
  try {
    const args = ['tool-server/faults/main.ts', ...families, '--runs', String(runs), '--seed', seed, '--report', file]
    const { code } = await runCommand(process.execPath, [bin('tsx/dist/cli.mjs'), ...args], { minutes: 12 })
    return read(file, code, lane)
  } catch (error) {
    return { passed: 0, failures: [`${lane}: ${error.message}`] }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function read(file, code, lane) {
  let rows
  try {
    rows = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw new Error(`ended (${code}) without a report`)
  }
  const wrong = rows.filter((it) => it.violations.length > 0)
  const failures = wrong.map((it) => `${it.family} ${it.row}: ${it.violations[0]}`)
  if (code !== 0 && failures.length === 0) failures.push(`${lane} ended with ${code} though nothing was violated: see the output`)
  return { passed: rows.length - wrong.length, failures }
}
