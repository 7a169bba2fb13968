// (attack 45) Clients that are slow on purpose: they hold sockets, and nobody else waits for them.
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { startSchool, type TestSchool } from './_app.ts'
import { launchAs, placeSample } from './_journey.ts'

let school: TestSchool
let itemId: string
const sockets: Socket[] = []

beforeAll(async () => {
  school = await startSchool({ worker: false, env: { LOG_LEVEL: 'silent' } })
  itemId = (await placeSample(school)).itemId
})
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy()
})
afterAll(() => school?.stop())

async function say(words: string): Promise<Socket> {
  const socket = connect(Number(new URL(school.origin).port), '127.0.0.1')
  sockets.push(socket)
  socket.on('error', () => undefined)
  await once(socket, 'connect')
  socket.write(words)
  return socket
}

/** All that the server says until it hangs up. */
async function answerTo(socket: Socket): Promise<string> {
  let text = ''
  socket.setEncoding('latin1')
  socket.on('data', (part: string) => {
    text += part
  })
  await once(socket, 'close')
  return text
}

const headOf = (method: string, path: string, more: string) => `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${more}`
const posted = (path: string, length: number) =>
  headOf('POST', path, `Content-Type: application/x-www-form-urlencoded\r\nContent-Length: ${length}\r\n\r\n`)

it('learners are let in while hundreds of sockets say nothing, half a head, or a body that does not end', async () => {
  const halves = [
    '',
    headOf('GET', '/lti/login', 'X-Slow: '),
    `${posted('/lti/launch', 5000)}id_token=`,
    `${posted('/lti/login', 5000)}iss=`,
  ]
  await Promise.all(halves.flatMap((half) => Array.from({ length: 100 }, () => say(half))))
  const launched = await Promise.all(['student1', 'student2', 'student1'].map((person) => launchAs(school, person, itemId)))
  expect(launched.map(({ data }) => data.session.placement.id)).toEqual(Array(3).fill(launched[0]?.data.session.placement.id))
  expect(sockets.filter((socket) => !socket.destroyed)).toHaveLength(400)
})

it('a flood of headers is refused as soon as it is too much, and its socket closed', async () => {
  const flood = await say(headOf('GET', '/lti/login', `X-Flood: ${'x'.repeat(40_000)}`))
  expect(await answerTo(flood)).toMatch(/^HTTP\/1\.1 431 /)
})
