// A connection that is cut in the very moment in which it opens.
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { closeDatabase, openDatabase } from '../src/kernel/db.ts'

afterEach(closeDatabase)

/** A message of PostgreSQL's protocol. */
function message(kind: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5)
  head.write(kind)
  head.writeInt32BE(body.length + 4, 1)
  return Buffer.concat([head, body])
}

const opened = message('R', Buffer.alloc(4))
const ready = message('Z', Buffer.from('I'))
const ended = message('E', Buffer.from('SFATAL\0C57P01\0Mterminating connection due to administrator command\0\0'))

test('is an error of who wanted it, and does not end the process', async () => {
  const server = createServer((socket) => {
    socket.on('error', () => undefined)
    // In one packet, as it comes from a server that is short of time.
    socket.once('data', () => socket.end(Buffer.concat([opened, ready, ended])))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  await expect(openDatabase(`postgres://tool:open-sesame@127.0.0.1:${port}/tool`, 2)).rejects.toThrow()
  server.close()
})
