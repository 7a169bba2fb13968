// Finds a command of the system, or installs its package by apt where that is possible: as root on Debian and Ubuntu.
import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

// A bare PATH may lack the folders that dpkg's own scripts need.
const path = [process.env.PATH, '/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']
  .filter(Boolean)
  .join(delimiter)

/** Where `command` is, or undefined. */
export function whereIs(command) {
  return path
    .split(delimiter)
    .map((folder) => join(folder, command))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}

/** The path of `command`, installed if need be; throws one plain sentence. */
export function ensureCommand(command, apt, purpose) {
  const found = whereIs(command)
  if (found) return found
  const missing = `${purpose} need${purpose.endsWith('s') ? '' : 's'} ${command}, which is not installed`
  if (!existsSync('/etc/debian_version') || !whereIs('apt-get'))
    throw new Error(`${missing}: install it with your system's package manager.`)
  if (process.getuid?.() !== 0) throw new Error(`${missing}: run \`sudo apt-get install ${apt}\`.`)
  console.log(`Installing ${apt} (apt-get) …`)
  install(apt)
  const installed = whereIs(command)
  if (!installed) throw new Error(`${missing}, and \`apt-get install ${apt}\` did not bring it.`)
  return installed
}

function install(apt) {
  // Debian's own way to say "start no service": what a test needs it starts itself.
  const policy = '/usr/sbin/policy-rc.d'
  const ours = !existsSync(policy)
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    aptGet('update', '-qq')
    aptGet('install', '-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', apt)
  } finally {
    if (ours) rmSync(policy, { force: true })
  }
}

function aptGet(...args) {
  const env = { ...process.env, PATH: path, DEBIAN_FRONTEND: 'noninteractive' }
  const { status, stdout, stderr } = spawnSync('apt-get', args, {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    timeout: 600_000,
  })
  if (status !== 0) throw new Error(`\`apt-get ${args.join(' ')}\` failed:\n${stdout ?? ''}${stderr ?? ''}`.trimEnd())
}
