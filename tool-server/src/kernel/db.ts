// PostgreSQL: one Sequelize per process, transactions, and raw SQL on the hot paths (the same connection, the same Tx).
import type { Socket } from 'node:net'
import pg from 'pg'
import { Sequelize, Transaction } from 'sequelize'
import { ask, prepareFrames } from './framed-query.ts'

/** The one transaction type. Models take it as `{ transaction: tx }`, raw SQL as `query(tx, …)`. */
export type Tx = Transaction

let opened: Sequelize | undefined

// int8 counters and sequence numbers fit a double: read them as numbers (Answer.seq is at most 2^53-1).
pg.types.setTypeParser(pg.types.builtins.INT8, Number)

/**
 * PostgreSQL may cut a connection in the moment between its being open and Sequelize's listening to it: an error that nobody listens to
 * would end the process.
 */
class Client extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config)
    // So does Sequelize mark what its pool must not give out any more.
    this.on('error', () => Object.assign(this, { _invalid: true }))
  }
}

/** PostgreSQL ends a transaction that asks nothing for so long. */
const silentMs = 5000

/** Opens the pool; `url` as in DATABASE_URL. */
export async function openDatabase(url: string, poolSize: number): Promise<Sequelize> {
  const sequelize = new Sequelize(url, {
    dialect: 'postgres',
    dialectModule: { ...pg, Client },
    logging: false,
    pool: { max: poolSize, min: 0, idle: 10_000, acquire: 15_000 },
    define: { underscored: true, timestamps: false },
    // Seen with 2-second databases and restarts: a statement must end, so that a page can say 503 instead of hanging.
    // And a process that is stopped in the middle of a transaction must not keep its locks from the others.
    dialectOptions: { statement_timeout: 15_000, idle_in_transaction_session_timeout: silentMs, application_name: 'cuepoint' },
  })
  // Statements that do not wait for each other may share a round trip.
  sequelize.addHook('afterConnect', async (connection: unknown) => {
    await prepareFrames(Object.assign(connection as pg.Client, { pipeline: true }))
  })
  // Sequelize names each transaction by a UUID, for its log only.
  const { queryGenerator } = (sequelize as unknown as { dialect: { queryGenerator: { generateTransactionId(): string } } }).dialect
  let begun = 0
  queryGenerator.generateTransactionId = () => String(++begun)
  await sequelize.authenticate()
  opened = sequelize
  return sequelize
}

const longestCloseMs = 8000

export async function closeDatabase(): Promise<void> {
  const closing = opened
  opened = undefined
  // A connection that is not given back must not hold up the end of a process: the server drops it then.
  await Promise.race([closing?.close(), new Promise<void>((late) => setTimeout(late, longestCloseMs).unref())])
}

/** The open database; throws before openDatabase. */
function database(): Sequelize {
  if (!opened) throw new Error('the database is not open')
  return opened
}

/** Sequelize's own, without the hooks that its connection manager runs around each connection. */
interface Pool {
  readonly using: number
  readonly available: number
  readonly waiting: number
  acquire(type: 'write'): Promise<pg.Client>
  release(connection: pg.Client): void
  destroy(connection: pg.Client): Promise<void>
}

const poolOf = (sequelize: Sequelize): Pool => (sequelize as unknown as { connectionManager: { pool: Pool } }).connectionManager.pool

/** How the pool of this process stands. */
export function poolState(): { inUse: number; idle: number; waiting: number } {
  const pool = opened && poolOf(opened)
  return { inUse: pool?.using ?? 0, idle: pool?.available ?? 0, waiting: pool?.waiting ?? 0 }
}

/** What Sequelize's transaction keeps to itself and its models look for. */
interface Inside {
  readonly connection: pg.Client
  finished: 'commit' | 'rollback' | undefined
  _afterCommitHooks: ((tx: Tx) => unknown)[]
}

const sequelizes = Transaction as unknown as new (sequelize: Sequelize, options: object) => Tx & Inside

/** Begins with what is asked first. */
class Lazy extends sequelizes {
  readonly raw: pg.Client
  begun = false
  /** COMMIT, once it is sent. */
  committed: Promise<unknown> | undefined

  constructor(connection: pg.Client) {
    super(database(), {})
    this.raw = connection
  }

  /** Sequelize's models read it when they ask something: so they find the transaction begun. */
  override get connection(): pg.Client {
    if (!this.begun) {
      this.begun = true
      gather(this.raw)
      // Where it fails, so does what is asked behind it.
      this.raw.query('begin').catch(() => undefined)
    }
    return this.raw
  }
}

