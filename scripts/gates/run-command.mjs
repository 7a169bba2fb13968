// Starts one command in a process group of its own, and ends that group by its id: when the time is over, on Ctrl-C, and what it left behind.
import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const home = join(dirname(fileURLToPath(import.meta.url)), '../..')
export const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`

const running = new Set()

function end(group, signal) {
  try {
    process.kill(-group, signal)
  } catch {
    // Nobody is left in it.
  }
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.once(signal, () => {
    for (const group of running) end(group, 'SIGTERM')
    console.error(`\nEnded by ${signal}.`)
    process.exit(1)
  })
}

/**
 * Runs `file` with `args` in the repository's folder, without standard input.
 * Answers { code, output }; `output` only with `quiet`, else it goes to the terminal. Throws when the command cannot start or does not
 * end within `minutes`.
 */
export function runCommand(file, args, { quiet = false, minutes = 5, env = {} } = {}) {
  return new Promise((done, failed) => {
    const piped = quiet ? 'pipe' : 'inherit'
    const child = spawn(file, args, { cwd: home, env: { ...process.env, ...env }, stdio: ['ignore', piped, piped], detached: true })
    const group = child.pid
    const output = []
    let late
    child.on('error', (error) => failed(new Error(`${file} cannot start: ${error.message}`)))
    if (group === undefined) return
    running.add(group)
    const limit = setTimeout(() => {
      late = new Error(`did not end within ${minutes} minutes`)
      end(group, 'SIGTERM')
      setTimeout(() => end(group, 'SIGKILL'), 5000).unref()
    }, minutes * 60_000)
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => output.push(part))
    child.on('exit', () => {
      clearTimeout(limit)
      end(group, 'SIGTERM')
    })
    child.on('close', (code, signal) => {
      running.delete(group)
      if (late) failed(late)
      else done({ code: code ?? `signal ${signal}`, output: Buffer.concat(output).toString() })
    })
  })
}

/** The script behind a command of an installed package: run by Node itself, so that no PATH and no npx is needed. */
export const bin = (path) => join(home, 'node_modules', path)
