// The journeys in real browsers, by Playwright.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBrowsers } from '../ensure-browsers.mjs'
import { ensureCommand } from '../ensure-system.mjs'
import { bin, home, runCommand } from './run-command.mjs'

const config = 'e2e/playwright.config.ts'

export async function e2e() {
  if (!existsSync(join(home, config))) throw new Error(`${config} is missing`)
  const browsers = ensureBrowsers()
  ensureCommand('openssl', 'openssl', 'The journeys over https')
  ensureCommand('ffmpeg', 'ffmpeg', 'The journeys with video')
  const folder = mkdtempSync(join(tmpdir(), 'cuepoint-report-'))
  const file = join(folder, 'playwright.json')
  try {
    const env = { ...browsers, PLAYWRIGHT_JSON_OUTPUT_FILE: file }
    const args = [bin('@playwright/test/cli.js'), 'test', '--config', config, '--forbid-only', '--reporter=list,json']
    const { code } = await runCommand(process.execPath, args, { minutes: 35, env })
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
    throw new Error(`Playwright ended (${code}) without a report`)
  }
  const specs = report.suites.flatMap(specsIn)
  const inState = (...states) =>
    specs.flatMap((spec) =>
      spec.tests.filter((it) => states.includes(it.status)).map((it) => `${spec.file}: ${spec.title} [${it.projectName}]`),
    )
  // A journey that passes at the second try only is a journey that fails for somebody.
  const failures = [...inState('unexpected', 'flaky'), ...report.errors.map((it) => it.message.split('\n')[0])]
  if (code !== 0 && failures.length === 0) failures.push(`Playwright ended with ${code} though no test failed: see its output`)
  return { passed: inState('expected').length, failures, skipped: inState('skipped').length }
}

const specsIn = (suite) => [...suite.specs, ...(suite.suites ?? []).flatMap(specsIn)]
