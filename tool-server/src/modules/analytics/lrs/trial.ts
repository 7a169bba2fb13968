// A test statement: sent to an LRS now, and asked back. It is about nobody: its actor is an account of the tool.
import type { LrsTrial } from '@cuepoint/contracts'
import { newId, now } from '../../../kernel/clock.ts'
import { config } from '../../../kernel/config.ts'
import { notFound } from '../../../kernel/errors.ts'
import type { Statement } from '../statement/statement.ts'
import { getStatement, postStatements } from './calls.ts'
import { type Lrs, lrsById } from './endpoints.ts'

export async function tryLrs(lrsId: string): Promise<LrsTrial> {
  const lrs = await lrsById(lrsId)
  if (!lrs) throw notFound()
  const statement = testStatement()
  const meaning = await postStatements(lrs, [statement])
  if (meaning.is !== 'stored') return { outcome: 'refused', words: meaning.words, statementId: statement.id }
  const back = await readBack(lrs, statement.id)
  return back === null
    ? { outcome: 'read-back', words: '', statementId: statement.id }
    : { outcome: 'taken', words: back, statementId: statement.id }
}

/** null: it gave the statement back. Writing alone is enough for us: many keys may not read. */
async function readBack(lrs: Lrs, id: string): Promise<string | null> {
  const held = await getStatement(lrs, id)
  if (held.is === 'away') return held.words
  return (held.statement as { id?: string } | null)?.id === id ? null : 'It does not show the statement to these credentials.'
}

function testStatement(): Statement {
  const base = config().publicUrl
  return {
    id: newId(),
    actor: { objectType: 'Agent', account: { homePage: base, name: 'cuepoint-test' } },
    verb: { id: 'http://adlnet.gov/expapi/verbs/experienced', display: { en: 'experienced' } },
    object: {
      objectType: 'Activity',
      id: `${base}/xapi/activities/test`,
      definition: { type: 'http://adlnet.gov/expapi/activities/link', name: { en: 'A test from the administration of Cuepoint' } },
    },
    context: { platform: 'Cuepoint', contextActivities: {} },
    timestamp: now().toISOString(),
  }
}
