// Records one launch request or one outbound call, whatever comes of it. The error goes on to its page; the audit line stays there.
import type { Request, Response } from 'express'
import { nowMs } from '../../../kernel/clock.ts'
import { AppError } from '../../../kernel/errors.ts'
import { FetchError, type SafeRequest, type SafeResponse, safeFetch } from '../../../kernel/safe-fetch.ts'
import type { Registration } from '../platforms/registry.ts'
import { stepOf } from './reasons.ts'
import { beginFlight, endFlight, type Facts, type Flight } from './recorder.ts'

type Handle = (request: Request, response: Response, flight: Flight) => Promise<void>

/** `onlyRefused`: a login that went well is told by its launch. */
export function recorded(
  kind: 'login' | 'launch',
  handle: Handle,
  onlyRefused = false,
): (request: Request, response: Response) => Promise<void> {
  return async (request, response) => {
    const flight = beginFlight(kind)
    const code = String(response.locals.supportCode ?? '') || null
    try {
      await handle(request, response, flight)
      if (flight.ended || !onlyRefused) endFlight(flight, flight.ended?.outcome ?? 'ok', flight.ended?.reason, code)
    } catch (error) {
      const known = error instanceof AppError
      const reason = known ? (error.reason ?? error.code) : 'internal_error'
      flight.steps.push({ name: stepOf(reason, kind), ok: false, ms: Math.round(performance.now() - flight.marked) })
      endFlight(flight, known && error.status < 500 ? 'refused' : 'failed', reason, code)
      throw error
    }
  }
}

export type CallKind = 'token' | 'score' | 'result' | 'line-item' | 'roster' | 'keys' | 'groups' | 'notices'

interface Call {
  registration: Registration
  kind: CallKind
  deploymentId?: string | null
  /** What of the answer is worth keeping: nothing about a person. */
  facts?: (answer: SafeResponse) => Facts
}

/** `safeFetch` to a platform, recorded: method, host and path without query, status, time, and how far its clock is off. */
export async function platformFetch(call: Call, address: string, request: SafeRequest = {}): Promise<SafeResponse> {
  const flight = beginFlight(call.kind)
  flight.registrationId = call.registration.id
  flight.deploymentId = call.deploymentId ?? null
  const { host, path } = placeOf(address)
  flight.facts = { method: request.method ?? 'GET', host, path }
  try {
    const answer = await safeFetch(address, request)
    const ok = answer.status >= 200 && answer.status < 300
    const at = Date.parse(answer.headers.date ?? '')
    flight.facts.status = answer.status
    if (call.facts) Object.assign(flight.facts, call.facts(answer))
    if (Number.isFinite(at)) flight.facts.skewSeconds = Math.round((at - nowMs()) / 1000)
    endFlight(flight, ok ? 'ok' : 'refused', ok ? null : `status_${answer.status}`)
    return answer
  } catch (error) {
    endFlight(flight, 'failed', error instanceof FetchError ? error.code : 'internal_error')
    throw error
  }
}

const places = new Map<string, { host: string; path: string }>()

/** Of an address, what may be kept. A class's scores go to one address: it is parsed once. */
function placeOf(address: string): { host: string; path: string } {
  const known = places.get(address)
  if (known) return known
  const url = URL.canParse(address) ? new URL(address) : undefined
  const place = { host: url?.host ?? '', path: (url?.pathname ?? '').slice(0, 300) }
  if (places.size >= 500) places.clear()
  places.set(address, place)
  return place
}
