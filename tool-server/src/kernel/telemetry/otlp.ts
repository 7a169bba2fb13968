// Where spans go: to an OpenTelemetry collector by OTLP over http. Loaded only where one is named.
import { trace } from '@opentelemetry/api'
import type { tracing } from '@opentelemetry/sdk-node'
import { traceWith } from './tracing.ts'

/** Takes finished spans: the collector's queue, or what a test puts in its place. */
type SpanReceiver = tracing.SpanProcessor

/** Starts tracing; the returned function sends what waits and ends it. `to`: address of the collector, without the `/v1/traces`. */
export async function startTracing(to: string | SpanReceiver): Promise<() => Promise<void>> {
  const { node, tracing: spans, resources } = await import('@opentelemetry/sdk-node')
  const receiver = typeof to === 'string' ? new spans.BatchSpanProcessor(await exporterTo(to)) : to
  const provider = new node.NodeTracerProvider({
    resource: resources.resourceFromAttributes({ 'service.name': 'cuepoint' }),
    spanProcessors: [receiver],
  })
  // Also the context that follows promises, and W3C trace context.
  provider.register()
  traceWith(provider)
  return async () => {
    traceWith(undefined)
    trace.disable()
    await provider.shutdown().catch(() => undefined)
  }
}

async function exporterTo(endpoint: string) {
  const { OTLPTraceExporter } = await import('@opentelemetry/exporter-trace-otlp-http')
  return new OTLPTraceExporter({ url: `${endpoint}/v1/traces` })
}
