// One trace from a launch or a submit to the call that the LMS or the LRS gets; and the figures of /metrics.

import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { node, tracing } from '@opentelemetry/sdk-node'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startStubLrs } from '../../fixtures/lrs/stub.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { startTracing } from '../src/kernel/telemetry/otlp.ts'
import { saveLrs } from '../src/modules/analytics/lrs/desk.ts'
import { callTool, eventually, startSchool, type TestSchool } from './_app.ts'
import { launchAs, placeSample, rightAnswers } from './_journey.ts'
import { addStub } from './_learning.ts'

type Span = ReturnType<tracing.InMemorySpanExporter['getFinishedSpans']>[number]

const memory = new tracing.InMemorySpanExporter()
let school: TestSchool
let endTracing: () => Promise<void>
beforeAll(async () => {
  endTracing = await startTracing(new node.SimpleSpanProcessor(memory))
  school = await startSchool({ env: { LOG_LEVEL: 'silent', METRICS_TOKEN: 'scraper-of-this-test' } })
})
afterAll(async () => {
  await school?.stop()
  await endTracing?.()
})

/** From a span up to the root of its trace, by name. */
function wayUp(span: Span): string[] {
  const all = memory.getFinishedSpans()
  const above = span.parentSpanContext && all.find((it) => it.spanContext().spanId === span.parentSpanContext?.spanId)
  return [span.name, ...(above ? wayUp(above) : span.parentSpanContext ? ['(missing)'] : [])]
}
const named = (name: string | RegExp): Span[] =>
  memory.getFinishedSpans().filter((it) => (typeof name === 'string' ? it.name === name : name.test(it.name)))

describe('A trace', () => {
  it('runs from the submit through outbox, delivery and worker to the call that carries the score', async () => {
    const { itemId } = await placeSample(school)
    const { token, data } = await launchAs(school, 'student1', itemId)
    memory.reset()
    const { id, questions } = data.player.current
    const answers = rightAnswers('photosynthesis-and-cell-energy', questions)
    await callTool(school.origin, token, 'PUT', `/api/attempts/${id}/answers`, { answers: answers.slice(0, 1) })
    await callTool(school.origin, token, 'POST', `/api/attempts/${id}/submit`, { key: randomUUID(), answers })
    await eventually('the score was called in', () => named('send score').length > 0)
    const [sent] = named('send score')
    const calls = memory.getFinishedSpans().filter((it) => it.parentSpanContext?.spanId === sent?.spanContext().spanId)
    expect(calls.map((it) => it.attributes['http.request.method'])).toContain('POST')
    const [call] = calls
    if (!call) throw new Error('no call')
    expect(wayUp(call)).toEqual([
      'POST localhost',
      'send score',
      expect.stringMatching(/^record assessment\.attempt\.submitted/),
      'POST /api/attempts/:attemptId/submit',
    ])
    await eventually('the worker told how it went', () => named('record gradebook.score.accepted').length > 0)
    const traces = new Set(
      [...named('record gradebook.score.accepted'), ...named(/^deliver lti\.send-score/), call].map((it) => it.spanContext().traceId),
    )
    expect(traces.size).toBe(1)
  })

  it('runs from the submit through outbox, delivery and worker to the call that carries its statements to the LRS', async () => {
    const lrs = await startStubLrs()
    try {
      const { itemId } = await placeSample(school)
      const { token, data } = await launchAs(school, 'student3', itemId)
      const [of] = await queryAlone<{ institution_id: string }>('select institution_id from attempts where id = $1', [
        data.player.current.id,
      ])
      await addStub({ institutionId: of?.institution_id ?? '' }, lrs)
      memory.reset()
      const { id, questions } = data.player.current
      const answers = rightAnswers('photosynthesis-and-cell-energy', questions)
      await callTool(school.origin, token, 'POST', `/api/attempts/${id}/submit`, { key: randomUUID(), answers })
      const delivered = 'deliver analytics.forward-statements'
      await eventually('the LRS has them', () => lrs.order.length > 0 && named(delivered).length > 0)
      const [span] = named(delivered)
      const calls = memory.getFinishedSpans().filter((it) => it.parentSpanContext?.spanId === span?.spanContext().spanId)
      const call = calls.find((it) => it.attributes['http.request.method'] === 'POST')
      if (!call) throw new Error('no call')
      expect(wayUp(call)).toEqual([
        expect.stringMatching(/^POST /),
        delivered,
        expect.stringMatching(/^record assessment\.attempt\.submitted/),
        'POST /api/attempts/:attemptId/submit',
      ])
      expect(new Set([call, ...named('POST /api/attempts/:attemptId/submit')].map((it) => it.spanContext().traceId)).size).toBe(1)
    } finally {
      await lrs.stop()
    }
  })

  it('runs from a launch to what the launch has caused', async () => {
    const { itemId } = await placeSample(school)
    memory.reset()
    await launchAs(school, 'teacher1', itemId)
    await eventually('the class list was asked for', () => named('deliver lti.refresh-roster').length > 0)
    const [span] = named('deliver lti.refresh-roster')
    if (!span) throw new Error('no span')
    expect(wayUp(span).at(-1)).toBe('POST /lti/launch')
  })

  it('holds no name, mail address, token or query', async () => {
    const everything = JSON.stringify(
      memory.getFinishedSpans().map(({ name, attributes, events, status }) => ({ name, attributes, events, status })),
    )
    for (const secret of ['@', 'eyJ', 'Zo', 'Tina', 'Bearer', '?']) expect(everything).not.toContain(secret)
  })

  it('is not made where nobody collects', async () => {
    await endTracing()
    memory.reset()
    const { itemId } = await placeSample(school)
    await launchAs(school, 'student2', itemId)
    expect(memory.getFinishedSpans()).toEqual([])
  })
})

