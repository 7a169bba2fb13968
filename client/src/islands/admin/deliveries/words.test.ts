import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { listenerName } from './words.ts'

it('every listener of the catalogue is called by words, not by its own name', () => {
  const catalogue = readFileSync(new URL('../../../../../tool-server/CATALOG.md', import.meta.url), 'utf8')
  const table = catalogue.split('## Listeners')[1]?.split('\n## ')[0] ?? ''
  const names = [...table.matchAll(/^\| `([a-z]+\.[a-z-]+)`/gm)].flatMap(([, name]) => name ?? [])
  expect(names.length).toBeGreaterThan(10)
  expect(names.filter((name) => listenerName(name) === name)).toEqual([])
})
