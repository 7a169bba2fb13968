// The rules of import bite: a small house of the same shape, one bad import per rule, each reported; and the real house has none.
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'

vi.setConfig({ testTimeout: 120_000 })

const home = join(import.meta.dirname, '../..')
const rulesFile = join(home, '.dependency-cruiser.mjs')
const config = (await import(rulesFile)) as { rooms: string[]; default: { forbidden: { name: string }[] } }

/** A house that keeps every rule, and uses every restricted package where it is at home. */
const goodHouse: Record<string, string> = {
  'tool-server/contracts/src/index.ts': `import { z } from 'zod'\nexport const shape = z\nexport interface Word { says: string }`,
  'tool-server/src/kernel/clock.ts': `export const now = () => new Date()`,
  'tool-server/src/kernel/db.ts': `import 'pg'\nimport { Sequelize } from 'sequelize'\nexport type Database = Sequelize`,
  'tool-server/src/kernel/module.ts': `import type { Sequelize } from 'sequelize'\nimport type { Database } from './db.ts'\nexport type Both = Database & Sequelize`,
  'tool-server/src/kernel/http/server.ts': `import 'express'\nimport '../clock.ts'`,
  'tool-server/src/kernel/jobs/wake.ts': `import 'bullmq'\nimport 'ioredis'`,
  'tool-server/src/kernel/embedded-postgres.ts': `import 'node:child_process'`,
  'tool-server/migrations/0001-start.ts': `import '../src/kernel/db.ts'\nimport { QueryInterface } from 'sequelize'\nexport type It = QueryInterface`,
  'tool-server/src/modules/media/ffmpeg.ts': `import 'node:child_process'`,
  'tool-server/src/modules/identity/identity.models.ts': `import 'sequelize'`,
  'tool-server/src/modules/identity/identity.routes.ts': `import type { Request } from 'express'\nexport type It = Request`,
  'tool-server/src/modules/lti/ltijs.ts': `import 'express'\nexport const lti = () => import('ltijs')`,
  'tool-server/src/modules/lti/launch/page.ts': `import type { Request } from 'express'\nexport type It = Request`,
  'tool-server/src/app/web.ts': config.rooms.map((room) => `import '../modules/${room}/index.ts'`).join('\n'),
  'tool-server/tests/_world.ts': `import '../../fixtures/lms-simulator/index.ts'`,
  'tool-server/tests/promise.test.ts': `import './_world.ts'\nimport 'sequelize'\nimport '../src/app/web.ts'`,
  'client/src/main.tsx': `import type { Word } from '@cuepoint/contracts'\nimport './shell/page.tsx'\nexport const light = (it: Word) => import('./islands/player/index.tsx')`,
  'client/src/shell/page.tsx': `export const page = 1`,
  'client/src/islands/player/index.tsx': `import '../../shell/page.tsx'`,
  'client/src/islands/picker/index.tsx': `import '../../shell/page.tsx'`,
  'fixtures/lms-simulator/index.ts': `import './state.ts'\nimport 'express'`,
  'fixtures/lms-simulator/state.ts': `export const state = {}`,
  'lti-config/tool.ts': `import 'node:fs'\nexport const tool = {}`,
}
for (const [floor, room] of config.rooms.entries()) {
  goodHouse[`tool-server/src/modules/${room}/index.ts`] = `import './inside.ts'\nimport '../../kernel/clock.ts'`
  goodHouse[`tool-server/src/modules/${room}/inside.ts`] = config.rooms
    .slice(0, floor)
    .map((lower) => `import '../${lower}/index.ts'`)
    .join('\n')
}

