// Addresses without a parameter are found by one look-up, before Express walks its list of paths: a launch would pass every
// route of the product twice. What is found here runs the same handlers with the same request and response; all else goes to Express.
import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { answerProblem } from './problems.ts'

export class DirectRoutes {
  private readonly handlers = new Map<string, readonly RequestHandler[]>()

  /** Keeps a route whose path has no parameter. */
  add(method: string, path: string, handlers: readonly RequestHandler[]): void {
    if (/^[\w/.-]+$/.test(path)) this.handlers.set(`${method} ${path}`, handlers)
  }

  /** Answers, or says false: then it is Express's. */
  answer(request: Request, response: Response): boolean {
    const { method, url } = request
    const end = url.indexOf('?')
    const handlers = this.handlers.get(`${method} ${end < 0 ? url : url.slice(0, end)}`)
    if (!handlers) return false
    // What Express's own router would have put there.
    Object.assign(request, { originalUrl: url, baseUrl: '', params: {}, res: response })
    run(handlers, request, response)
    return true
  }
}

/** One after the other, each called by the one before; what is thrown or rejected becomes a page or a problem. */
function run(handlers: readonly RequestHandler[], request: Request, response: Response): void {
  let at = 0
  const fail = (thrown: unknown): void => answerProblem(thrown, request, response, fail as NextFunction)
  const next = (thrown?: unknown): void => {
    if (thrown) return fail(thrown)
    try {
      const done: unknown = handlers[at++]?.(request, response, next as NextFunction)
      if (done instanceof Promise) done.catch(fail)
    } catch (error) {
      fail(error)
    }
  }
  next()
}
