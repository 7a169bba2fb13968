// Every outbound call: only public addresses (checked where the socket connects, so a rebound name gains nothing),
// no redirects, at most 1 MB and 15 s. Development may allow loopback.
import type { LookupAddress } from 'node:dns'
import { lookup as resolveName } from 'node:dns'
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { BlockList, isIP, type LookupFunction } from 'node:net'
import { config } from './config.ts'
import { kinds, traced } from './telemetry/tracing.ts'

export interface SafeRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  headers?: Record<string, string>
  body?: string
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

const plainAgent = new HttpAgent({ keepAlive: true, maxSockets: 32, lookup: guardedLookup } as object)
const tlsAgent = new HttpsAgent({ keepAlive: true, maxSockets: 32, lookup: guardedLookup } as object)

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

/** Makes the call. A redirect comes back as its 3xx; nothing is followed. */
export async function safeFetch(address: string, request: SafeRequest = {}): Promise<SafeResponse> {
  const url = checkedUrl(address)
  const method = request.method ?? 'GET'
  // Neither path nor query: both may name a person.
  const attributes = { 'http.request.method': method, 'server.address': url.hostname }
  return traced(`${method} ${url.hostname}`, { kind: kinds.calls, attributes }, async (note) => {
    const answer = await fetched(url, request)
    note({ 'http.response.status_code': answer.status })
    return answer
  })
}

/** Events and one timer: a signal and a stream read piece by piece cost more than the call itself. */
function fetched(url: URL, request: SafeRequest): Promise<SafeResponse> {
  const options: RequestOptions = {
    method: request.method ?? 'GET',
    agent: url.protocol === 'https:' ? tlsAgent : plainAgent,
    headers: {
      accept: 'application/json',
      ...request.headers,
      ...(request.body === undefined ? {} : { 'content-length': Buffer.byteLength(request.body) }),
    },
  }
  return new Promise((answer, fail) => {
    let [late, sent] = [false, false]
    const fallen = (error: NodeJS.ErrnoException): void => {
      if (error instanceof FetchError) fail(error)
      else if (late) fail(new FetchError('timeout', 'no answer in time', { cause: error, sent }))
      else fail(new FetchError('unreachable', `no connection (${error.code ?? 'error'})`, { cause: error, sent }))
    }
    const call = (url.protocol === 'https:' ? httpsRequest : httpRequest)(url, options, (response) => {
      readAll(response, request.maxBytes ?? 1_000_000, fallen, (body) => {
        answer({ status: response.statusCode ?? 0, headers: plainHeaders(response), body })
      })
    })
    const timer = setTimeout(
      () => {
        late = true
        call.destroy(new Error('no answer in time'))
      },
      (request.timeoutMs ?? 15_000) * patience,
    )
    call.once('socket', (socket) => {
      const connected = (): void => {
        sent = true
      }
      if (socket.connecting) socket.once(url.protocol === 'https:' ? 'secureConnect' : 'connect', connected)
      else connected()
    })
    call.on('error', fallen)
    call.once('close', () => clearTimeout(timer))
    call.end(request.body)
  })
}

function plainHeaders({ headers }: IncomingMessage): Record<string, string> {
  const plain: Record<string, string> = {}
  for (const name in headers) {
    const value = headers[name]
    if (value !== undefined) plain[name] = Array.isArray(value) ? value.join(', ') : value
  }
  return plain
}

function readAll(response: IncomingMessage, maxBytes: number, fallen: (error: Error) => void, whole: (body: string) => void): void {
  const parts: Buffer[] = []
  let size = 0
  response.on('data', (part: Buffer) => {
    size += part.length
    if (size <= maxBytes) parts.push(part)
    else response.destroy(new FetchError('too_large', `the answer is larger than ${maxBytes} bytes`, { sent: true }))
  })
  response.on('error', fallen)
  // Also where the other side cuts the line in the middle of its answer.
  response.once('close', () => {
    if (!response.complete) fallen(new Error('the answer was cut short'))
  })
  response.once('end', () => whole(parts.length === 1 ? (parts[0] as Buffer).toString('utf8') : Buffer.concat(parts).toString('utf8')))
}
