// A statement with BEGIN before it or COMMIT behind it, all under one Sync: PostgreSQL answers once and not three times, which is what a
// short transaction mostly costs (`npm run bench -- events`, record). How pg.Query is taken apart here holds for the exact version pinned.
import pg from 'pg'

/** What pg.Query uses of a connection. */
interface Wire {
  bind(config: { portal: string; statement: string }): void
  execute(config: { portal: string }): void
}

interface PgQuery {
  name: string | undefined
  callback: (error: Error | null, result?: unknown) => void
  requiresPreparation(): boolean
  prepare(wire: Wire): void
  _getRows(wire: Wire, rows: number | undefined): void
  handleCommandComplete(message: { text: string }, wire: Wire): void
}

export interface Frame {
  /** BEGIN goes before it. */
  opens: boolean
  /** COMMIT goes behind it; where the statement fails, PostgreSQL leaves COMMIT out and waits for ROLLBACK. */
  closes: boolean
}

const names = { begin: 'transaction.begin', commit: 'transaction.commit' } as const

/** To be awaited once per connection, before its first framed statement. */
export async function prepareFrames(connection: pg.ClientBase): Promise<void> {
  await connection.query({ name: names.begin, text: 'begin' })
  await connection.query({ name: names.commit, text: 'commit' })
}

const base = pg.Query as unknown as new (text: string, values: unknown[] | undefined) => PgQuery

class FramedQuery extends base {
  private readonly frame: Frame
  constructor({ text, values }: pg.QueryConfig, frame: Frame) {
    super(text, values)
    this.frame = frame
  }

  /** Only the extended protocol has frames. */
  override requiresPreparation(): boolean {
    return true
  }

  override prepare(wire: Wire): void {
    if (this.frame.opens) run(wire, names.begin)
    super.prepare(wire)
  }

  override _getRows(wire: Wire, rows: number | undefined): void {
    if (!this.frame.closes) return super._getRows(wire, rows)
    wire.execute({ portal: '' })
    run(wire, names.commit)
    ;(wire as Wire & { sync(): void }).sync()
  }

  /** Only the statement's own result is its caller's. */
  override handleCommandComplete(message: { text: string }, wire: Wire): void {
    if (message.text !== 'BEGIN' && message.text !== 'COMMIT') super.handleCommandComplete(message, wire)
  }
}

function run(wire: Wire, statement: string): void {
  wire.bind({ portal: '', statement })
  wire.execute({ portal: '' })
}

/**
 * As `connection.query`, without the copy of `config` that pg makes property by property (a twentieth of our CPU for a short transaction).
 * In a frame the statement always goes by the extended protocol.
 */
export function ask<Row extends pg.QueryResultRow>(
  connection: pg.ClientBase,
  config: pg.QueryConfig,
  frame?: Frame,
): Promise<pg.QueryResult<Row>> {
  return new Promise((resolve, reject) => {
    const asked = frame?.opens || frame?.closes ? new FramedQuery(config, frame) : new base(config.text, config.values)
    asked.name = config.name
    asked.callback = (error, result) => {
      if (error) {
        // Where it was asked, not where the socket was read.
        Error.captureStackTrace(error)
        reject(error)
      } else resolve(result as pg.QueryResult<Row>)
    }
    connection.query(asked as unknown as pg.Submittable)
  })
}
