// The anchor of `launch`: stock ltijs with its SQL plugin, installed from its own lock file at the first run.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Child, freePort, home, startChild } from './child.ts'
import type { Platform } from './platform.ts'
import type { Tool } from './walk.ts'

const folder = join(home, 'tool-server/bench/anchor')

/** Installs where it is missing; answers with the pinned versions, in words. */
export function installStock(): string {
  const { dependencies } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { dependencies: Record<string, string> }
  const isThere = Object.entries(dependencies).every(([name, version]) => {
    const manifest = join(folder, 'node_modules', name, 'package.json')
    return existsSync(manifest) && (JSON.parse(readFileSync(manifest, 'utf8')) as { version: string }).version === version
  })
  if (!isThere) {
    process.stdout.write('Installing the anchor (npm ci in tool-server/bench/anchor) …\n')
    // Scripts are not needed: the plugin's optional drivers for other databases have some.
    const npm = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: folder,
      stdio: 'inherit',
    })
    if (npm.status !== 0) throw new Error('The anchor could not be installed: see above.')
  }
  return Object.entries(dependencies)
    .map(([name, version]) => `${name} ${version}`)
    .join(' + ')
}

type Registered = Pick<Platform, 'origin' | 'clientId' | 'authUrl' | 'tokenUrl' | 'jwksUrl'> & { active?: boolean; lineItem?: string }

export async function startStock(
  databaseUrl: string,
  platform: Registered,
  { port = 0, ...more }: { port?: number; routes?: { appRoute: string; loginRoute: string }; more?: Registered[] } = {},
): Promise<Tool & { child: Child }> {
  port ||= await freePort()
  const { origin, clientId, authUrl, tokenUrl, jwksUrl, lineItem } = platform
  const task = { databaseUrl, port, platform: { origin, clientId, authUrl, tokenUrl, jwksUrl, lineItem }, ...more }
  const child = await startChild({
    script: 'tool-server/bench/anchor/stock-ltijs.mjs',
    args: [JSON.stringify(task)],
    // Express prints the stack of every refused body where it is not told that this is a test.
    env: { NODE_ENV: more.routes ? 'test' : 'production' },
    typescript: false,
    port,
  })
  return { child, origin: child.origin, loginPath: '/login', launchPath: '/' }
}
