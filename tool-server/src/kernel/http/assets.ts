// The built client: which scripts and styles a page needs, from Vite's manifest.
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { config } from '../config.ts'
import { Html } from './page.ts'

interface Chunk {
  file: string
  css?: string[]
  imports?: string[]
  isEntry?: boolean
}
type Manifest = Record<string, Chunk>

let read: { manifest: Manifest; changed: number; lookedAt: number } | undefined
const heads = new Map<string, Html>()

function manifest(): Manifest {
  const path = join(config().clientDir, '.vite/manifest.json')
  // In development the client may be built again under a running server.
  const lookedAt = performance.now()
  if (read && (config().production || lookedAt - read.lookedAt < 1000)) return read.manifest
  const changed = statSync(path).mtimeMs
  if (read?.changed === changed) {
    read.lookedAt = lookedAt
    return read.manifest
  }
  read = { manifest: JSON.parse(readFileSync(path, 'utf8')) as Manifest, changed, lookedAt }
  heads.clear()
  return read.manifest
}

/** Is there a built client at all? */
export function clientIsBuilt(): boolean {
  try {
    return Object.keys(manifest()).length > 0
  } catch {
    return false
  }
}

/** Tags for one island: the entry, its styles, and preloads so that the island loads beside the entry and not after it. */
export function clientHead(island: string): Html {
  const all = manifest()
  const known = heads.get(island)
  if (known) return known
  const entry = Object.keys(all).find((name) => all[name]?.isEntry)
  if (!entry) throw new Error('the client is not built: run npm run build')
  const wanted = closure(all, [entry, ...Object.keys(all).filter((name) => name.endsWith(`islands/${island}/index.tsx`))])
  const chunks = wanted.map((name) => all[name] as Chunk)
  const styles = [...new Set(chunks.flatMap((it) => it.css ?? []))].map((file) => `<link rel="stylesheet" href="/${file}">`)
  const preloads = chunks.filter((it) => it !== all[entry]).map((it) => `<link rel="modulepreload" href="/${it.file}">`)
  const head = new Html([...styles, ...preloads, `<script type="module" src="/${all[entry]?.file}"></script>`].join('\n'))
  heads.set(island, head)
  return head
}

function closure(all: Manifest, names: readonly string[], seen = new Set<string>()): string[] {
  for (const name of names) {
    if (seen.has(name)) continue
    seen.add(name)
    closure(all, all[name]?.imports ?? [], seen)
  }
  return [...seen]
}