/** What is asked in one turn of the event loop goes to PostgreSQL in one packet. */
function gather(connection: pg.Client): void {
  const { stream } = (connection as unknown as { connection: { stream: Socket } }).connection
  if (stream.writableCorked > 0) return
  stream.cork()
  process.nextTick(() => stream.uncork())
}

/**
 * Runs `work` in one transaction: all of it is written, or nothing. Models and raw SQL take the same `tx`. BEGIN and COMMIT are sent
 * by ourselves: Sequelize's own take half of a launch's CPU (`npm run bench -- launch`), and BEGIN can go with the first statement.
 */
export async function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  const pool = poolOf(database())
  const connection = await pool.acquire('write')
  const tx = new Lazy(connection)
  let sound = true
  try {
    const result = await work(tx)
    await commit(tx)
    for (const hook of tx._afterCommitHooks) await hook(tx)
    return result
  } catch (error) {
    const ended = await tx.committed?.then(
      () => true,
      () => false,
    )
    tx.finished ??= 'rollback'
    if (tx.begun && !ended)
      await connection.query('rollback').catch(() => {
        sound = false
      })
    throw error
  } finally {
    if (sound) pool.release(connection)
    else await pool.destroy(connection)
  }
}

/**
 * Sends COMMIT behind the statements that are asked already, without waiting for them: one round trip less for who knows that nothing
 * follows. If one of them fails, PostgreSQL rolls back and `transaction` throws. Where COMMIT went with the last statement, that is it.
 */
export function commit(tx: Tx): Promise<unknown> {
  const lazy = tx as unknown as Lazy
  lazy.finished = 'commit'
  lazy.committed ??= lazy.begun ? committed(lazy.raw) : Promise.resolve()
  return lazy.committed
}

async function committed(connection: pg.Client): Promise<void> {
  const { command } = await connection.query('commit')
  // A statement failed and `work` went on: PostgreSQL has rolled back.
  if (command !== 'COMMIT') throw new Error('the transaction was undone by a failed statement')
}

/** For a transaction that holds a lock while something outside answers: it may be silent for so long. */
export async function mayBeSilent(tx: Tx, seconds: number): Promise<void> {
  await query(tx, "select set_config('idle_in_transaction_session_timeout', $1, true)", [`${seconds}s`], 'silent')
}

/** Raw SQL inside a transaction, named parameters $1…; `name` prepares the statement once per connection. */
export async function query<Row extends pg.QueryResultRow>(
  tx: Tx,
  text: string,
  values: readonly unknown[] = [],
  name?: string,
): Promise<Row[]> {
  const { rows } = await asked<Row>(tx, configOf(text, values, name), false)
  return rows
}

/** As `query`, for the last statement of a transaction: COMMIT goes with it. */
export async function queryLast<Row extends pg.QueryResultRow>(
  tx: Tx,
  text: string,
  values: readonly unknown[],
  name?: string,
): Promise<Row[]> {
  const asking = asked<Row>(tx, configOf(text, values, name), true)
  const lazy = tx as unknown as Lazy
  lazy.finished = 'commit'
  lazy.committed = asking
  const { rows } = await asking
  return rows
}

function asked<Row extends pg.QueryResultRow>(tx: Tx, config: pg.QueryConfig, closes: boolean): Promise<pg.QueryResult<Row>> {
  const inside = tx as unknown as Inside
  // After a rollback too: what `work` left under way would run by itself, or in the next one's transaction.
  if (inside.finished) throw new Error('the transaction is over')
  // Sequelize's own (migrations) are begun.
  const lazy = inside instanceof Lazy ? inside : { begun: true, raw: inside.connection }
  const { begun, raw } = lazy
  gather(raw)
  // Neither for the first and the last in one: PostgreSQL makes a transaction of it by itself.
  const frame = { opens: !begun && !closes, closes: begun && closes }
  lazy.begun ||= frame.opens
  return ask(raw, config, frame)
}

function configOf(text: string, values: readonly unknown[], name: string | undefined): pg.QueryConfig {
  return { text, values: values as unknown[], ...(name ? { name } : {}) }
}

/** One raw statement in a transaction of its own (PostgreSQL's implicit one), on a connection of the same pool. */
export async function queryAlone<Row extends pg.QueryResultRow>(
  text: string,
  values: readonly unknown[] = [],
  name?: string,
): Promise<Row[]> {
  const pool = poolOf(database())
  const connection = await pool.acquire('write')
  try {
    const result = await ask<Row>(connection, configOf(text, values, name))
    return result.rows
  } finally {
    pool.release(connection)
  }
}
