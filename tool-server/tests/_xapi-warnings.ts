// Learning Locker's validator of xAPI 1.0.3: what it has against a statement, one line each; none = valid.
import * as validation from '@learninglocker/xapi-validation'

type Validate = (statement: unknown) => { path?: string[]; constructor: { name: string } }[]
// CommonJS that calls itself ESM: where its default is depends on who loads it.
const found = validation as unknown as { default: Validate | { default: Validate } }
const validate = typeof found.default === 'function' ? found.default : found.default.default

export function warningsOf(statement: unknown): string[] {
  return validate(statement).map((it) => `${it.constructor.name} at ${(it.path ?? []).join('.')}`)
}
