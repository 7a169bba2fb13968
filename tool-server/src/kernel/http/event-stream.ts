// Server-sent events, read by fetch streaming (EventSource cannot carry an Authorization header): one answer that stays open.
import type { Request, Response } from 'express'

const open = new Set<Response>()
/** Proxies close what is silent for half a minute or so. */
const heartbeatMs = 15_000
/** Then the browser asks again, and its session is looked at again. */
const longestMs = 600_000

/** Opens the stream; `ended` runs once, when the browser leaves or the stream is ended. Returns how to send one event. */
export function openStream(request: Request, response: Response, ended: () => void): (data: object) => void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' })
  open.add(response)
  const heartbeat = setInterval(() => response.write(':\n\n'), heartbeatMs)
  const limit = setTimeout(() => response.end(), longestMs)
  response.once('close', () => {
    clearInterval(heartbeat)
    clearTimeout(limit)
    open.delete(response)
    ended()
  })
  // A browser that left while the stream was being prepared.
  if (request.destroyed && !response.writableEnded) response.end()
  return (data) => {
    if (!response.writableEnded) response.write(`data: ${JSON.stringify(data)}\n\n`)
  }
}

/** Ends all streams of this process: it stops, and they would keep it. */
export function endStreams(): void {
  for (const response of open) response.end()
}
