// `/metrics`, for Prometheus: with the token where one is set; in production nobody without one. Beside the pages of a web process, or on
// a port of its own, which a process without pages can have.
import { timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { Request, Response } from 'express'
import { config } from '../config.ts'
import { writeFigures } from '../telemetry/metrics.ts'

export function showMetrics(request: Request, response: Response): void {
  if (isAllowed(request)) writeFigures(request, response)
  else response.status(404).json({ ok: false })
}

function isAllowed({ headers }: IncomingMessage): boolean {
  const { metricsToken, production } = config()
  return metricsToken ? isToken(headers.authorization, metricsToken) : !production
}

/** `/metrics` by itself, and `/healthz`: the process is up. */
export async function listenForMetrics(port: number, host: string): Promise<Server> {
  const server = createServer((request, response) => {
    const path = request.url?.split('?')[0]
    if (request.method === 'GET' && path === '/metrics' && isAllowed(request)) return void writeFigures(request, response)
    const well = request.method === 'GET' && path === '/healthz'
    response.writeHead(well ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify({ ok: well }))
  })
  await new Promise<void>((listening, failed) => {
    server.once('error', (cause) => failed(new Error(`METRICS_PORT ${port} cannot be listened on: ${cause.message}`, { cause })))
    server.listen(port, host, listening)
  })
  return server
}

function isToken(given: string | undefined, token: string): boolean {
  const [mine, theirs] = [Buffer.from(`Bearer ${token}`), Buffer.from(given ?? '')]
  return mine.length === theirs.length && timingSafeEqual(mine, theirs)
}
