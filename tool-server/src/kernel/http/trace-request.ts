// The first handler of a route: the request is a span until it is answered.
import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { startRequest } from '../telemetry/tracing.ts'

export function traceRequest(route: string): RequestHandler {
  return (_request: Request, response: Response, next: NextFunction): void => {
    const span = startRequest(route)
    if (!span) return next()
    response.once('close', () => span.end(response.statusCode, String(response.locals.supportCode)))
    span.within(next)
  }
}
