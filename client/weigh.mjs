// Weighs what a student's browser fetches, from the build's manifest: node client/weigh.mjs (after npm run build -w client).
// A quiz: until its first question can be answered. A video: until poster and play button can be used, then all of the player without
// hls.js (Apple's browsers fetch none), then all with it. Prints every file, and as its last line `weight: quiz N KiB, video N KiB (…)`.
// Exits 1 over a budget.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'

const KIB = 1024
const budgets = { quiz: 130 * KIB, first: 110 * KIB, native: 200 * KIB, video: 310 * KIB }
const dist = new URL('./dist/', import.meta.url)
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'))

function take(name, files) {
  const chunk = manifest[name]
  if (!chunk) throw new Error(`not in the manifest: ${name}`)
  if (files.has(chunk.file)) return
  files.add(chunk.file)
  for (const css of chunk.css ?? []) files.add(css)
  for (const imported of chunk.imports ?? []) take(imported, files)
}
function filesOf(...names) {
  const files = new Set()
  for (const name of names) take(name, files)
  return files
}
const sizes = new Map()
function weigh(files) {
  for (const file of files) if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length)
  return [...files].reduce((sum, file) => sum + sizes.get(file), 0)
}

const player = 'src/islands/player'
// The seven question kinds are part of the player's own chunk.
const sets = {
  quiz: ['src/main.tsx', `${player}/index.tsx`],
  first: ['src/main.tsx', `${player}/video/index.tsx`],
  native: ['src/main.tsx', `${player}/video/index.tsx`, `${player}/video/room.tsx`, `${player}/video/screen/chrome.ts`],
}
sets.video = [...sets.native, `${player}/video/screen/hls-source.ts`]

const weights = {}
for (const [name, entries] of Object.entries(sets)) {
  const files = filesOf(...entries)
  weights[name] = weigh(files)
  process.stdout.write(`${name}\n`)
  for (const file of files) process.stdout.write(`${String(sizes.get(file)).padStart(8)}  ${file}\n`)
}
const kib = (name) => (weights[name] / KIB).toFixed(1)
const parts = `${kib('first')} before poster and play button can be used, ${kib('native')} without hls.js`
process.stdout.write(`weight: quiz ${kib('quiz')} KiB, video ${kib('video')} KiB (${parts})\n`)
for (const [name, most] of Object.entries(budgets)) {
  if (weights[name] <= most) continue
  process.stderr.write(`${name}: ${kib(name)} KiB, over its budget of ${most / KIB} KiB\n`)
  process.exitCode = 1
}