const scrape = (token?: string) => fetch(`${school.origin}/metrics`, token ? { headers: { authorization: `Bearer ${token}` } } : {})

describe('/metrics', () => {
  it('shows launches, answers, event loop, pool and the deliveries of each listener to who has the token', async () => {
    const answer = await scrape('scraper-of-this-test')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toMatch(/^text\/plain/)
    const text = await answer.text()
    expect(text).toMatch(/^cuepoint_launches_total\{outcome="ok"\} [1-9]/m)
    expect(text).toMatch(/^cuepoint_answers_saved_total [1-9]/m)
    expect(text).toMatch(/^cuepoint_event_loop_lag_seconds\{quantile="0.99"\} [\d.e-]+/m)
    expect(text).toMatch(/^cuepoint_pool_connections\{state="inUse"\} \d+/m)
    expect(text).toMatch(/^cuepoint_pool_connections\{state="waiting"\} 0/m)
    for (const state of ['due', 'leased', 'parked'])
      expect(text).toMatch(new RegExp(`^cuepoint_deliveries\\{listener="lti.send-score",state="${state}"\\} \\d+`, 'm'))
    expect(text).toMatch(/^cuepoint_deliveries_oldest_seconds\{listener="lti.send-score"\} [\d.]+/m)
    expect(text).toMatch(/^cuepoint_deliveries_ended_total\{listener="lti.send-score",ended="done"\} [1-9]/m)
  })

  it('shows nothing to anybody else', async () => {
    for (const token of [undefined, 'another-token-of-it', 'scraper-of-this-tes']) {
      const answer = await scrape(token)
      expect(answer.status).toBe(404)
      expect(await answer.text()).not.toContain('cuepoint_')
    }
  })
})

describe('The Grafana dashboard', () => {
  it('asks for figures that /metrics has', async () => {
    const dashboard = readFileSync(new URL('../../docs/grafana/cuepoint.json', import.meta.url), 'utf8')
    const asked = new Set(dashboard.match(/cuepoint_[a-z_]+/g))
    await placeSample(school)
    const [institution] = await queryAlone<{ id: string }>('select id from institutions')
    const settings = {
      url: 'http://127.0.0.1:4999/xapi',
      xapiVersion: '1.0.3',
      username: 'key',
      password: 'secret',
      actor: 'account',
    } as const
    await saveLrs({ lrsId: null, institutionId: institution?.id ?? '', name: 'Away', events: [], ...settings })
    const text = await (await scrape('scraper-of-this-test')).text()
    const shown = new Set([...text.matchAll(/^# TYPE (\w+)/gm)].map((it) => it[1]))
    expect(asked.size).toBeGreaterThan(8)
    expect([...asked].filter((name) => !shown.has(name))).toEqual([])
  })
})
