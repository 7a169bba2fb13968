// Spans: one trace runs from a request through outbox, delivery and worker to the call that leaves us. Off, it costs a comparison.
// Nothing about a person goes into a span: names of routes, listeners and hosts only.
import {
  type Attributes,
  type Context,
  context,
  type Link,
  propagation,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  type TracerProvider,
  trace,
} from '@opentelemetry/api'

/** W3C trace context, as it stands beside a delivery. */
export type Carrier = Readonly<Record<string, string>>

let tracer: Tracer | undefined

/** From now on spans are made; undefined = no more. */
export function traceWith(provider: TracerProvider | undefined): void {
  tracer = provider?.getTracer('cuepoint')
}

export const kinds = { calls: SpanKind.CLIENT, tells: SpanKind.PRODUCER, hears: SpanKind.CONSUMER, works: SpanKind.INTERNAL }

interface Span {
  kind?: SpanKind
  attributes?: Attributes
}

/** Runs `work` as a span of the trace that runs now. */
export function traced<T>(name: string, { kind, attributes }: Span, work: (note: (more: Attributes) => void) => Promise<T>): Promise<T> {
  return tracer ? spanned(tracer, name, { kind, attributes }, context.active(), work) : work(nothing)
}

/** The trace that runs now, to be kept with what it causes. */
export function carrierNow(): string | null {
  if (!tracer) return null
  const carrier: Record<string, string> = {}
  propagation.inject(context.active(), carrier)
  return Object.keys(carrier).length > 0 ? JSON.stringify(carrier) : null
}

/**
 * Runs `work` in the trace that caused it. Of several causes: those of one trace are gone on with, those of different traces are linked
 * by a trace of their own.
 */
export function tracedAfter<T>(name: string, span: Span, causes: readonly (Carrier | null)[], work: () => Promise<T>): Promise<T> {
  if (!tracer) return work()
  const contexts = causes.filter((it) => it !== null).map((carrier) => propagation.extract(ROOT_CONTEXT, carrier))
  const spans = contexts.flatMap((it) => trace.getSpanContext(it) ?? [])
  const [first] = contexts
  if (first && new Set(spans.map((it) => it.traceId)).size === 1) return spanned(tracer, name, span, first, work)
  const links: Link[] = spans.slice(0, 100).map((it) => ({ context: it }))
  return spanned(tracer, name, { ...span, links }, ROOT_CONTEXT, work)
}

function spanned<T>(
  by: Tracer,
  name: string,
  { kind, attributes, links }: { [Key in keyof Span]: Span[Key] | undefined } & { links?: Link[] },
  parent: Context,
  work: (note: (more: Attributes) => void) => Promise<T>,
): Promise<T> {
  const options = { kind: kind ?? SpanKind.INTERNAL, ...(attributes ? { attributes } : {}), ...(links ? { links } : {}) }
  return by.startActiveSpan(name, options, parent, async (span) => {
    try {
      return await work((more) => span.setAttributes(more))
    } catch (error) {
      // The message may hold what somebody typed: the kind of error says enough here, the log has the rest.
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'error' })
      throw error
    } finally {
      span.end()
    }
  })
}

function nothing(): void {}

/** A request: `within` runs what answers it in its span, `end` closes it. undefined: off. */
export function startRequest(
  route: string,
): { within(work: () => void): void; end(status: number, supportCode: string): void } | undefined {
  const span = tracer?.startSpan(route, { kind: SpanKind.SERVER, attributes: { 'http.route': route } }, ROOT_CONTEXT)
  if (!span) return undefined
  return {
    within: (work) => context.with(trace.setSpan(ROOT_CONTEXT, span), work),
    end: (status, supportCode) => {
      span.setAttributes({ 'http.response.status_code': status, 'cuepoint.support_code': supportCode })
      if (status >= 500) span.setStatus({ code: SpanStatusCode.ERROR })
      span.end()
    },
  }
}
