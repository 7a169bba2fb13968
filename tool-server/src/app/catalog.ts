// npm run catalog: writes CATALOG.md, the events' JSON Schemas and .env.example from what the rooms declare; needs no database.
// With --check it writes nothing, says what is stale and ends with 1.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Endpoint, type EventKind, endpoints, eventSchema, events } from '@cuepoint/contracts'
import { z } from 'zod'
import { home, variables } from '../kernel/config.ts'
import type { Tx } from '../kernel/db.ts'
import { listeners, modules } from './modules.ts'
import { operations } from './operations.ts'

const schemas = 'tool-server/contracts/schemas'
const migrations = 'tool-server/migrations'

type Cell = string | number
const cell = (it: Cell): string => String(it).replaceAll('|', '\\|').replaceAll('\n', ' ')
const table = (heads: string[], rows: Cell[][]): string =>
  [heads, heads.map(() => '---'), ...rows].map((row) => `| ${row.map(cell).join(' | ')} |`).join('\n')
const code = (it: Cell): string => `\`${it}\``
const codes = (all: readonly string[]): string => all.map(code).join(' ') || '—'

function endpointRows(): Cell[][] {
  const roomOf = new Map(
    [...modules, operations].flatMap((room) => (room.routes ?? []).map((it) => [it.kind === 'endpoint' ? it.endpoint : it, room.name])),
  )
  return Object.entries<Endpoint>(endpoints).map(([name, it]) => [
    code(`${it.method} ${it.path}`),
    name,
    roomOf.get(it) ?? '—',
    typeof it.for === 'string' ? it.for : it.for.join(', '),
    `${Math.round((it.maxBytes ?? 65_536) / 1024)} KiB`,
  ])
}

function pageRows(): Cell[][] {
  return [...modules, operations].flatMap((room) =>
    (room.routes ?? []).flatMap((it) => (it.kind === 'page' ? [[code(`${it.method} ${it.path}`), room.name, it.says]] : [])),
  )
}

function eventRows(): Cell[][] {
  return events.map((kind) => {
    const heardBy = listeners.filter((it) => it.hears === 'all' || it.hears.includes(kind.name)).map((it) => it.name)
    const { properties = {} } = z.toJSONSchema(kind.data)
    return [code(kind.name), kind.version, kind.facing === 'learner' ? 'learner' : '', codes(Object.keys(properties)), codes(heardBy)]
  })
}

function listenerRows(): Cell[][] {
  return listeners.map(({ name, hears, queue, ordered, batch, retry }) => [
    code(name),
    hears === 'all' ? 'every event' : codes(hears),
    queue,
    ordered ? 'yes' : 'no',
    batch,
    `${retry.attempts} times, after ${retry.firstSeconds} s up to ${retry.capSeconds} s`,
  ])
}

function scheduleRows(): Cell[][] {
  return [...modules, operations].flatMap((room) => (room.schedules ?? []).map((it) => [code(it.name), room.name, `${it.everySeconds} s`]))
}

/** What a variable is when nobody sets it; '' where it has no default. */
function defaultOf(name: keyof typeof variables): string {
  const parsed: { data?: unknown } = variables[name].is.safeParse(undefined)
  return parsed.data === undefined ? '' : String(parsed.data)
}
const variableNames = Object.keys(variables) as (keyof typeof variables)[]

/** Every statement of the migrations, in order: they run against a connection that only listens. */
async function statements(): Promise<string> {
  const heard: string[] = []
  const connection = {
    // As pg's, so that nothing is held back.
    connection: { stream: { writableCorked: 1 } },
    query: ({ text, callback }: { text: string; callback: (error: null, result: { rows: [] }) => void }) => {
      heard.push(text)
      callback(null, { rows: [] })
    },
  }
  const files = readdirSync(join(home, migrations)).filter((file) => /^\d{4}-.*\.ts$/.test(file))
  for (const file of files.sort()) {
    const migration = (await import(join(home, migrations, file))) as { up(tx: Tx): Promise<void> }
    await migration.up({ connection } as unknown as Tx)
  }
  return heard.join(';\n').replaceAll(/--[^\n]*/g, '')
}

/** Splits at commas that stand in no parentheses. */
function parts(list: string): string[] {
  const found = ['']
  let depth = 0
  for (const sign of list) {
    if (sign === '(') depth++
    if (sign === ')') depth--
    if (depth < 0) break
    if (sign === ',' && depth === 0) found.push('')
    else found[found.length - 1] += sign
  }
  return found.map((it) => it.trim())
}

/** Table -> columns, as the migrations leave them. */
function tablesIn(sql: string): Map<string, string[]> {
  const tables = new Map<string, string[]>()
  const change = /\b(create|alter|drop) table (?:if (?:not )?exists )?(\w+)\s*([^;]*)/gi
  for (const [, deed = '', name = '', rest = ''] of sql.matchAll(change)) {
    if (/drop/i.test(deed)) tables.delete(name)
    else if (/create/i.test(deed)) tables.set(name, columnsIn(rest.slice(rest.indexOf('(') + 1)))
    else for (const step of parts(rest)) alter(tables, name, step)
  }
  return tables
}

