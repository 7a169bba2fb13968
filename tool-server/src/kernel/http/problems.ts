// The one place that speaks HTTP about errors: problem+json for /api, a plain page inside the LMS frame for the rest.
import { type ProblemCode, problemStatus } from '@cuepoint/contracts'
import type { NextFunction, Request, Response } from 'express'
import { AppError } from '../errors.ts'
import { log } from '../log.ts'
import { html, sendPage } from './page.ts'

interface Mending {
  title: string
  who: string
}
const student = 'Go back to your course and open the activity again. If that does not help, show your teacher the support code.'
const admin = 'Your LMS administrator can mend this. Show them the support code.'
const operator = 'Whoever runs Cuepoint for your school can mend this. Show them, or your LMS administrator, the support code.'
const ours = 'This is our fault, not yours. Try again in a minute; if it stays, show your LMS administrator the support code.'

const mending: Partial<Record<ProblemCode, Mending>> = {
  login_refused: { title: 'This could not be opened', who: student },
  launch_refused: { title: 'This could not be opened', who: student },
  platform_unknown: { title: 'Your LMS is not registered here', who: admin },
  registration_inactive: { title: 'This LMS is not active here', who: operator },
  registration_refused: {
    title: 'The LMS is not registered',
    who: 'Nothing was changed at Cuepoint. Mend what is said above and open the registration again in your LMS, or ask the administrator of Cuepoint who gave you the link. The support code finds this try.',
  },
  deployment_refused: { title: 'This installation was refused', who: operator },
  deployment_pending: { title: 'This installation waits for approval', who: operator },
  platform_keys_unreachable: {
    title: 'Your LMS could not be checked',
    who: 'Try again in a minute. If it stays, your LMS administrator should look at whether the LMS publishes its keys.',
  },
  body_too_large: { title: 'Too much was sent', who: student },
  resource_not_found: { title: 'There is nothing at this address', who: student },
  internal_error: { title: 'Something went wrong', who: ours },
  service_unavailable: { title: 'We are busy', who: ours },
}

/** Anything thrown becomes an AppError; what we do not know is a bug and says nothing of itself. */
function appErrorOf(error: unknown): AppError {
  if (error instanceof AppError) return error
  const { type, name, code, status } = (error ?? {}) as { type?: string; name?: string; code?: string; status?: number }
  if (type === 'entity.too.large' || status === 413)
    return new AppError('body_too_large', 'What was sent is larger than this address takes.', { reason: 'body_too_large' })
  if (status === 400 || type === 'encoding.unsupported' || type === 'charset.unsupported')
    return new AppError('body_malformed', 'The request could not be read.')
  if (isAway(name, code))
    return new AppError('service_unavailable', 'The service is busy. Nothing was lost; try again in a moment.', { cause: error })
  return new AppError('internal_error', 'Something went wrong on our side.', { cause: error })
}

/** The database or S3 does not answer. */
function isAway(name = '', code = ''): boolean {
  return (
    /^SequelizeConnection|^SequelizeHostNot|AcquireTimeout|^TimeoutError$|^NetworkingError$|^SlowDown$|^ServiceUnavailable$/.test(name) ||
    /^(ECONNREFUSED|ECONNRESET|EPIPE|57P0[123]|53300|55P03|08\w{3}|57014)$/.test(code)
  )
}

/** Express's last handler. */
export function answerProblem(thrown: unknown, request: Request, response: Response, _next: NextFunction): void {
  const error = appErrorOf(thrown)
  const supportCode = String(response.locals.supportCode ?? '')
  const line = { supportCode, tenant: response.locals.tenant as string | undefined, code: error.code, reason: error.reason }
  if (error.code === 'internal_error' || error.cause !== undefined) log.error({ ...line, err: thrown }, 'request failed')
  else if (error.reason) log.warn({ ...line, audit: 'refused' }, 'request refused')
  if (response.headersSent) {
    response.destroy()
    return
  }
  if (error.status === 503) response.setHeader('retry-after', '5')
  if (request.path.startsWith('/api/') || request.path.startsWith('/xapi/') || response.locals.json)
    answerJson(error, supportCode, response)
  else answerPage(error, supportCode, response)
}

function answerJson(error: AppError, supportCode: string, response: Response): void {
  response.status(error.status)
  response.setHeader('cache-control', 'no-store')
  response.type('application/problem+json').send(
    JSON.stringify({
      type: `https://cuepoint.dev/problems/${error.code}`,
      title: mending[error.code]?.title ?? error.message,
      status: problemStatus[error.code],
      code: error.code,
      detail: error.message,
      supportCode,
      ...(error.issues ? { issues: error.issues } : {}),
    }),
  )
}

/** May be framed by anyone: it holds neither session nor content. */
function answerPage(error: AppError, supportCode: string, response: Response): void {
  const words = mending[error.code] ?? { title: 'This could not be opened', who: student }
  sendPage(response, {
    status: error.status,
    title: words.title,
    framedBy: 'anyone',
    kind: 'plain',
    body: html`<main>
<h1>${words.title}</h1>
<p>${error.message}</p>
<p class="who">${words.who}</p>
<p class="code">Support code: <code>${supportCode}</code></p>
</main>`,
  })
}
