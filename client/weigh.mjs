// Weighs what a student's browser fetches until the first question can be answered: node client/weigh.mjs (after npm run build -w client).
// Prints every file, and as its last line `weight: quiz N KiB`. Exits 1 over the budget.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const BUDGET = 130 * 1024
const dist = new URL('./dist/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))
const files = new Set()
const take = (name) => {
  const chunk = manifest[name]
  if (!chunk) throw new Error(`not in the manifest: ${name}`)
  if (files.has(chunk.file)) return
  files.add(chunk.file)
  for (const css of chunk.css ?? []) files.add(css)
  for (const imported of chunk.imports ?? []) take(imported)
}
// The seven question kinds are part of the player's own chunk.
take('src/main.tsx')
take('src/islands/player/index.tsx')

let sum = 0
for (const file of files) {
  const size = gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length
  sum += size
  process.stdout.write(`${String(size).padStart(8)}  ${file}\n`)
}
process.stdout.write(`weight: quiz ${(sum / 1024).toFixed(1)} KiB\n`)
if (sum > BUDGET) process.exitCode = 1
