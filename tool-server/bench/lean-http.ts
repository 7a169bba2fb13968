// The least HTTP/1.1 server: whole requests with a content-length, one at a time on a connection, as the contenders call; connections are
// kept. An LMS stands on machines of its own; here it takes from the contenders' processors, and with Node's own server more than PostgreSQL does.
import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'

export interface Asked {
  method: string
  /** With its query. */
  path: string
  body: string
}

export interface Told {
  status?: number
  type: string
  body: string
}

export interface LeanServer {
  origin: string
  stop(): void
}

export async function serveLean(answer: (asked: Asked) => Told | Promise<Told>): Promise<LeanServer> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    socket.setNoDelay(true)
    attend(socket, answer)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    stop() {
      server.close()
      for (const socket of sockets) socket.destroy()
    },
  }
}

function attend(socket: Socket, answer: (asked: Asked) => Told | Promise<Told>): void {
  let held = ''
  // Bytes as characters: what the bench sends is ASCII, and lengths are counted in bytes.
  socket.setEncoding('latin1')
  socket.on('data', (part: string) => {
    held += part
    const asked = next()
    if (!asked) return
    const told = answer(asked)
    if (told instanceof Promise) void told.then((it) => write(socket, it))
    else write(socket, told)
  })

  function next(): Asked | undefined {
    const end = held.indexOf('\r\n\r\n')
    if (end < 0) return
    const head = held.slice(0, end)
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0)
    const whole = end + 4 + length
    if (held.length < whole) return
    const [method = '', path = ''] = head.slice(0, head.indexOf('\r\n')).split(' ')
    const body = held.slice(end + 4, whole)
    held = held.slice(whole)
    return { method, path, body }
  }
}

let [date, dated] = ['', 0]

/** As every server says it, made once a second. */
function dateNow(): string {
  const at = Date.now()
  if (at - dated >= 1000) [date, dated] = [new Date(at).toUTCString(), at]
  return date
}

function write(socket: Socket, { status = 200, type, body }: Told): void {
  socket.write(
    `HTTP/1.1 ${status} As asked\r\ndate: ${dateNow()}\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  )
}
