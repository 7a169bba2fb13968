// PURE: the statement that voids another (xAPI 1.0.3, Data 2.3.2). It is the tool's and names nobody. Its context has no platform: that
// word is for statements about activities only (Data 2.4.6).
import type { Statement } from './statement.ts'
import { statementId } from './statement-id.ts'

export const voidedVerb = 'http://adlnet.gov/expapi/verbs/voided'

export type VoidingStatement = Pick<Statement, 'id' | 'actor' | 'verb' | 'timestamp'> & {
  readonly object: { readonly objectType: 'StatementRef'; readonly id: string }
}

/** The same for every LRS, and however often it is made. */
export function voiding(id: string, { base, at }: { base: string; at: Date }): VoidingStatement {
  return {
    id: statementId(id, 'voided'),
    actor: { objectType: 'Agent', account: { homePage: base, name: 'cuepoint' } },
    verb: { id: voidedVerb, display: { en: 'voided' } },
    object: { objectType: 'StatementRef', id },
    timestamp: at.toISOString(),
  }
}
