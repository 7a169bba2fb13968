// Publishes ids across processes (LISTEN/NOTIFY), for live pages. At most once: a page reads the state itself, an id only says when.
import pg from 'pg'
import { queryAlone, type Tx } from './db.ts'
import { warnSeldom } from './events/seldom.ts'

interface Subscriber {
  heard: (id: string) => void
  missed: (() => void) | undefined
}

const postgresChannel = 'cuepoint_live'
const subscribers = new Map<string, Set<Subscriber>>()
const toSend = new Map<string, [channel: string, id: string]>()
let sending: Promise<void> | undefined
let address: string | undefined
let client: pg.Client | undefined
let reconnect: NodeJS.Timeout | undefined

/** Opens this process's one listening connection, and keeps it open. */
export async function openLive(databaseUrl: string): Promise<void> {
  address = databaseUrl
  await listen()
}

export async function closeLive(): Promise<void> {
  address = undefined
  clearTimeout(reconnect)
  await sending
  const closing = client
  client = undefined
  await closing?.end().catch(() => undefined)
}

/** Tells all processes, after commit when there is a transaction; ids of one moment go together. Never throws. */
export function publish(tx: Tx | null, channel: string, id: string): void {
  const send = () => {
    toSend.set(`${channel}\n${id}`, [channel, id])
    // Not inside the caller's transaction: PostgreSQL commits transactions with a NOTIFY one after the other.
    sending ??= sendAll()
  }
  if (tx) tx.afterCommit(send)
  else send()
}

/** `missed` is called when ids may have been lost: the connection was away. */
export function subscribe(channel: string, heard: (id: string) => void, missed?: () => void): () => void {
  const mine = subscribers.get(channel) ?? new Set()
  const subscriber: Subscriber = { heard, missed }
  subscribers.set(channel, mine.add(subscriber))
  return () => {
    mine.delete(subscriber)
    if (mine.size === 0 && subscribers.get(channel) === mine) subscribers.delete(channel)
  }
}

async function sendAll(): Promise<void> {
  await new Promise(setImmediate)
  while (toSend.size > 0) {
    const payloads = [...toSend.values()].map((message) => JSON.stringify(message))
    toSend.clear()
    try {
      await queryAlone(`select pg_notify('${postgresChannel}', p) from unnest($1::text[]) as p`, [payloads], 'live.publish')
    } catch (error) {
      warnSeldom('live pages could not be told', error)
    }
  }
  sending = undefined
}

async function listen(): Promise<void> {
  const mine = new pg.Client({
    connectionString: address,
    application_name: 'cuepoint live',
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  })
  client = mine
  mine.on('error', () => undefined)
  mine.on('notification', (message) => hear(message.payload ?? ''))
  await mine.connect()
  await mine.query(`listen ${postgresChannel}`)
  // close() during the connect, or a connection that ended in between, comes here too.
  mine.once('end', () => lost(mine))
  if (address === undefined) await mine.end()
}

function lost(was: pg.Client): void {
  if (client !== was || address === undefined) return
  const again = (waitMs: number) => {
    reconnect = setTimeout(() => {
      listen().then(tellMissed, (error) => {
        warnSeldom('the connection for live pages is away', error)
        if (address !== undefined) again(Math.min(waitMs * 2, 5000))
      })
    }, waitMs)
  }
  again(200)
}

function tellMissed(): void {
  for (const each of subscribers.values()) for (const subscriber of each) subscriber.missed?.()
}

function hear(payload: string): void {
  const [channel, id] = JSON.parse(payload) as [string, string]
  for (const subscriber of subscribers.get(channel) ?? []) {
    try {
      subscriber.heard(id)
    } catch (error) {
      warnSeldom('a live page could not be told', error)
    }
  }
}
