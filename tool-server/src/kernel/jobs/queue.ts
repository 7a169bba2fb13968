// BullMQ as it is set up here, on PostgreSQL or on Redis. Its jobs are wake-ups, never the record of work: losing them costs seconds.
import {
  createPostgresBackend,
  type PostgresConnectionOptions,
  Queue,
  type QueueOptions,
  Worker,
  type WorkerOptions,
  withBackend,
} from 'bullmq'
import { Redis } from 'ioredis'
import pg from 'pg'
import { warnSeldom } from '../events/seldom.ts'
import type { QueueName } from '../module.ts'
import { assertQueuesMigrated, queueSchema } from './queue-schema.ts'

export interface QueueAddress {
  databaseUrl: string
  /** Absent: BullMQ runs on PostgreSQL. */
  redisUrl?: string | undefined
  /** Keeps tools apart that share a Redis. */
  prefix?: string | undefined
}

/** The wake-up of a lane. */
export interface WakeUp {
  listener: string
  lane: string
  /** By how many processes it was passed on, because they do not serve this listener. */
  passed?: number
}

export interface Backend {
  /** false while it is known that adding would fail or wait. */
  ready(): boolean
  queue(name: QueueName): Queue<WakeUp>
  worker(name: QueueName, concurrency: number, work: (wakeUp: WakeUp) => Promise<void>): Worker<WakeUp>
  close(): Promise<void>
}

const onPostgres = withBackend(createPostgresBackend)

// Nobody reads BullMQ's event stream here.
const queueOptions: Omit<QueueOptions, 'connection'> = { streams: { events: { maxLen: 100 } } }

const workerOptions: Omit<WorkerOptions, 'connection'> = {
  // With BullMQ's own 30 s and 30 s the job of a killed worker would run again after a minute.
  lockDuration: 3000,
  stalledInterval: 2000,
  maxStalledCount: 100,
  runRetryDelay: 1000,
  drainDelay: 5,
  removeOnComplete: { count: 0 },
  removeOnFail: { count: 0 },
}

export async function openBackend(address: QueueAddress): Promise<Backend> {
  return address.redisUrl === undefined ? openOnPostgres(address.databaseUrl) : openOnRedis(address.redisUrl, address.prefix)
}

async function openOnPostgres(databaseUrl: string): Promise<Backend> {
  const first = new pg.Client({ connectionString: databaseUrl, application_name: 'cuepoint queue' })
  first.on('error', () => undefined)
  await first.connect()
  try {
    await assertQueuesMigrated(first)
  } finally {
    await first.end().catch(() => undefined)
  }
  const limits = { connectionTimeoutMillis: 5000, idleTimeoutMillis: 10_000, keepAlive: true, query_timeout: 10_000 }
  // Queues only add: two connections serve all three. (BullMQ takes a given pool as it is, so the schema is set here.)
  const adding = { ...limits, connectionString: databaseUrl, max: 2, options: `-c search_path=${queueSchema}` }
  const pool = new pg.Pool({ ...adding, application_name: 'cuepoint queue' })
  const given = pool as unknown as PostgresConnectionOptions
  pool.on('error', (error) => warnSeldom('the queue lost its database connection', error))
  return {
    ready: () => true,
    queue: (name) => quiet(new onPostgres.Queue<WakeUp>(name, { ...queueOptions, connection: given })) as unknown as Queue<WakeUp>,
    worker: (name, concurrency, work) => {
      const connection = { ...limits, connectionString: databaseUrl, max: 2, schema: queueSchema }
      const process = (job: { data: WakeUp }) => work(job.data)
      return quiet(new onPostgres.Worker<WakeUp>(name, process, { ...workerOptions, concurrency, connection })) as unknown as Worker<WakeUp>
    },
    close: () => pool.end(),
  }
}

function openOnRedis(url: string, prefix = 'cuepoint'): Backend {
  const retryStrategy = (times: number) => Math.min(times * 100, 2000)
  // A request must never wait for Redis: commands fail at once while it is away, and after two seconds when it hangs.
  const client = new Redis(url, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    commandTimeout: 2000,
    connectTimeout: 5000,
    retryStrategy,
  })
  client.on('error', (error) => warnSeldom('Redis is not reachable', error))
  return {
    ready: () => client.status === 'ready',
    queue: (name) => quiet(new Queue<WakeUp>(name, { ...queueOptions, prefix, connection: client })),
    worker: (name, concurrency, work) => {
      const connection = { url, maxRetriesPerRequest: null, retryStrategy, connectTimeout: 5000 }
      return quiet(new Worker<WakeUp>(name, (job) => work(job.data), { ...workerOptions, prefix, concurrency, connection }))
    },
    close: async () => client.disconnect(),
  }
}

/** An 'error' that nobody listens to would end the process. */
function quiet<T extends { on(event: 'error', listener: (error: Error) => void): unknown }>(emitter: T): T {
  emitter.on('error', (error) => warnSeldom('the queue reports an error', error))
  return emitter
}
