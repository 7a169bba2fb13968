// The two suites that Vitest runs: unit (no server needed) and stack (a real PostgreSQL, which npm brings, and a real Redis).
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { ensureLrs } from '../ensure-lrs.mjs'
import { ensureRedis } from '../ensure-redis.mjs'
import { ensureCommand } from '../ensure-system.mjs'
import { bin, home, runCommand } from './run-command.mjs'

export async function unit() {
  ensureCommand('openssl', 'openssl', 'The tests over https')
  return vitest(['--config', 'vitest.config.ts'], 5)
}

export async function stack() {
  ensureRedis()
  ensureLrs()
  ensureCommand('kcat', 'kcat', 'The tests with Kafka')
  ensureCommand('ffmpeg', 'ffmpeg', 'The tests of video')
  // Architecture needs none of it and is in unit.
  return vitest(['--config', 'tool-server/vitest.config.ts', '--project', 'stack', '--exclude', 'tests/architecture.test.ts'], 20)
}

async function vitest(args, minutes) {
  const folder = mkdtempSync(join(tmpdir(), 'cuepoint-report-'))
  const file = join(folder, 'vitest.json')
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const { code } = await runCommand(process.execPath, [bin('vitest/vitest.mjs'), 'run', '--allowOnly=false', ...args, ...reporters], {
      minutes,
    })
    return read(file, code)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function read(file, code) {
  let report
  try {
    report = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw new Error(`Vitest ended (${code}) without a report`)
  }
  const failures = report.testResults.flatMap(({ name, status, assertionResults }) => {
    const failed = assertionResults.filter((it) => it.status === 'failed').map((it) => `${relative(home, name)}: ${it.fullName}`)
    // A file that cannot be loaded, or whose beforeAll failed, has no failed test of its own.
    return status === 'failed' && failed.length === 0 ? [`${relative(home, name)} did not run`] : failed
  })
  if (code !== 0 && failures.length === 0) failures.push(`Vitest ended with ${code} though no test failed: see its output`)
  return { passed: report.numPassedTests, failures, skipped: report.numPendingTests + report.numTodoTests }
}
