// Express 5 from the modules' routes: request ids, logs, security headers, bodies as text with a limit per endpoint.
import { createServer, IncomingMessage, type Server, ServerResponse } from 'node:http'
import express, { type Express, type Request, type RequestHandler, type Response } from 'express'
import helmet from 'helmet'
import { newSupportCode } from '../clock.ts'
import { config } from '../config.ts'
import { AppError, notFound } from '../errors.ts'
import { log } from '../log.ts'
import type { Module } from '../module.ts'
import { DirectRoutes } from './direct.ts'
import { type Authenticate, handlerOf, type Route } from './implement.ts'
import { showMetrics } from './metrics-page.ts'
import { answerProblem } from './problems.ts'
import { traceRequest } from './trace-request.ts'

export interface Health {
  /** Why this process cannot serve now; empty = it can. */
  notReady(): Promise<readonly string[]>
  /** What an operator should mend though this process serves. */
  warnings?(): Promise<readonly string[]>
}

export interface Serving {
  app: Express
  direct: DirectRoutes
}

/** Builds the app; throws when a path is declared twice. */
export function appOf(modules: readonly Module[], authenticate: Authenticate, health: Health): Serving {
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false)
  app.set('trust proxy', config().trustProxy)
  app.set('query parser', 'simple')
  const direct = new DirectRoutes()
  const first: RequestHandler[] = [identify, fixedHeaders()]
  app.use(...first)
  for (const { method, path, handlers } of routesOf(modules, authenticate)) {
    direct.add(method, path, [...first, ...handlers])
    app[method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'head' | 'delete'](path, ...handlers)
  }
  app.get('/healthz', (_request, response) => void response.json({ ok: true }))
  app.get('/readyz', async (_request, response) => {
    const reasons = await health.notReady()
    const warnings = reasons.length > 0 ? [] : ((await health.warnings?.()) ?? [])
    response.status(reasons.length > 0 ? 503 : 200).json({ ok: reasons.length === 0, reasons, warnings })
  })
  app.get('/metrics', showMetrics)
  app.use('/assets', express.static(`${config().clientDir}/assets`, { immutable: true, maxAge: '1y', index: false, redirect: false }))
  app.use('/assets', () => {
    throw notFound()
  })
  app.use(() => {
    throw notFound()
  })
  app.use(answerProblem)
  return { app, direct }
}

interface Mounted {
  method: string
  path: string
  handlers: RequestHandler[]
}

function routesOf(modules: readonly Module[], authenticate: Authenticate): Mounted[] {
  const mounted: Mounted[] = []
  const declared = new Set<string>()
  // The upper rooms first: answers are what there is most of.
  for (const module of [...modules].reverse()) {
    for (const route of module.routes ?? []) {
      const method = route.kind === 'endpoint' ? route.endpoint.method : route.method
      const path = route.kind === 'endpoint' ? route.endpoint.path : route.path
      const name = `${method} ${path}`
      if (declared.has(name)) throw new Error(`${name} is declared twice`)
      declared.add(name)
      if (route.kind === 'page') {
        mounted.push({ method, path, handlers: [traceRequest(name), ...parsersOf(route), route.handle] })
      } else {
        const parse =
          method === 'GET' ? [] : [jsonOnly, express.text({ type: 'application/json', limit: route.endpoint.maxBytes ?? 65_536 })]
        mounted.push({ method, path, handlers: [traceRequest(name), ...parse, handlerOf(route, authenticate)] })
      }
    }
  }
  return mounted
}

function parsersOf({ form, json }: Extract<Route, { kind: 'page' }>): RequestHandler[] {
  if (json) return [speakJson, jsonOnly, express.text({ type: 'application/json', limit: json.maxBytes })]
  return form ? [express.text({ type: formType, limit: form.maxBytes }), asFields] : []
}

function speakJson(_request: Request, response: Response, next: () => void): void {
  response.locals.json = true
  next()
}

const formType = 'application/x-www-form-urlencoded'

/** The fields of a form; of several with one name the last. */
function asFields(request: Request, _response: Response, next: () => void): void {
  request.body = typeof request.body === 'string' ? Object.fromEntries(new URLSearchParams(request.body)) : {}
  next()
}

/** A body that is not JSON is refused rather than ignored. */
function jsonOnly(request: Request, _response: Response, next: () => void): void {
  if (request.headers['content-type'] && !request.is('application/json'))
    throw new AppError('body_malformed', 'Send JSON (content-type: application/json).')
  next()
}

/**
 * Helmet's headers, asked for once: they are the same for every answer. Each page brings its own CSP and frame-ancestors
 * (design.md section 5, Origins); helmet's defaults would break the return form, the frame, the new window and http on loopback.
 */
function fixedHeaders(): (request: Request, response: Response, next: () => void) => void {
  const headers = new Map<string, string>()
  const ask = helmet({
    contentSecurityPolicy: false,
    frameguard: false,
    crossOriginOpenerPolicy: false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    strictTransportSecurity: config().production,
    referrerPolicy: { policy: 'no-referrer' },
  })
  const collect = {
    setHeader: (name: string, value: string) => headers.set(name, value),
    removeHeader: (name: string) => headers.delete(name),
  }
  ask({} as Request, collect as unknown as Response, () => undefined)
  return (_request, response, next) => {
    for (const [name, value] of headers) response.setHeader(name, value)
    next()
  }
}

/** A path without what opens doors: a query string may carry somebody's token, a signed path its signature. */
function loggedPath(url: string): string {
  return (url.split('?')[0] ?? '').replace(/^\/media\/[^/]+/, '/media/…')
}

/** One line per request, when it is answered. Paths only: a query string may carry a login hint or a token of somebody's. */
function logWhenAnswered(request: Request, response: Response): void {
  const path = loggedPath(request.originalUrl)
  if (path === '/healthz' || path === '/readyz' || path === '/metrics') return
  const began = performance.now()
  response.once('close', () => {
    const { supportCode, tenant } = response.locals as { supportCode: string; tenant?: string }
    const answer = response.writableFinished ? response.statusCode : 'cut'
    log.info({ supportCode, tenant, method: request.method, path, status: answer, ms: Math.round(performance.now() - began) }, 'request')
  })
}

function identify(request: Request, response: Response, next: () => void): void {
  response.locals = { supportCode: newSupportCode() }
  logWhenAnswered(request, response)
  next()
}

/** Express changes the prototype of every request and response, which costs V8 all it has learnt of them: they are born with it. */
function bornAs<Base extends abstract new (...given: never[]) => object>(base: Base, prototype: object): Base {
  // Node's are functions that may be applied; Reflect.construct costs what this saves.
  function Born(this: object, ...given: unknown[]): void {
    ;(base as unknown as (this: object, ...given: unknown[]) => void).apply(this, given)
  }
  Born.prototype = prototype
  return Born as unknown as Base
}

/** Listens; a busy port ends in one plain sentence. */
export function listen({ app, direct }: Serving): Promise<Server> {
  const classes = { IncomingMessage: bornAs(IncomingMessage, app.request), ServerResponse: bornAs(ServerResponse, app.response) }
  const server = createServer(
    { requestTimeout: 60_000, headersTimeout: 15_000, maxHeaderSize: 16_384, ...classes },
    (request, response) => {
      if (!direct.answer(request as unknown as Request, response as unknown as Response)) app(request, response)
    },
  )
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') reject(new Error(`Port ${config().port} is busy: end what uses it, or set PORT to another one.`))
      else reject(error)
    })
    server.listen(config().port, config().host, () => resolve(server))
  })
}
