// The two browsers of e2e (e2e/support/browsers.ts): the system's Chromium, which brings the libraries that the other one, Chromium from
// npm, needs too. Prepares both and answers with the environment that tells Playwright where they are.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureCommand } from './ensure-system.mjs'

export function ensureBrowsers() {
  const system = ensureCommand('chromium', 'chromium', 'The e2e tests')
  if (!versionOf(system)) throw new Error(`The e2e tests need a working Chromium, but ${system} does not start.`)
  dropStalePackage()
  return { SYSTEM_CHROMIUM: system }
}

/** @sparticuz/chromium unpacks to one name for all versions and users, and takes what stands there, half unpacked or not. */
function dropStalePackage() {
  const unpacked = join(tmpdir(), 'chromium')
  const { devDependencies } = JSON.parse(readFileSync(new URL('../e2e/package.json', import.meta.url), 'utf8'))
  const [major] = devDependencies['@sparticuz/chromium'].split('.')
  if (!existsSync(unpacked) || versionOf(unpacked).includes(` ${major}.`)) return
  try {
    rmSync(unpacked, { recursive: true })
  } catch {
    throw new Error(`The e2e tests unpack a Chromium to ${unpacked}, where somebody else's stands: remove it, or set TMPDIR.`)
  }
}

const versionOf = (path) => spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 30_000 }).stdout ?? ''