/** Rule -> a file that breaks this rule and no other. */
const badFiles: Record<string, [file: string, text: string]> = {
  'contracts-are-the-ground': ['tool-server/contracts/src/bad.ts', `import '../../src/kernel/clock.ts'`],
  'kernel-knows-no-domain': ['tool-server/src/kernel/bad-domain.ts', `import '../modules/identity/index.ts'`],
  'modules-know-no-app': ['tool-server/src/modules/media/bad-app.ts', `import type {} from '../../app/web.ts'`],
  'one-door': ['tool-server/src/modules/lti/bad-window.ts', `import '../identity/inside.ts'`],
  'one-door:app': ['tool-server/src/app/bad-window.ts', `import '../modules/identity/inside.ts'`],
  'client-reaches-only-contracts': ['client/src/bad-server.ts', `import type {} from '../../tool-server/src/kernel/clock.ts'`],
  'client-reads-contracts-as-types': ['client/src/bad-zod.ts', `import { shape } from '@cuepoint/contracts'\nexport const it = shape`],
  'islands-are-islands': ['client/src/islands/picker/bad-island.ts', `export const it = () => import('../player/index.tsx')`],
  'the-judge-is-a-stranger': [
    'fixtures/lms-simulator/bad-friend.ts',
    `import type { Word } from '@cuepoint/contracts'\nexport type It = Word`,
  ],
  'not-to-test': ['tool-server/src/kernel/bad-test.ts', `import '../../tests/_world.ts'`],
  'no-orphans': ['tool-server/src/kernel/alone.ts', `export const alone = 1`],
  'everything-resolves': ['tool-server/src/kernel/bad-nowhere.ts', `import './nowhere.ts'`],
  'no-circular': ['tool-server/src/kernel/circle-a.ts', `import type { B } from './circle-b.ts'\nexport type A = B`],
}
for (const [floor, room] of config.rooms.slice(0, -1).entries()) {
  badFiles[`call-down:${room}`] = [
    `tool-server/src/modules/${room}/bad-up.ts`,
    `import type {} from '../${config.rooms[floor + 1]}/index.ts'`,
  ]
}
for (const name of ['sequelize', 'express', 'bullmq', 'kafkajs', 'pg', 'ltijs', 'node:child_process']) {
  const rule = `only-here:${name.replace('node:', '')}`
  badFiles[rule] = [`tool-server/src/modules/media/bad-${name.replace('node:', '')}.ts`, `export const it = () => import('${name}')`]
  badFiles[`${rule}:types`] = [`tool-server/src/modules/media/bad-${name.replace('node:', '')}-type.ts`, `import type {} from '${name}'`]
}
/** Breaks a rule in a way of its own. */
const moreBadFiles: [rule: string, file: string, text: string][] = [
  ['only-here:express', 'tool-server/src/modules/media/media.routes.ts', `import { Router } from 'express'\nexport const it = Router`],
  ['only-here:express', 'tool-server/src/modules/lti/launch/bad-value.ts', `import 'express'`],
  ['only-here:bullmq', 'tool-server/src/app/bad-redis.ts', `import 'ioredis'`],
  ['only-here:sequelize', 'tool-server/src/modules/content/catalogue.ts', `export { Op } from 'sequelize'`],
  ['client-reaches-only-contracts', 'client/src/bad-room.ts', `import type {} from '../../tool-server/contracts/src/words.ts'`],
  ['call-down:identity', 'tool-server/src/modules/identity/bad-top.ts', `export const it = () => import('../lti/index.ts')`],
]
/** Blameless by themselves. A circle is reported once, by its first file; a type closes it, and so does import(). */
const accomplices: Record<string, string> = {
  'tool-server/src/kernel/circle-b.ts': `export type B = 1\nexport const a = () => import('./circle-a.ts')`,
  'tool-server/contracts/src/words.ts': `import 'zod'`,
}
const stubs = ['zod', 'sequelize', 'express', 'bullmq', 'ioredis', 'kafkajs', 'pg', 'ltijs']

interface Cruised {
  modules: { source: string; coreModule?: boolean; couldNotResolve?: boolean }[]
  summary: { violations: { from: string; rule: { name: string } }[] }
}

