// The one logger: JSON lines. No token, name, mail address or answer goes into it.
import pino from 'pino'

/** Lines are gathered for a quarter of a second at most; what is gathered is written when the process ends. */
const output = pino.destination({ fd: 1, sync: false, minLength: 4096 })
setInterval(() => output.flush(), 250).unref()
process.on('exit', () => {
  try {
    output.flushSync()
  } catch {
    // Not open yet: nothing was written.
  }
})

export const log = pino(
  {
    level: 'info',
    base: { service: 'cuepoint' },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: (error: unknown) => errorForLog(error) },
  },
  output,
)

export function setLogLevel(level: string): void {
  log.level = level
}

/** An error without what a library hangs on it (requests, SQL parameters, response bodies). */
function errorForLog(error: unknown): unknown {
  if (!(error instanceof Error)) return { message: 'not an error' }
  const { code, reason } = error as { code?: unknown; reason?: unknown }
  return {
    type: error.name,
    message: error.message.slice(0, 500),
    ...(typeof code === 'string' ? { code } : {}),
    ...(typeof reason === 'string' ? { reason } : {}),
    stack: error.stack
      ?.split('\n')
      .slice(1, 8)
      .map((line) => line.trim()),
    ...(error.cause instanceof Error ? { cause: errorForLog(error.cause) } : {}),
  }
}
