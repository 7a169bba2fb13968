// What is checked without running the product: form, types, rules of import, nothing unused, nothing generated that is stale.
// Each check counts as one test and tells its findings as text; '' is none.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { bin, home, runCommand, seconds } from './run-command.mjs'

const node = (path, ...args) => runCommand(process.execPath, [bin(path), ...args], { quiet: true })
const json = (file) => JSON.parse(readFileSync(join(home, file), 'utf8'))

export async function check() {
  const projects = ['.', ...json('package.json').workspaces]
    .map((it) => join(it, 'tsconfig.json'))
    .filter((it) => existsSync(join(home, it)))
    .sort((one, other) => weight(other) - weight(one))
  const typed = new Set()
  const checks = {
    biome,
    'every TypeScript file is in a tsconfig.json': () => untyped(typed),
    'dependency-cruiser': cruise,
    knip: () => findings('knip/bin/knip.js', '--no-progress'),
    'catalogue is fresh': () => findings('tsx/dist/cli.mjs', 'tool-server/src/app/catalog.ts', '--check'),
    'lti-config is fresh': () => findings('tsx/dist/cli.mjs', 'lti-config/generate.ts', '--check'),
    'docker compose config': dockerCompose,
  }
  const failures = []
  let passed = 0
  const tell = async (name, run) => {
    const began = performance.now()
    const { wrong, note = '', skipped } = await outcomeOf(run)
    console.log(`${skipped ? '-' : wrong ? '✗' : '✓'} ${name}${note} (${seconds(performance.now() - began)})`)
    if (wrong) console.log(`\n${wrong.trimEnd()}\n`)
    if (wrong) failures.push(name)
    else if (!skipped) passed++
  }
  // Each keeps one processor busy, mostly: two at a time, those of TypeScript first, for they are the long ones.
  await besides(projects, (project) => tell(`tsc ${project}`, () => tsc(project, typed)))
  await besides(Object.entries(checks), ([name, run]) => tell(name, run))
  return { passed, failures, skipped: 0 }
}

/** The two large ones begin the two lanes. */
const weight = (project) => (/^(tool-server|client)\/[^/]+$/.test(project) ? 1 : 0)

/** Does them all, two at a time, in this order. */
async function besides(all, deed) {
  const left = [...all]
  const lane = async () => {
    for (let next = left.shift(); next !== undefined; next = left.shift()) await deed(next)
  }
  await Promise.all([lane(), lane()])
}

async function outcomeOf(run) {
  try {
    const outcome = await run()
    return typeof outcome === 'string' ? { wrong: outcome } : outcome
  } catch (error) {
    return { wrong: error.message }
  }
}

async function findings(path, ...args) {
  const { code, output } = await node(path, ...args)
  return code === 0 ? '' : output || `ended with ${code} and said nothing`
}

const biome = () => findings('@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', '--max-diagnostics=100', '--colors=off')

async function tsc(project, typed) {
  const { code, output } = await node('typescript/bin/tsc', '--project', project, '--noEmit', '--listFiles', '--pretty', 'false')
  const lines = output.split('\n')
  const isFile = (line) => line.startsWith('/') || /^[A-Z]:\//.test(line)
  for (const line of lines.filter(isFile)) typed.add(line)
  return code === 0 ? '' : lines.filter((line) => !isFile(line)).join('\n') || `ended with ${code} and said nothing`
}

function untyped(typed) {
  const missed = sourceFiles().filter((file) => /\.[cm]?tsx?$/.test(file) && !typed.has(join(home, file)))
  return missed.length === 0 ? '' : `In no tsconfig.json, so that nobody checks their types:\n${missed.join('\n')}`
}

/** With a TypeScript that it cannot use, dependency-cruiser finds nothing in nothing and is content: so it must have seen every file. */
async function cruise() {
  const { code, output } = await node('dependency-cruiser/bin/dependency-cruise.mjs', '--output-type', 'json', '.')
  const start = output.indexOf('{')
  if (start < 0) return output || `ended with ${code} and said nothing`
  const { modules, summary } = JSON.parse(output.slice(start))
  const seen = new Set(modules.map((it) => it.source))
  const missed = sourceFiles().filter((file) => !seen.has(file))
  const broken = summary.violations.map(
    ({ rule, from, to, cycle }) => `${rule.name}: ${from} -> ${cycle ? cycle.map((it) => it.name).join(' -> ') : to}`,
  )
  const wrong = [...broken, ...missed.map((file) => `not cruised: ${file}`)].join('\n')
  return { wrong, note: `, ${summary.totalCruised} modules, ${summary.totalDependenciesCruised} dependencies` }
}

function sourceFiles(folder = '') {
  const skipped = ['node_modules', 'dist', 'coverage', 'test-results', 'playwright-report', '.git', '.cuepoint']
  return readdirSync(join(home, folder), { withFileTypes: true }).flatMap((it) => {
    const path = join(folder, it.name)
    if (it.isDirectory()) return skipped.includes(it.name) ? [] : sourceFiles(path)
    return /\.[cm]?[jt]sx?$/.test(it.name) ? [path] : []
  })
}

async function dockerCompose() {
  if (!existsSync(join(home, 'docker-compose.yml'))) return { skipped: true, note: ': skipped, there is no docker-compose.yml' }
  const version = await runCommand('docker', ['compose', 'version'], { quiet: true }).catch(() => ({ code: 1 }))
  if (version.code !== 0) return { skipped: true, note: ': skipped, this machine has no docker compose' }
  const { code, output } = await runCommand('docker', ['compose', 'config', '--quiet', '--no-interpolate'], { quiet: true })
  return code === 0 ? '' : output || `ended with ${code} and said nothing`
}
