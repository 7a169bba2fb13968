// The same rows against stock ltijs, as its README sets it up, on a PostgreSQL of its own: what it does where the case can be put over HTTP.
import { type Lms, startLms } from '../../../fixtures/lms-simulator/index.ts'
import { freePort } from '../../bench/child.ts'
import { startStock } from '../../bench/stock.ts'
import type { Row, Scene } from './rows.ts'
import { addQuiz, otherLms, twins } from './stage.ts'

export interface StockStage {
  scene: Scene
  close(): Promise<void>
}

const registrationOf = ({ registration }: Lms) => ({ origin: registration.issuer, ...registration })

export async function setStockStage(databaseUrl: string): Promise<StockStage> {
  const port = await freePort()
  const toolOrigin = `http://127.0.0.1:${port}`
  const lms = await startLms({ port: 0, toolOrigin, quiet: true })
  const other = await otherLms(toolOrigin)
  const own = registrationOf(lms)
  const more = [...twins.map(({ clientId, status }) => ({ ...own, clientId, active: status === 'active' })), registrationOf(other)]
  const tool = await startStock(databaseUrl, own, { port, routes: { appRoute: '/lti/launch', loginRoute: '/lti/login' }, more })
  return {
    scene: { origin: tool.origin, lms, itemId: addQuiz(lms), other, stock: true },
    async close() {
      await tool.child.stop()
      await lms.stop()
      await other.stop()
    },
  }
}

export interface StockVerdict {
  says: string
  /** As the row wants it, whatever the status; null = not run. */
  right: boolean | null
}

/** Let in or not: that is all that can be compared, because stock ltijs has no reasons and one status for most. */
export async function playStock(row: Row, scene: Scene): Promise<StockVerdict> {
  if (row.oursOnly) return { says: `not run: ${row.oursOnly}`, right: null }
  const mustRefuse = row.status >= 400
  try {
    const answer = await row.send(scene)
    await answer.text()
    if (answer.status >= 500) return { says: `breaks: ${answer.status}`, right: row.status === answer.status }
    const refused = answer.status >= 400
    return {
      says: refused ? `refused: ${answer.status}` : '**accepted**'.slice(mustRefuse ? 0 : 2, mustRefuse ? undefined : -2),
      right: refused === mustRefuse,
    }
  } catch (error) {
    const { name, message } = error as Error
    if (name === 'TimeoutError') return { says: 'no answer in 8 s', right: false }
    if (name === 'JourneyStopped') return { says: 'refused at the login', right: mustRefuse }
    return { says: `**${message}**`, right: false }
  }
}
