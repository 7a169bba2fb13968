// docs/conformance.md says of every row what the rows themselves say, so that it cannot go stale (`npm run conformance -- --write`).
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { attackLines } from './conformance/attack-tests.ts'
import { expectedOf, ownPart } from './conformance/document.ts'
import { mustAccept, mustRefuse } from './conformance/table.ts'

const lines = readFileSync(new URL('../../docs/conformance.md', import.meta.url), 'utf8').split('\n')
const rows = [...mustRefuse, ...mustAccept]

it('docs/conformance.md lists the same cases, with what must be and what was, and no others', () => {
  const ofCases = lines.filter((line) => /^\| [ABG]\d/.test(line))
  expect(ofCases.map((line) => line.split(' | ').slice(0, 4).join(' | '))).toEqual(
    rows.map((row) => ownPart(row, expectedOf(row)).replace(/ \|$/, '')),
  )
})

it('docs/conformance.md says of each what stock ltijs did, or why it was not asked', () => {
  for (const line of lines.filter((one) => /^\| [ABG]\d/.test(one)))
    expect(line).toMatch(
      /\| (refused: 4\d\d|refused at the login|(\*\*)?accepted(\*\*)?|no answer in \d+ s|breaks: 5\d\d|not run: .+|\*\*.+\*\*) \|$/,
    )
})

it('every case B01 to B58 is a row, and no two rows have one name', () => {
  const ids = rows.map((row) => row.id)
  const missing = Array.from({ length: 58 }, (_, at) => `B${String(at + 1).padStart(2, '0')}`).filter(
    (id) => !ids.some((it) => it === id || it.startsWith(`${id}.`)),
  )
  expect(missing).toEqual([])
  expect(new Set(ids).size).toBe(ids.length)
})

it('docs/conformance.md lists the attacks that are tests of their own', () => {
  expect(lines.filter((line) => /^\| \d+ \|/.test(line))).toEqual(attackLines())
})
