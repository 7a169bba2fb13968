// A transaction begins with its first statement and may end with its last one; all of it is written, or nothing.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { closeDatabase, commit, openDatabase, query, queryAlone, queryLast, type Tx, transaction } from '../src/kernel/db.ts'
import { freshDatabase, type TestDatabase } from './_database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await freshDatabase({ empty: true })
  // One connection: what one transaction leaves behind is the next one's.
  await openDatabase(database.url, 1)
  await queryAlone('create table notes (id int primary key, of int references notes (id) deferrable initially deferred)')
})
afterAll(async () => {
  await closeDatabase()
  await database.drop()
})
beforeEach(() => queryAlone('delete from notes'))

const write = 'insert into notes (id, of) values ($1, $2) returning id'
const written = async () => (await queryAlone<{ id: number }>('select id from notes order by id')).map(({ id }) => id)

test('one statement that is the first and the last is written, and answers with its rows', async () => {
  expect(await transaction((tx) => queryLast(tx, write, [1, null], 'write'))).toEqual([{ id: 1 }])
  expect(await written()).toEqual([1])
})

test('the last statement writes what came before it', async () => {
  await transaction(async (tx) => {
    await query(tx, write, [1, null])
    await query(tx, write, [2, 1])
    expect(await queryLast(tx, write, [3, 1])).toEqual([{ id: 3 }])
  })
  expect(await written()).toEqual([1, 2, 3])
})

test.each([
  ['the last statement fails', (tx: Tx) => queryLast(tx, write, [1, null])],
  ['the last statement is not understood', (tx: Tx) => queryLast(tx, 'insert in notes', [])],
  ['the database cannot keep what was promised, which it sees at COMMIT only', (tx: Tx) => queryLast(tx, write, [2, 99])],
  ['a statement fails whose COMMIT is under way', (tx: Tx) => Promise.all([query(tx, write, [1, null]), commit(tx)])],
])('where %s, nothing is written, and the connection goes on', async (_, last) => {
  const work = transaction(async (tx) => {
    await query(tx, write, [1, null])
    await last(tx)
  })
  await expect(work).rejects.toThrow()
  expect(await written()).toEqual([])
  await transaction((tx) => queryLast(tx, write, [7, null]))
  expect(await written()).toEqual([7])
})

test('where the first statement fails, the next transaction is a whole one', async () => {
  await expect(transaction((tx) => query(tx, 'select nothing from nowhere'))).rejects.toThrow(/nowhere/)
  await expect(transaction((tx) => queryLast(tx, write, ['no number', null]))).rejects.toThrow(/no number/)
  const undone = transaction(async (tx) => {
    await query(tx, write, [1, null])
    throw new Error('changed my mind')
  })
  await expect(undone).rejects.toThrow('changed my mind')
  expect(await written()).toEqual([])
})

test('a failed statement that was passed over does not end as written', async () => {
  const work = transaction(async (tx) => {
    await query(tx, write, [1, null])
    await query(tx, write, [1, null]).catch(() => undefined)
  })
  await expect(work).rejects.toThrow('undone by a failed statement')
  expect(await written()).toEqual([])
})

test('what is asked after its end is not asked', async () => {
  const after = transaction(async (tx) => {
    await queryLast(tx, write, [1, null])
    await query(tx, write, [2, null])
  })
  await expect(after).rejects.toThrow('the transaction is over')
  expect(await written()).toEqual([1])
})

test('one that asks nothing holds nothing up', async () => {
  expect(await transaction(async () => 'done')).toBe('done')
})
