// Every outbound call: only public addresses (checked where the socket connects, so a rebound name gains nothing),
// no redirects, at most 1 MB and 15 s. Development may allow loopback.
import type { LookupAddress } from 'node:dns'
import { lookup as resolveName } from 'node:dns'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { Agent, type Dispatcher } from 'undici'
import { config } from './config.ts'
import { kinds, traced } from './telemetry/tracing.ts'

export interface SafeRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  headers?: Record<string, string>
  body?: string | undefined
  /** Whole call, in ms; 15,000 where absent. */
  timeoutMs?: number
  /** Largest answer in bytes; 1 MB where absent. */
  maxBytes?: number
}
export interface SafeResponse {
  status: number
  headers: Record<string, string>
  body: string
}

/** The call could not be made or finished; `code` says why in one word. */
export class FetchError extends Error {
  override readonly name = 'FetchError'
  readonly code: 'blocked_address' | 'bad_url' | 'timeout' | 'too_large' | 'unreachable'
  /** Something of the request may have reached the other side; false: there never was a connection. */
  readonly sent: boolean
  constructor(code: FetchError['code'], message: string, more: { cause?: unknown; sent?: boolean } = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause })
    this.code = code
    this.sent = more.sent ?? false
  }
}

const closed = new BlockList()
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const)
  closed.addSubnet(net, bits, 'ipv4')
for (const [net, bits] of [
  ['::', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['::ffff:0:0:0', 96],
  ['100::', 64],
  ['2001::', 23],
  ['fec0::', 10],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  closed.addSubnet(net, bits, 'ipv6')

const loopback = new BlockList()
loopback.addSubnet('127.0.0.0', 8, 'ipv4')
loopback.addAddress('::1', 'ipv6')

/** May this address be called? IPv4 inside IPv6 counts as the IPv4 it is. */
export function addressAllowed(address: string, allowLoopback: boolean): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  const family = isIP(plain) === 6 ? 'ipv6' : 'ipv4'
  if (isIP(plain) === 0) return false
  if (allowLoopback && loopback.check(plain, family)) return true
  return !closed.check(plain, family)
}

let resolve: typeof resolveName = resolveName

/** For tests: a name server of their own; without one the machine's again. */
export function setNameServer(own: typeof resolveName = resolveName): void {
  resolve = own
}

const guardedLookup: LookupFunction = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
    if (error) return callback(error, '', 4)
    const good = addresses.filter((it) => addressAllowed(it.address, config().allowLoopback))
    const first = good[0]
    if (!first || good.length < addresses.length)
      return callback(new FetchError('blocked_address', 'the name leads to a private address') as NodeJS.ErrnoException, '', 4)
    if (options.all) return (callback as unknown as (e: null, a: LookupAddress[]) => void)(null, good)
    return callback(null, first.address, first.family)
  })
}

const longestMs = 15_000
// Time is kept per call, below; connections are kept for a few seconds, one call on each at a time.
const limits = { connections: 32, pipelining: 1, headersTimeout: 0, bodyTimeout: 0 }
const agent = new Agent({ ...limits, connect: { lookup: guardedLookup, timeout: longestMs } })

/** The address to call, or a FetchError: https only (http where loopback is allowed), no user info, usual ports above 1023 or 443/80. */
export function checkedUrl(address: string): URL {
  let url: URL
  try {
    url = new URL(address)
  } catch {
    throw new FetchError('bad_url', 'not an address')
  }
  const plain = config().allowLoopback && url.protocol === 'http:'
  if (url.protocol !== 'https:' && !plain) throw new FetchError('bad_url', 'only https addresses are called')
  if (url.username || url.password) throw new FetchError('bad_url', 'an address must not carry a user name')
  const port = Number(url.port || (plain ? 80 : 443))
  if (port < 1024 && port !== 443 && port !== 80) throw new FetchError('bad_url', `port ${port} is not called`)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(host) !== 0 && !addressAllowed(host, config().allowLoopback))
    throw new FetchError('blocked_address', 'a private address is not called')
  return url
}

let patience = 1

/** For tests: every time-out is so many times as long, until called again without an argument. */
export function setPatience(share = 1): void {
  patience = share
}