const columnsIn = (list: string): string[] =>
  parts(list)
    .filter((it) => !/^(primary key|unique|foreign key|check|constraint|exclude|like)\b/i.test(it))
    .map((it) => it.split(/\s/)[0] ?? '')

function alter(tables: Map<string, string[]>, name: string, step: string): void {
  const columns = tables.get(name) ?? []
  const [, added] = /^add (?:column )?(?:if not exists )?(?!constraint|primary|unique|foreign|check)(\w+)/i.exec(step) ?? []
  const [, dropped] = /^drop (?:column )?(?:if exists )?(?!constraint)(\w+)/i.exec(step) ?? []
  const [, from, to] = /^rename (?:column )?(\w+) to (\w+)/i.exec(step) ?? []
  const [, newName] = /^rename to (\w+)/i.exec(step) ?? []
  if (added) columns.push(added)
  if (dropped) columns.splice(columns.indexOf(dropped), 1)
  if (from && to) columns[columns.indexOf(from)] = to
  if (newName) tables.set(newName, columns)
  if (newName) tables.delete(name)
}

async function catalogue(): Promise<string> {
  const tables = tablesIn(await statements())
  return `# Catalogue

GENERATED by \`npm run catalog\`; do not edit. Everything the product is made of, on one page.

## Endpoints

${table(['call', 'name', 'room', 'for', 'largest body'], endpointRows())}

## Pages

${table(['address', 'room', 'what'], pageRows())}

## Events

Their JSON Schemas are in [contracts/schemas](contracts/schemas). Events marked *learner* are what an LRS may hear of.

${table(['event', 'version', 'of', 'data', 'heard by'], eventRows())}

## Listeners

${table(['listener', 'hears', 'queue', 'keeps order', 'batch', 'tries'], listenerRows())}

## Schedules

${table(['schedule', 'room', 'every'], scheduleRows())}

## Tables

${table(
  ['table', 'columns'],
  [...tables].map(([name, columns]) => [code(name), columns.join(', ')]),
)}

BullMQ keeps its own tables in the schema \`bullmq\`.

## Variables

${table(
  ['variable', 'default', 'what'],
  variableNames.map((name) => [code(name), defaultOf(name) && code(defaultOf(name)), variables[name].says]),
)}
`
}

const schemaOf = (kind: EventKind): string => `${JSON.stringify(eventSchema(kind), null, 2)}\n`

/** Read by docker-compose.yml only; the tool itself never sees these names. */
const composeVariables = {
  POSTGRES_PASSWORD: 'password of the PostgreSQL container; required',
  WEB_ADDRESS: 'address that the web container is published on, e.g. 127.0.0.1 behind a reverse proxy',
  WEB_PORT: 'port that the web container is published on',
  CUEPOINT_TAG: 'tag of the image that is built',
  MINIO_ROOT_USER: 'MinIO administrator, with the profile media',
  MINIO_ROOT_PASSWORD: 'MinIO password, with the profile media',
}

function environmentExample(): string {
  const compose = Object.entries(composeVariables).map(([name, says]) => `# ${says}\n# ${name}=\n`)
  const lines = variableNames.map((name) => `# ${variables[name].says}\n# ${name}=${defaultOf(name)}\n`)
  return `# GENERATED by npm run catalog from tool-server/src/kernel/config.ts. Copy to .env and uncomment what differs: npm start, the other\n# commands and docker compose read it.\n\n${lines.join('\n')}\n# --- docker-compose.yml ---\n\n${compose.join('\n')}`
}

const wanted = new Map([
  ['tool-server/CATALOG.md', await catalogue()],
  ['.env.example', environmentExample()],
  ...events.map((kind): [string, string] => [`${schemas}/${kind.name}.v${kind.version}.json`, schemaOf(kind)]),
])
mkdirSync(join(home, schemas), { recursive: true })
const leftOver = readdirSync(join(home, schemas))
  .map((file) => `${schemas}/${file}`)
  .filter((file) => !wanted.has(file))

function textOf(file: string): string | undefined {
  try {
    return readFileSync(join(home, file), 'utf8')
  } catch {
    return undefined
  }
}

const stale = [...wanted].filter(([file, text]) => textOf(file) !== text).map(([file]) => file)
if (!process.argv.includes('--check')) {
  for (const file of stale) writeFileSync(join(home, file), wanted.get(file) ?? '')
  for (const file of leftOver) rmSync(join(home, file))
  process.stdout.write(`${stale.length} written, ${leftOver.length} removed, ${wanted.size - stale.length} already fresh.\n`)
} else if (stale.length + leftOver.length > 0) {
  process.stderr.write(`Stale: ${[...stale, ...leftOver].join(', ')}. Run npm run catalog.\n`)
  process.exitCode = 1
}
