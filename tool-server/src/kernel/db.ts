// PostgreSQL: one Sequelize per process, transactions, and raw SQL on the hot paths (the same connection, the same Tx).
import pg from 'pg'
import { Sequelize, type Transaction } from 'sequelize'

/** The one transaction type. Models take it as `{ transaction: tx }`, raw SQL as `query(tx, …)`. */
export type Tx = Transaction

let opened: Sequelize | undefined

// int8 counters and sequence numbers fit a double: read them as numbers (Answer.seq is at most 2^53-1).
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

/** Opens the pool; `url` as in DATABASE_URL. */
export async function openDatabase(url: string, poolSize: number): Promise<Sequelize> {
  const sequelize = new Sequelize(url, {
    dialect: 'postgres',
    dialectModule: pg,
    logging: false,
    pool: { max: poolSize, min: 0, idle: 10_000, acquire: 15_000 },
    define: { underscored: true, timestamps: false },
    // Seen with 2-second databases and restarts: a statement must end, so that a page can say 503 instead of hanging.
    dialectOptions: { statement_timeout: 15_000, application_name: 'cuepoint' },
  })
  await sequelize.authenticate()
  opened = sequelize
  return sequelize
}

export async function closeDatabase(): Promise<void> {
  const closing = opened
  opened = undefined
  await closing?.close()
}

/** The open database; throws before openDatabase. */
function database(): Sequelize {
  if (!opened) throw new Error('the database is not open')
  return opened
}

/** Runs `work` in one transaction: all of it is written, or nothing. */
export function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return database().transaction(work)
}

/** Raw SQL inside a transaction, named parameters $1…; `name` prepares the statement once per connection. */
export async function query<Row extends pg.QueryResultRow>(
  tx: Tx,
  text: string,
  values: readonly unknown[] = [],
  name?: string,
): Promise<Row[]> {
  const { connection } = tx as unknown as { connection: pg.Client }
  const result = await connection.query<Row>({ text, values: values as unknown[], ...(name ? { name } : {}) })
  return result.rows
}

interface Connections {
  getConnection(options: { type: string }): Promise<pg.Client>
  releaseConnection(connection: pg.Client): void
}

/** One raw statement in a transaction of its own (PostgreSQL's implicit one), on a connection of the same pool. */
export async function queryAlone<Row extends pg.QueryResultRow>(
  text: string,
  values: readonly unknown[] = [],
  name?: string,
): Promise<Row[]> {
  const connections = (database() as unknown as { connectionManager: Connections }).connectionManager
  const connection = await connections.getConnection({ type: 'write' })
  try {
    const result = await connection.query<Row>({ text, values: values as unknown[], ...(name ? { name } : {}) })
    return result.rows
  } finally {
    connections.releaseConnection(connection)
  }
}
