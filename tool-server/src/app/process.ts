// One running process of the product: database, queues, and web, worker or both; stopped in the reverse order.
import { config } from '../kernel/config.ts'
import { closeDatabase, openDatabase, queryAlone } from '../kernel/db.ts'
import { startEmbedded } from '../kernel/embedded-postgres.ts'
import { registerListeners } from '../kernel/events/outbox.ts'
import { clientIsBuilt } from '../kernel/http/assets.ts'
import { endStreams } from '../kernel/http/event-stream.ts'
import { listenForMetrics } from '../kernel/http/metrics-page.ts'
import { appOf, listen } from '../kernel/http/server.ts'
import { announce, serves, unserved, workerProcesses } from '../kernel/jobs/presence.ts'
import { startSchedules } from '../kernel/jobs/schedules.ts'
import { closeWake, openWake, startWorkers } from '../kernel/jobs/wake.ts'
import { closeLive, openLive } from '../kernel/live.ts'
import { log, setLogLevel } from '../kernel/log.ts'
import { migrate } from '../kernel/migrations.ts'
import { closeStream } from '../kernel/stream/stream-events.ts'
import { showFigures, startMetrics } from '../kernel/telemetry/metrics.ts'
import { startTracing } from '../kernel/telemetry/otlp.ts'
import { callerOf, operatorOf } from '../modules/identity/index.ts'
import { flushFlights } from '../modules/lti/index.ts'
import { encoderWarnings, flushSegmentRequests, withInlineMedia } from '../modules/media/index.ts'
import { activeListeners, assertComplete, modules, schedules } from './modules.ts'
import { operations } from './operations.ts'

export interface Running {
  /** Ends work in hand, then connections. */
  stop(): Promise<void>
}

/** The database of this configuration: one's own, or the embedded one, started or shared. */
export async function openConfiguredDatabase(): Promise<{ url: string; close: () => Promise<void> }> {
  const { databaseUrl, dataDir, databasePool } = config()
  const embedded = databaseUrl ? undefined : await startEmbedded({ dataDir, log: (message) => log.debug(message) })
  const url = databaseUrl ?? embedded?.url ?? ''
  const sequelize = await openDatabase(url, databasePool)
  for (const module of modules) module.models?.(sequelize)
  registerListeners(activeListeners())
  return {
    url,
    close: async () => {
      await closeDatabase()
      await embedded?.stop()
    },
  }
}

/** Starts what `parts` says; migrations run where the process owns its database (`migrateFirst`). */
export async function startProcess(parts: { web: boolean; worker: boolean; migrateFirst: boolean }): Promise<Running> {
  setLogLevel(config().logLevel)
  assertComplete()
  const undo: (() => Promise<void>)[] = []
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step().catch((error: unknown) => log.error({ err: error }, 'stopping failed'))
  }
  try {
    const { otlpEndpoint } = config()
    if (otlpEndpoint) undo.push(await startTracing(otlpEndpoint))
    undo.push(startMetrics())
    for (const { figures = [] } of modules) showFigures(figures)
    const database = await openConfiguredDatabase()
    undo.push(database.close, flushFlights, flushSegmentRequests)
    if (parts.migrateFirst) await migrate(database.url, (message) => log.info(message))
    await openWake({ databaseUrl: database.url, redisUrl: config().redisUrl, kafka: config().kafka?.wakes ?? false })
    undo.push(closeStream, closeWake)
    if (parts.worker) {
      const { workerListens, transcoding } = config()
      const served = activeListeners().filter((it) => serves(workerListens, it.name))
      const scheduled = schedules.filter((it) => serves(workerListens, it.name))
      if (served.length + scheduled.length === 0) throw new Error(`WORKER_LISTENS: nothing is called ${workerListens.join(', ')}.`)
      undo.push(startWorkers(served, { concurrency: { heavy: transcoding.atOnce } }).stop)
      undo.push(startSchedules(scheduled).stop)
      undo.push((await announce(workerListens, () => (served.some((it) => it.name.startsWith('media.')) ? encoderWarnings() : none))).stop)
    }
    const { metricsPort, host } = config()
    if (metricsPort) {
      const figures = await listenForMetrics(metricsPort, host)
      undo.push(() => new Promise((done) => void figures.close(() => done()).closeAllConnections()))
    }
    if (parts.web) {
      await openLive(database.url)
      undo.push(closeLive)
      const authenticate = { session: callerOf, operator: operatorOf, finish: withInlineMedia }
      const server = await listen(appOf([...modules, operations], authenticate, { notReady, warnings }))
      undo.push(
        () =>
          new Promise((done) => {
            server.close(() => done())
            endStreams()
            server.closeIdleConnections()
            setTimeout(() => server.closeAllConnections(), 10_000).unref()
          }),
      )
    }
  } catch (error) {
    await stop()
    throw error
  }
  return { stop }
}

const none: Promise<readonly string[]> = Promise.resolve([])

/** What no worker process serves, and what the workers complain of. */
async function warnings(): Promise<string[]> {
  const workers = await workerProcesses()
  const left = unserved(
    [...activeListeners(), ...schedules].map((it) => it.name),
    workers,
  )
  const words = left.length > 0 ? [`no worker process serves ${left.join(', ')}: start one, or look at WORKER_LISTENS`] : []
  return [...words, ...new Set(workers.flatMap((it) => it.warnings))]
}

async function notReady(): Promise<string[]> {
  const reasons: string[] = []
  try {
    await queryAlone('select 1')
  } catch {
    reasons.push('the database does not answer')
  }
  if (!clientIsBuilt()) reasons.push('the client is not built (npm run build)')
  return reasons
}
