// The LRS that the tests send to (fixtures/lrs): installed once, by its own lock file, outside the product's. GPL-3: test only.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const folder = join(import.meta.dirname, '../fixtures/lrs')

export function ensureLrs() {
  const stamp = join(folder, 'node_modules/.installed')
  const digest = createHash('sha256')
    .update(readFileSync(join(folder, 'package-lock.json')))
    .digest('hex')
  try {
    if (readFileSync(stamp, 'utf8') === digest) return
  } catch {
    // Not installed yet.
  }
  console.log('Installing the LRS of the tests (npm ci in fixtures/lrs) …')
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--workspaces=false']
  const { status } = spawnSync('npm', args, { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' })
  if (status !== 0) throw new Error('The LRS of the tests could not be installed: see above.')
  writeFileSync(stamp, digest)
}
