// Figures for Prometheus: counted where things happen, looked up when somebody asks. `/metrics` shows them.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type EventLoopUtilization, monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { PrometheusExporter } from '@opentelemetry/exporter-prometheus'
import { MeterProvider } from '@opentelemetry/sdk-metrics'
import { poolState } from '../db.ts'
import { backlog } from '../events/backlog.ts'
import { listenerNames } from '../events/listeners.ts'
import type { Figure } from '../module.ts'

const exporter = new PrometheusExporter({ preventServerStart: true, prefix: 'cuepoint', withoutScopeInfo: true, withoutTargetInfo: true })
const meter = new MeterProvider({ readers: [exporter] }).getMeter('cuepoint')

const launches = meter.createCounter('launches', { description: 'launches by how they ended' })
const answers = meter.createCounter('answers_saved', { description: 'answers that were written' })
const deliveries = meter.createCounter('deliveries_ended', { description: 'deliveries by listener and how they ended' })

export function countLaunch(outcome: string): void {
  launches.add(1, { outcome })
}
export function countAnswers(count: number): void {
  if (count > 0) answers.add(count)
}
export function countDeliveries(listener: string, ended: string, count: number): void {
  deliveries.add(count, { listener, ended })
}

const shown = new Set<string>()

/** Figures of a room, shown from now on; once per process, however often it starts its parts. */
export function showFigures(figures: readonly Figure[]): void {
  for (const { name, description, read } of figures) if (!shown.has(name)) gauge(name, description, read)
}

function gauge(name: string, description: string, read: Figure['read']): void {
  shown.add(name)
  meter.createObservableGauge(name, { description }).addCallback(async (result) => {
    for (const { value, of } of await read()) result.observe(value, of)
  })
}

const delay = monitorEventLoopDelay({ resolution: 20 })
let load: EventLoopUtilization = performance.eventLoopUtilization()

gauge('event_loop_lag_seconds', 'how late the event loop was since the last look', async () => {
  const values = [50, 99].map((part) => ({ value: delay.percentile(part) / 1e9, of: { quantile: String(part / 100) } }))
  delay.reset()
  return values
})
gauge('event_loop_utilization', 'share of the time that the event loop was busy since the last look', async () => {
  const now = performance.eventLoopUtilization()
  const { utilization } = performance.eventLoopUtilization(now, load)
  load = now
  return [{ value: utilization }]
})
gauge('pool_connections', 'connections of this process to PostgreSQL', async () => {
  const { inUse, idle, waiting } = poolState()
  return Object.entries({ inUse, idle, waiting }).map(([state, value]) => ({ value, of: { state } }))
})
gauge('resident_memory_bytes', 'memory of this process', async () => [{ value: process.memoryUsage.rss() }])

const states = ['due', 'leased', 'parked'] as const
let looking: ReturnType<typeof backlog> | undefined

/** One look at the table serves both gauges of a scrape. */
function backlogNow(): ReturnType<typeof backlog> {
  const forget = (): void => {
    looking = undefined
  }
  looking ??= backlog().finally(() => setTimeout(forget, 500).unref())
  return looking
}
const emptyRow = { due: 0, leased: 0, parked: 0, oldestSeconds: 0 }

gauge('deliveries', 'deliveries that are not done, by listener and state', async () => {
  const rows = await backlogNow()
  return listenerNames().flatMap((listener) => {
    const row = rows.find((it) => it.listener === listener) ?? emptyRow
    return states.map((state) => ({ value: row[state], of: { listener, state } }))
  })
})
gauge('deliveries_oldest_seconds', 'age of the oldest delivery that is neither done nor parked', async () => {
  const rows = await backlogNow()
  return listenerNames().map((listener) => ({
    value: (rows.find((it) => it.listener === listener) ?? emptyRow).oldestSeconds,
    of: { listener },
  }))
})

/** Begins to watch the event loop. */
export function startMetrics(): () => Promise<void> {
  delay.enable()
  return async () => void delay.disable()
}

/** Answers a scrape with all figures. */
export function writeFigures(request: IncomingMessage, response: ServerResponse): void {
  exporter.getMetricsRequestHandler(request, response)
}
