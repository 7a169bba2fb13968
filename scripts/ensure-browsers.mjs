// The two browsers of e2e, each as { path, env }: `bundled` (from npm; third-party cookies are refused by DevTools protocol, storage in a
// frame works) and `system` (Debian's Chromium, whose block preference also refuses storage in a frame).
// `node scripts/ensure-browsers.mjs` prints them as JSON; npm test hands the same JSON to Playwright as CUEPOINT_BROWSERS.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureCommand } from './ensure-system.mjs'

const home = join(dirname(fileURLToPath(import.meta.url)), '..')
const packed = join(home, 'node_modules/@sparticuz/chromium')

export async function ensureBrowsers() {
  const system = { path: ensureCommand('chromium', 'chromium', 'The e2e tests'), env: {} }
  if (!starts(system)) throw new Error(`The e2e tests need a working Chromium, but ${system.path} does not start.`)
  return { bundled: await bundled(), system }
}

async function bundled() {
  if (process.platform !== 'linux' || process.arch !== 'x64') return playwrights()
  const { version } = JSON.parse(readFileSync(join(packed, 'package.json'), 'utf8'))
  const folder = join(home, 'node_modules/.cache', `cuepoint-chromium-${version}`)
  if (!existsSync(folder)) unpack(folder)
  const path = join(folder, 'chromium')
  // Its own libraries and fonts only where the system has none: they are those of another Linux.
  const plain = { path, env: {} }
  if (starts(plain)) return plain
  const complete = { path, env: { LD_LIBRARY_PATH: join(folder, 'al2023/lib'), FONTCONFIG_PATH: join(folder, 'fonts') } }
  if (starts(complete)) return complete
  throw new Error(`The e2e tests need the Chromium of @sparticuz/chromium, but ${path} does not start.`)
}

/** Unpacks beside, then renames: a run that was cut short leaves no half a browser. The package unpacks to the temporary folder. */
function unpack(folder) {
  mkdirSync(dirname(folder), { recursive: true })
  const fresh = mkdtempSync(`${folder}-`)
  // Asks for its libraries too, which the package gives to AWS Lambda only.
  const env = { ...process.env, TMPDIR: fresh, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs20.x' }
  const script = `const { default: chromium } = await import('@sparticuz/chromium'); await chromium.executablePath()`
  const { status, stderr } = spawnSync(process.execPath, ['--input-type=module', '--eval', script], { cwd: home, env, encoding: 'utf8' })
  if (status !== 0) throw new Error(`The Chromium of @sparticuz/chromium cannot be unpacked: ${stderr.trim()}`)
  try {
    renameSync(fresh, folder)
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true })
    // Another run was first.
    if (!existsSync(folder)) throw error
  }
}

async function playwrights() {
  const { chromium } = await import('@playwright/test')
  const path = chromium.executablePath()
  if (!existsSync(path)) throw new Error('The e2e tests need a Chromium: run `npx playwright install chromium`.')
  return { path, env: {} }
}

const starts = ({ path, env }) =>
  spawnSync(path, ['--version'], { env: { ...process.env, ...env }, timeout: 30_000, stdio: 'ignore' }).status === 0

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    console.log(JSON.stringify(await ensureBrowsers()))
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}
