// The product as it is met on the web: over https, tool and LMS two sites (cuepoint.localhost and campus.localhost, which browsers take for this
// machine), a TLS proxy before the tool, and LMSs with and without platform storage.
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Lms as Simulated, startLms } from '../../fixtures/lms-simulator/index.ts'
import { type Lms, type School, startSchool } from './school.ts'

export interface SecureSchool {
  /** Origin of the tool, as browsers see it. */
  tool: string
  /** An LMS of this sort, over https: Canvas has platform storage, its authorisation endpoint lies on a host of its own; Moodle has none. */
  lms(profile: Lms['profile']): Promise<Lms>
  printed: School['printed']
  stop(): Promise<void>
}

/** For the names used here, for a day. */
async function selfSigned(folder: string): Promise<{ key: string; cert: string; certFile: string }> {
  const [keyFile, certFile] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const names = 'subjectAltName=DNS:localhost,DNS:campus.localhost,DNS:sso.localhost,DNS:cuepoint.localhost'
  const subject = ['-subj', '/CN=localhost', '-addext', names]
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '1', '-keyout', keyFile, '-out', certFile, ...subject],
    {
      stdio: 'ignore',
    },
  )
  return { key: await readFile(keyFile, 'utf8'), cert: await readFile(certFile, 'utf8'), certFile }
}

/** Passes on what comes over TLS, as an operator's reverse proxy does. */
async function tlsProxy(tls: { key: string; cert: string }, target: () => string): Promise<Server> {
  const proxy = createServer(tls, (given, answer) => {
    const headers = { ...given.headers, 'x-forwarded-proto': 'https', 'x-forwarded-for': given.socket.remoteAddress ?? '' }
    const onward = request(new URL(given.url ?? '/', target()), { method: given.method ?? 'GET', headers }, (reply) => {
      answer.writeHead(reply.statusCode ?? 502, reply.headers)
      reply.pipe(answer)
    })
    onward.on('error', () => answer.destroy())
    given.pipe(onward)
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  return proxy
}

export async function startSecureSchool(): Promise<SecureSchool> {
  const folder = await mkdtemp(join(tmpdir(), 'cuepoint-tls-'))
  const { certFile, ...tls } = await selfSigned(folder)
  let behind = ''
  const proxy = await tlsProxy(tls, () => behind)
  const tool = `https://cuepoint.localhost:${(proxy.address() as AddressInfo).port}`
  const school = await startSchool({ PUBLIC_URL: tool, TRUST_PROXY: '1', NODE_EXTRA_CA_CERTS: certFile })
  behind = school.tool
  const running = new Map<string, Promise<Simulated>>()
  const start = async (profile: Lms['profile']): Promise<Simulated> => {
    const names = { host: 'campus.localhost', serviceHost: 'localhost', ...(profile === 'canvas' ? { authHost: 'sso.localhost' } : {}) }
    const lms = await startLms({ ...names, port: 0, toolOrigin: tool, profile, tls, quiet: true })
    // As hosted Canvas: the issuer is another host than the school's, which an administrator approves.
    await school.register({ ...lms.registration, origins: [lms.origin] })
    return lms
  }
  return {
    tool,
    async lms(profile) {
      const starting = running.get(profile) ?? start(profile)
      running.set(profile, starting)
      return { origin: (await starting).origin, profile }
    },
    printed: school.printed,
    async stop() {
      for (const lms of running.values()) await (await lms).stop()
      await school.stop()
      proxy.close()
      proxy.closeAllConnections()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
