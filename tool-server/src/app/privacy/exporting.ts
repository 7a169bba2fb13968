// All that is kept of one person, as one JSON document: written row by row as it is read, so that a long life costs no memory.
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { now } from '../../kernel/clock.ts'
import { mayBeSilent, query, type Tx, transaction } from '../../kernel/db.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import { page } from '../../kernel/http/implement.ts'
import { log } from '../../kernel/log.ts'
import { noteOperatorLook, operatorOf, personOf } from '../../modules/identity/index.ts'
import { noteDeed } from './deeds.ts'
import { personalTables, rowsOf } from './tables.ts'

const rowsAtOnce = 500
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Nothing is locked meanwhile. */
const slowReaderSeconds = 120

export const exportPage = page({
  method: 'GET',
  path: '/api/admin/privacy/export/:institutionId/:personId',
  says: 'all that is kept of one person, as JSON; for an operator',
  async handle(request, response) {
    const token = request.headers.authorization?.startsWith('Bearer ') ? request.headers.authorization.slice(7) : ''
    const operator = token ? await operatorOf(token) : null
    if (!operator) throw new AppError('operator_missing', 'You are not signed in here, or your time is over. Ask for a new sign-in link.')
    const { institutionId = '', personId = '' } = request.params as Record<string, string>
    if (!uuid.test(institutionId) || !uuid.test(personId)) throw notFound()
    if (!(await personOf(institutionId, personId))) throw notFound()
    const { operatorSessionId } = operator
    await noteOperatorLook(operatorSessionId, institutionId, personId, 'export')
    await transaction((tx) => noteDeed(tx, { institutionId, deed: 'export', operatorSessionId, personId, facts: {} }))
    log.info({ audit: 'person-exported', operatorSessionId, tenant: institutionId, personId }, 'a person was exported')
    response.setHeader('content-type', 'application/json; charset=utf-8')
    response.setHeader('content-disposition', `attachment; filename="cuepoint-person-${now().toISOString().slice(0, 10)}.json"`)
    response.setHeader('cache-control', 'no-store')
    await transaction(async (tx) => {
      await mayBeSilent(tx, slowReaderSeconds)
      await pipeline(Readable.from(documentOf(tx, personId)), response)
    })
  },
})

async function* documentOf(tx: Tx, personId: string): AsyncGenerator<string> {
  yield `{"format":"cuepoint-person","version":1,"exportedAt":"${now().toISOString()}"`
  // Who they are comes first.
  for (const it of personalTables.toReversed()) {
    if (it.exported === null) continue
    yield `,\n${JSON.stringify(it.table)}:[`
    const select = `select ${it.exported} from ${it.table} t where ${rowsOf(it)}${it.order ? ` order by ${it.order}` : ''}`
    await query(tx, `declare of_person no scroll cursor for ${select}`, [personId])
    let first = true
    for (;;) {
      const rows = await query(tx, `fetch ${rowsAtOnce} from of_person`)
      for (const row of rows) {
        yield `${first ? '' : ','}\n${JSON.stringify(row)}`
        first = false
      }
      if (rows.length < rowsAtOnce) break
    }
    await query(tx, 'close of_person')
    yield ']'
  }
  yield '}\n'
}
