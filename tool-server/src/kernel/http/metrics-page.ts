// `/metrics`, for Prometheus: with the token where one is set; in production nobody without one.
import { timingSafeEqual } from 'node:crypto'
import type { Request, Response } from 'express'
import { config } from '../config.ts'
import { writeFigures } from '../telemetry/metrics.ts'

export function showMetrics(request: Request, response: Response): void {
  const { metricsToken, production } = config()
  const allowed = metricsToken ? isToken(request.headers.authorization, metricsToken) : !production
  if (allowed) writeFigures(request, response)
  else response.status(404).json({ ok: false })
}

function isToken(given: string | undefined, token: string): boolean {
  const [mine, theirs] = [Buffer.from(`Bearer ${token}`), Buffer.from(given ?? '')]
  return mine.length === theirs.length && timingSafeEqual(mine, theirs)
}
