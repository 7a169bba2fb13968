import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { queryAlone, transaction } from '../src/kernel/db.ts'
import { closeLive, openLive, publish, subscribe } from '../src/kernel/live.ts'
import { openTestDatabase, until } from './_events.ts'

let database: Awaited<ReturnType<typeof openTestDatabase>>
beforeAll(async () => {
  database = await openTestDatabase()
  await openLive(database.url)
})
afterAll(async () => {
  await closeLive()
  await database.close()
})

test('what is published is heard by the subscribers of its channel, until they leave', async () => {
  const heard: string[] = []
  const leave = subscribe('results', (id) => heard.push(id))
  const others: string[] = []
  subscribe('assets', (id) => others.push(id))
  publish(null, 'results', 'one')
  publish(null, 'results', 'one')
  publish(null, 'results', 'two')
  await until(() => heard.length >= 2)
  leave()
  publish(null, 'results', 'three')
  publish(null, 'assets', 'film')
  await until(() => others.length === 1)
  expect([heard, others]).toEqual([['one', 'two'], ['film']])
})

test('in a transaction it is told after the commit, and never when it rolls back', async () => {
  const heard: string[] = []
  subscribe('results', (id) => heard.push(id))
  await transaction(async (tx) => {
    publish(tx, 'results', 'rolled back')
    throw new Error('no')
  }).catch(() => undefined)
  await transaction(async (tx) => {
    publish(tx, 'results', 'committed')
    await sleep(100)
    expect(heard).not.toContain('committed')
  })
  await until(() => heard.includes('committed'))
  expect(heard).not.toContain('rolled back')
})

test('a lost connection is made again, and subscribers are told that they may have missed something', async () => {
  const heard: string[] = []
  let missed = 0
  subscribe(
    'results',
    (id) => heard.push(id),
    () => missed++,
  )
  await queryAlone(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'cuepoint live' and datname = current_database()",
  )
  const took = await until(() => missed === 1)
  console.log(`live connection back after ${took.toFixed(0)} ms`)
  publish(null, 'results', 'after')
  await until(() => heard.includes('after'))
})
