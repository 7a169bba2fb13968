// Files by key: the same promises on disk and in S3.
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { configFrom } from '../src/kernel/config.ts'
import { diskStorage } from '../src/kernel/storage/disk.ts'
import { s3Storage } from '../src/kernel/storage/s3.ts'
import type { Storage } from '../src/kernel/storage.ts'
import { startS3, type TestS3 } from './_s3.ts'

const type = { contentType: 'application/octet-stream' }
/** Not two of its blocks are alike. */
const large = Buffer.alloc(
  9 * 1_048_576,
  Uint8Array.from({ length: 8191 }, (_none, at) => (at * 31) % 256),
)

let s3: TestS3
let folder: string
beforeAll(async () => {
  s3 = await startS3()
  folder = await mkdtemp(join(tmpdir(), 'cuepoint-storage-'))
})
afterAll(async () => {
  await s3?.stop()
  await rm(folder, { recursive: true, force: true })
})

const places: [string, () => Storage][] = [
  ['on disk', () => diskStorage(join(folder, 'files'))],
  ['in S3', () => s3Storage(configFrom(s3.env).s3 as never)],
]
const bytesOf = async (storage: Storage, key: string, range?: { start: number; end: number }) => buffer(await storage.read(key, range))

describe.each(places)('files %s', (_where, open) => {
  let storage: Storage
  beforeAll(() => {
    storage = open()
  })

  it('are the bytes that were put, as bytes, as a file or as a stream', async () => {
    const file = join(folder, 'source')
    await writeFile(file, large)
    expect(await storage.put('a/bytes', { bytes: Buffer.from('hello') }, type)).toEqual({ bytes: 5 })
    expect(await storage.put('a/file', { file }, type)).toEqual({ bytes: large.length })
    expect(await storage.put('a/stream', Readable.from([large.subarray(0, 1000), large.subarray(1000)]), type)).toEqual({
      bytes: large.length,
    })
    expect((await bytesOf(storage, 'a/bytes')).toString()).toBe('hello')
    expect((await bytesOf(storage, 'a/file')).equals(large)).toBe(true)
    expect((await bytesOf(storage, 'a/stream')).equals(large)).toBe(true)
    expect(await storage.stat('a/stream')).toEqual({ bytes: large.length })
  })

  it('are read in ranges, both ends included', async () => {
    await storage.put('range', { bytes: Buffer.from('0123456789') }, type)
    expect((await bytesOf(storage, 'range', { start: 2, end: 4 })).toString()).toBe('234')
    expect((await bytesOf(storage, 'range', { start: 9, end: 9 })).toString()).toBe('9')
  })

  it('are replaced as a whole', async () => {
    await storage.put('again', { bytes: Buffer.from('a long first text') }, type)
    await storage.put('again', { bytes: Buffer.from('short') }, type)
    expect((await bytesOf(storage, 'again')).toString()).toBe('short')
  })

  it('are not there after a source that broke off, and what was there stays', async () => {
    const breaking = () =>
      Readable.from(
        (async function* () {
          yield large.subarray(0, 100_000)
          throw new Error('the source broke off')
        })(),
      )
    await expect(storage.put('broken', breaking(), type)).rejects.toThrow('the source broke off')
    expect(await storage.stat('broken')).toBeNull()
    await storage.put('kept', { bytes: Buffer.from('kept') }, type)
    await expect(storage.put('kept', breaking(), type)).rejects.toThrow()
    expect((await bytesOf(storage, 'kept')).toString()).toBe('kept')
  })

  it('that are missing are told so', async () => {
    expect(await storage.stat('no/such')).toBeNull()
    await expect(storage.read('no/such').then((it) => buffer(it))).rejects.toMatchObject({ name: 'MissingFile' })
    await expect(storage.fetchTo('no/such', join(folder, 'nothing'))).rejects.toMatchObject({ name: 'MissingFile' })
    await storage.remove('no/such')
    await storage.removeAll('no/')
    expect(await storage.list('no/')).toEqual([])
  })

  it('are fetched to a file of this machine', async () => {
    await storage.put('fetched', { bytes: large }, type)
    const file = join(folder, 'fetched')
    await storage.fetchTo('fetched', file)
    expect((await readFile(file)).equals(large)).toBe(true)
  })

  it('are listed and removed below a prefix, and no neighbour with them', async () => {
    for (const key of ['p/1/a', 'p/1/b/c', 'p/10/a', 'p/2']) await storage.put(key, { bytes: Buffer.from(key) }, type)
    expect(await storage.list('p/1/')).toEqual(['p/1/a', 'p/1/b/c'])
    await storage.removeAll('p/1/')
    expect(await storage.list('p/')).toEqual(['p/10/a', 'p/2'])
    await storage.remove('p/2')
    expect(await storage.list('p/')).toEqual(['p/10/a'])
  })

  it.each(['../x', 'a/../../x', '/etc/passwd', 'a//b', 'a/./b', '.half/x', 'a\\..\\b', 'a\0b', '', 'ü'])(
    'cannot be named %j',
    async (key) => {
      await expect(storage.put(key, { bytes: Buffer.from('x') }, type)).rejects.toThrow('not a key')
      await expect(storage.read(key)).rejects.toThrow('not a key')
      await expect(storage.stat(key)).rejects.toThrow('not a key')
    },
  )
})

describe('files on disk', () => {
  it('leave nothing half written behind', async () => expect(await readdir(join(folder, 'files', '.half'))).toEqual([]))
  it('have no address of their own', async () => expect(await diskStorage(folder).signedUrl('x', 60)).toBeNull())
})

describe('files in S3', () => {
  const storage = () => s3Storage(configFrom(s3.env).s3 as never)

  it('have an address that answers by itself for a while, with ranges', async () => {
    await storage().put('signed', { bytes: Buffer.from('0123456789') }, type)
    const url = (await storage().signedUrl('signed', 60)) ?? ''
    expect(new URL(url).searchParams.get('X-Amz-Expires')).toBe('60')
    const answer = await fetch(url, { headers: { range: 'bytes=3-5' } })
    expect([answer.status, await answer.text()]).toEqual([206, '345'])
    // s3rver looks at nothing but the time; that a changed address is refused is S3's promise, and ours for /media (media-delivery.test.ts).
  })

  it('name the address that browsers know', async () => {
    const place = configFrom({ ...s3.env, S3_PUBLIC_ENDPOINT: 'https://files.school.example' }).s3
    expect(await s3Storage(place as never).signedUrl('a/b', 60)).toMatch(/^https:\/\/files\.school\.example\/cuepoint\/a\/b\?/)
  })

  it('are put in parts by whoever comes next', async () => {
    const [first, second] = [large.subarray(0, 5_242_880), large.subarray(5_242_880)]
    const one = storage().parts
    const id = (await one?.begin('parts', type)) ?? ''
    const tags = [await one?.put('parts', id, 1, first)]
    expect(await storage().stat('parts')).toBeNull()
    const other = storage().parts
    tags.push(await other?.put('parts', id, 2, second))
    await other?.end(
      'parts',
      id,
      tags.map((it) => it?.etag ?? ''),
    )
    expect((await bytesOf(storage(), 'parts')).equals(large)).toBe(true)
  })

  it('are there again when S3 was away for a while', async () => {
    await s3.away()
    const waiting = storage().put('after', { bytes: Buffer.from('after') }, type)
    setTimeout(() => void s3.back(), 250)
    await waiting
    expect((await bytesOf(storage(), 'after')).toString()).toBe('after')
  })
})
