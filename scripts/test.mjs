// npm test [-- suite …]: check, unit, stack, faults and e2e in this order, each with its own output; then a table, and as the last line
// `N passed, N failed`. Ends with 1 when a test failed, a runner crashed or was too slow, or a suite held no test at all.
import { check } from './gates/check.mjs'
import { e2e } from './gates/e2e.mjs'
import { faults } from './gates/faults.mjs'
import { seconds } from './gates/run-command.mjs'
import { stack, unit } from './gates/vitest.mjs'

/** Each answers { passed, failures: [name], skipped } or throws the sentence that says why it could not run. */
const suites = { check, unit, stack, faults, e2e }

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !Object.hasOwn(suites, name))
if (unknown.length > 0) {
  console.error(`No such suite: ${unknown.join(', ')}. There are: ${Object.keys(suites).join(', ')}.`)
  process.exit(1)
}

async function resultOf(name) {
  try {
    const result = await suites[name]()
    if (result.passed + result.failures.length === 0) result.failures.push('the suite held no test')
    return result
  } catch (error) {
    return { passed: 0, failures: [error.message], skipped: 0 }
  }
}

const rows = []
for (const name of Object.keys(suites).filter((it) => asked.length === 0 || asked.includes(it))) {
  console.log(`\n──── ${name} ────`)
  const began = performance.now()
  const result = await resultOf(name)
  rows.push({ name, ...result, took: performance.now() - began })
}

console.log('\n──── summary ────')
for (const { name, passed, failures, skipped, took } of rows) {
  const counts = `${String(passed).padStart(5)} passed ${String(failures.length).padStart(5)} failed ${String(skipped).padStart(5)} skipped`
  console.log(`${name.padEnd(6)} ${counts} ${seconds(took).padStart(9)}`)
}
for (const { name, failures } of rows) for (const failure of failures) console.log(`✗ ${name}: ${failure}`)

const sum = (count) => rows.reduce((all, row) => all + count(row), 0)
const [passed, failed, skipped] = [sum((it) => it.passed), sum((it) => it.failures.length), sum((it) => it.skipped)]
if (skipped > 0) console.log(`\n${skipped} skipped: not for this browser, each says why`)
console.log(`\n${passed} passed, ${failed} failed`)
process.exitCode = failed > 0 ? 1 : 0
