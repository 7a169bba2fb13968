// No outbound call reaches this machine or a private network unless development says so.
import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from './config.ts'
import { addressAllowed, checkedUrl, FetchError, safeFetch } from './safe-fetch.ts'

let server: Server
let origin = ''
let hits = 0
beforeAll(async () => {
  server = createServer((request, response) => {
    hits++
    if (request.url === '/large') response.end('x'.repeat(1_200_000))
    else if (request.url === '/redirect') response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()
    else if (request.url === '/drip') response.write('x')
    else response.end(JSON.stringify({ ok: true }))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(server.address() as { port: number }).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const code = async (call: Promise<unknown>): Promise<string> =>
  call.then(
    () => 'answered',
    (error: unknown) => (error instanceof FetchError ? error.code : String(error)),
  )

describe('addresses', () => {
  it.each([
    '10.0.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.16.9.9',
    '192.168.1.1',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    '::ffff:10.0.0.1',
    '::ffff:127.0.0.1',
    '2002:7f00:1::',
    '2001:0:7f00:1::',
    '64:ff9b:1::a00:1',
    '::ffff:0:a00:1',
    '::ffff:a9fe:a9fe',
    'fec0::1',
    'nonsense',
  ])('%s is not called', (address) => expect(addressAllowed(address, false)).toBe(false))
  it.each(['93.184.216.34', '2606:2800:220:1:248:1893:25c8:1946', '172.32.0.1'])('%s is', (address) =>
    expect(addressAllowed(address, false)).toBe(true),
  )
  it('loopback only where development allows it, private networks never', () => {
    expect(addressAllowed('127.0.0.1', true)).toBe(true)
    expect(addressAllowed('10.0.0.1', true)).toBe(false)
    expect(addressAllowed('169.254.169.254', true)).toBe(false)
  })
})

describe('in production (attack 24)', () => {
  beforeAll(() => void loadConfig({ ALLOW_LOOPBACK: '' }))
  it.each([
    'http://example.com/',
    'file:///etc/passwd',
    'gopher://example.com/',
    'ftp://example.com/',
    'https://user@example.com/',
    'https://example.com:22/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://0x7f.1/',
    'https://0177.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://169.254.169.254/latest',
    'not an address',
  ])('%s is refused before any connection', (address) => expect(() => checkedUrl(address)).toThrow(FetchError))
  it('a name that leads to this machine is refused where the socket would connect', async () => {
    const before = hits
    expect(await code(safeFetch(`https://localhost:${new URL(origin).port}/`))).toBe('blocked_address')
    expect(hits).toBe(before)
  })
})

describe('limits (attack 26)', () => {
  beforeAll(() => void loadConfig({ ALLOW_LOOPBACK: 'true' }))
  it('answers', async () => expect(await safeFetch(`${origin}/`)).toMatchObject({ status: 200, body: '{"ok":true}' }))
  it('cuts a body over 1 MB', async () => expect(await code(safeFetch(`${origin}/large`))).toBe('too_large'))
  it('follows no redirect', async () => expect((await safeFetch(`${origin}/redirect`)).status).toBe(302))
  it('ends a slow drip', async () => expect(await code(safeFetch(`${origin}/drip`, { timeoutMs: 300 }))).toBe('timeout'))
  it('says when nobody answers', async () => expect(await code(safeFetch('http://127.0.0.1:9/'))).toMatch(/unreachable|bad_url/))
})
