// Before `npm start`, `npm test` and the measuring commands: is Node new enough, are the packages of the lock file installed, is the client built?
// Plain Node on purpose: it runs before anything is installed. Usage: node scripts/prepare.mjs start|test
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { accessSync, constants, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const home = join(dirname(fileURLToPath(import.meta.url)), '..')
const oldest = [20, 19]

function fail(sentence) {
  process.stderr.write(`\n${sentence}\n`)
  process.exit(1)
}

function run(command, args, what) {
  const ended = spawnSync(command, args, { cwd: home, stdio: 'inherit', shell: process.platform === 'win32' })
  if (ended.status !== 0) fail(`${what} failed: see above.`)
}

function digestOf(files) {
  const digest = createHash('sha256')
  for (const file of files) digest.update(file.slice(home.length)).update(readFileSync(file))
  return digest.digest('hex')
}

function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((it) => it.isFile() && !/\.test\.tsx?$/.test(it.name))
    .map((it) => join(it.parentPath ?? it.path, it.name))
    .sort()
}

function stamped(stamp, digest) {
  try {
    return readFileSync(stamp, 'utf8') === digest
  } catch {
    return false
  }
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1]))
    fail(`Cuepoint needs Node ${oldest.join('.')} or later; this is ${process.versions.node}.`)
}

function checkWritable() {
  try {
    accessSync(home, constants.W_OK)
  } catch {
    fail(`Cuepoint may not write its own folder: give yourself write permission on it, or clone it somewhere else.`)
  }
}

function install() {
  const stamp = join(home, 'node_modules/.cuepoint-installed')
  const digest = digestOf([join(home, 'package-lock.json')]) + process.versions.modules
  if (stamped(stamp, digest)) return
  process.stdout.write('Installing packages (npm ci) …\n')
  run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], 'Installing packages')
  writeFileSync(stamp, digest)
}

function build() {
  const dist = join(home, 'client/dist')
  const stamp = join(dist, '.built-from')
  const sources = [
    ...filesUnder(join(home, 'client/src')),
    join(home, 'client/package.json'),
    join(home, 'client/vite.config.ts'),
    join(home, 'package-lock.json'),
  ]
  const digest = digestOf(sources)
  if (stamped(stamp, digest) && statSync(join(dist, '.vite/manifest.json'), { throwIfNoEntry: false })) return
  process.stdout.write('Building the client …\n')
  run('npm', ['run', '--silent', 'build', '-w', 'client'], 'Building the client')
  mkdirSync(dist, { recursive: true })
  writeFileSync(stamp, digest)
}

checkNode()
checkWritable()
install()
build()
