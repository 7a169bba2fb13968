// AppError: what went wrong in words that a caller may see. Anything else that is thrown is a bug.
import { type ProblemCode, problemStatus } from '@cuepoint/contracts'

export interface Issue {
  path: string
  code: string
  message: string
}

/** An expected refusal. `message` is shown to people: no ids of others, no secrets. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ProblemCode
  readonly issues: readonly Issue[] | undefined
  /** For the audit line only, e.g. the reason code of a refused launch. */
  readonly reason: string | undefined
  constructor(code: ProblemCode, message: string, more: { issues?: readonly Issue[]; reason?: string; cause?: unknown } = {}) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause })
    this.code = code
    this.issues = more.issues
    this.reason = more.reason
  }
  get status(): number {
    return problemStatus[this.code]
  }
}

export function notFound(code: ProblemCode = 'resource_not_found', message = 'There is nothing here.'): AppError {
  return new AppError(code, message)
}
/** Leaves an audit line: somebody reached for what is not theirs. */
export function forbidden(message: string, code: ProblemCode = 'role_not_allowed'): AppError {
  return new AppError(code, message, { reason: code })
}
export function conflict(code: ProblemCode, message: string): AppError {
  return new AppError(code, message)
}
export function invalid(message: string, issues: readonly Issue[] = [], code: ProblemCode = 'body_invalid'): AppError {
  return new AppError(code, message, { issues })
}

/** Thrown by a listener: trying again is hopeless, park the delivery with this reason. */
export class GiveUp extends Error {
  override readonly name = 'GiveUp'
}

/** Thrown by a listener: try again, but not before so many seconds (an LMS's Retry-After, say). */
export class TryLater extends Error {
  override readonly name = 'TryLater'
  readonly afterSeconds: number
  constructor(message: string, afterSeconds: number) {
    super(message)
    this.afterSeconds = afterSeconds
  }
}