interface Place {
  origin: string
  path: string
  hostname: string
}

const places = new Map<string, Place>()

/** A class's scores go to one address: it is looked at once. The address that its name leads to is looked at whenever a socket connects. */
function placeOf(address: string): Place {
  const key = `${config().allowLoopback} ${address}`
  const known = places.get(key)
  if (known) return known
  const { origin, pathname, search, hostname } = checkedUrl(address)
  const place = { origin, path: pathname + search, hostname }
  if (places.size >= 500) places.clear()
  places.set(key, place)
  return place
}

/** Makes the call. A redirect comes back as its 3xx; nothing is followed. */
export async function safeFetch(address: string, request: SafeRequest = {}): Promise<SafeResponse> {
  const place = placeOf(address)
  const method = request.method ?? 'GET'
  // Neither path nor query: both may name a person.
  const attributes = { 'http.request.method': method, 'server.address': place.hostname }
  return traced(`${method} ${place.hostname}`, { kind: kinds.calls, attributes }, async (note) => {
    const answer = await fetched(place, method, request)
    note({ 'http.response.status_code': answer.status })
    return answer
  })
}

/** An array, as undici takes it: a copy of an object would cost more. */
function headersOf({ headers = {} }: SafeRequest): string[] {
  const all = 'accept' in headers ? [] : ['accept', 'application/json']
  for (const name in headers) all.push(name, headers[name] as string)
  return all
}

function fetched({ origin, path }: Place, method: NonNullable<SafeRequest['method']>, request: SafeRequest): Promise<SafeResponse> {
  const { body = null, timeoutMs = longestMs, maxBytes = 1_000_000 } = request
  return new Promise((answer, fail) => {
    const call = new Call(maxBytes, answer, fail)
    call.endAfter(timeoutMs * patience)
    agent.dispatch({ origin, path, method, headers: headersOf(request), body }, call)
  })
}

/** One call under way: undici tells it what happens. A stream and a signal of its own would cost more than the call itself. */
class Call implements Dispatcher.DispatchHandler {
  private readonly parts: Buffer[] = []
  private size = 0
  private status = 0
  private headers: Record<string, string> = {}
  /** There was a connection to send it by. */
  private sent = false
  private controller: Dispatcher.DispatchController | undefined
  private timer: NodeJS.Timeout | undefined
  private stopped: FetchError | undefined
  private readonly maxBytes: number
  private readonly answer: (response: SafeResponse) => void
  private readonly fail: (error: FetchError) => void

  constructor(maxBytes: number, answer: Call['answer'], fail: Call['fail']) {
    this.maxBytes = maxBytes
    this.answer = answer
    this.fail = fail
  }

  endAfter(ms: number): void {
    this.timer = setTimeout(() => this.stop(new FetchError('timeout', 'no answer in time', { sent: this.sent })), ms)
  }

  /** Also where it still waits for a connection: it is not sent any more then. */
  private stop(error: FetchError): void {
    if (this.stopped) return
    this.stopped = error
    clearTimeout(this.timer)
    this.fail(error)
    this.controller?.abort(error)
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    if (this.stopped) return controller.abort(this.stopped)
    this.controller = controller
    this.sent = true
  }

  onResponseStart(
    _controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.status = status
    for (const name in headers) {
      const value = headers[name]
      if (value !== undefined) this.headers[name] = Array.isArray(value) ? value.join(', ') : value
    }
  }

  onResponseData(_controller: Dispatcher.DispatchController, part: Buffer): void {
    this.size += part.length
    if (this.size <= this.maxBytes) this.parts.push(part)
    else this.stop(new FetchError('too_large', `the answer is larger than ${this.maxBytes} bytes`, { sent: true }))
  }

  onResponseEnd(): void {
    clearTimeout(this.timer)
    const { status, headers, parts } = this
    this.answer({ status, headers, body: (parts.length === 1 ? (parts[0] as Buffer) : Buffer.concat(parts)).toString('utf8') })
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: NodeJS.ErrnoException): void {
    const words = `no connection (${error.code ?? 'error'})`
    this.stop(error instanceof FetchError ? error : new FetchError('unreachable', words, { cause: error, sent: this.sent }))
  }
}