/** Cruises a folder by the real rules; a violation ends the command with a number, so the answer is read either way. */
async function cruise(folder: string): Promise<Cruised> {
  const command = [
    join(home, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
    '--config',
    rulesFile,
    '--output-type',
    'json',
    '.',
  ]
  const text = await new Promise<string>((done, failed) => {
    execFile(process.execPath, command, { cwd: folder, maxBuffer: 1 << 28 }, (error, stdout, stderr) =>
      stdout ? done(stdout) : failed(error ?? new Error(stderr)),
    )
  })
  return JSON.parse(text) as Cruised
}

const broken = ({ summary }: Cruised): string[] => [...new Set(summary.violations.map((it) => `${it.rule.name} in ${it.from}`))].sort()

let folder = ''
async function build(files: Record<string, string>): Promise<string> {
  folder = await mkdtemp(join(tmpdir(), 'cuepoint-architecture-'))
  const packages = Object.fromEntries(
    stubs.flatMap((name) => [
      [`node_modules/${name}/package.json`, `{"name":"${name}","main":"index.js"}`],
      [`node_modules/${name}/index.js`, ''],
    ]),
  )
  const contracts = {
    'tool-server/contracts/package.json': `{"name":"@cuepoint/contracts","type":"module","exports":{".":"./src/index.ts"}}`,
  }
  for (const [file, text] of Object.entries({ ...packages, ...contracts, ...files })) {
    await mkdir(dirname(join(folder, file)), { recursive: true })
    await writeFile(join(folder, file), text)
  }
  await mkdir(join(folder, 'node_modules/@cuepoint'))
  await symlink('../../tool-server/contracts', join(folder, 'node_modules/@cuepoint/contracts'))
  return folder
}
afterEach(async () => {
  if (folder) await rm(folder, { recursive: true })
  folder = ''
})

async function sourceFiles(from: string): Promise<string[]> {
  const entries = await readdir(from, { withFileTypes: true })
  const skipped = new Set(['node_modules', 'dist', 'coverage', 'test-results', 'playwright-report', '.git', '.cuepoint'])
  const found = entries.map(async (it) => {
    const path = join(from, it.name)
    if (it.isDirectory()) return skipped.has(it.name) ? [] : sourceFiles(path)
    return /\.[cm]?[jt]sx?$/.test(it.name) ? [relative(home, path)] : []
  })
  return (await Promise.all(found)).flat()
}

it('finds nothing wrong in a house that keeps the rules', async () => {
  expect(broken(await cruise(await build(goodHouse)))).toEqual([])
})

it('reports one bad import per rule, and nothing else', async () => {
  expect(Object.keys(badFiles).sort(), 'every rule has its bad file').toEqual(config.default.forbidden.map((it) => it.name).sort())
  const bad = [...Object.entries(badFiles).map(([rule, [file, text]]) => [rule, file, text] as const), ...moreBadFiles]
  const seeds = Object.fromEntries(bad.map(([, file, text]) => [file, text]))
  const seeded = await cruise(await build({ ...goodHouse, ...accomplices, ...seeds }))
  expect(broken(seeded)).toEqual(bad.map(([rule, file]) => `${rule} in ${file}`).sort())
})

it('cruises every source file of the repository, and finds no rule broken', async () => {
  const real = await cruise(home)
  const cruised = real.modules.filter(
    (it) => !it.coreModule && !it.couldNotResolve && !it.source.includes('node_modules/') && /\.[cm]?[jt]sx?$/.test(it.source),
  )
  expect(cruised.map((it) => it.source).sort()).toEqual((await sourceFiles(home)).sort())
  expect(broken(real)).toEqual([])
})

it('knows the same rooms as the app and the folder', async () => {
  const { modules } = await import('../src/app/modules.ts')
  expect(modules.map((it) => it.name)).toEqual(config.rooms)
  expect((await readdir(join(import.meta.dirname, '../src/modules'))).sort()).toEqual([...config.rooms].sort())
})
