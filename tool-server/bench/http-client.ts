// The smallest HTTP client that can load a server: keep-alive, no redirects followed, loopback only.
import { Agent, type IncomingHttpHeaders, request } from 'node:http'

export interface Reply {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

export interface Call {
  method: 'GET' | 'POST' | 'PUT'
  headers?: Record<string, string>
  body?: string
}

export type Send = (address: string, call: Call) => Promise<Reply>

/** As many connections as there are calls at once; each is used again. */
export function httpClient(): { send: Send; close(): void } {
  const agent = new Agent({ keepAlive: true, maxSockets: 256 })
  const send: Send = (address, { method, headers = {}, body }) =>
    new Promise((resolve, reject) => {
      const { hostname, port, pathname, search } = new URL(address)
      if (hostname !== '127.0.0.1') return reject(new Error(`the bench calls this machine only, not ${hostname}`))
      const length: Record<string, number> = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }
      const sent = request({ agent, hostname, port, method, path: pathname + search, headers: { ...headers, ...length }, timeout: 30_000 })
      sent.once('timeout', () => sent.destroy(new Error(`${method} ${pathname}: no answer in 30 s`)))
      sent.once('error', reject)
      sent.once('response', (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.once('error', reject)
        answer.once('end', () =>
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts).toString() }),
        )
      })
      sent.end(body)
    })
  return { send, close: () => agent.destroy() }
}

/** A browser's cookies for one tool: set, sent back, dropped when their time is over. */
export class Cookies {
  private readonly held = new Map<string, string>()

  take({ headers }: Reply): void {
    for (const line of headers['set-cookie'] ?? []) {
      const [, name = '', value = ''] = /^([^=;]+)=([^;]*)/.exec(line) ?? []
      if (/;\s*(max-age=0|expires=thu, 01 jan 1970)/i.test(line)) this.held.delete(name)
      else this.held.set(name, value)
    }
  }

  header(): Record<string, string> {
    return this.held.size === 0 ? {} : { cookie: [...this.held].map(([name, value]) => `${name}=${value}`).join('; ') }
  }
}
