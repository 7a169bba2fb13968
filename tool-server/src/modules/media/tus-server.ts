// The tus protocol (resumable uploads) over our own rows and storage. Who may, and what the file may be, is decided before it is asked.
import { PassThrough, Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { Server } from '@tus/server'
import { AppError } from '../../kernel/errors.ts'
import { isFull, storageFull } from '../../kernel/storage/keys.ts'
import { UploadStore } from './upload-store.ts'

interface Call {
  key: string
  thrown?: unknown
}

export interface TusCall {
  method: string
  url: string
  headers: NodeJS.Dict<string | string[]>
  body: Readable | null
}

const calls = new WeakMap<object, Call>()
let server: Server | undefined

function tus(): Server {
  const callOf = (request: object): Call => calls.get(request) ?? { key: '' }
  server ??= new Server({
    path: '/api/uploads',
    datastore: new UploadStore(),
    relativeLocation: true,
    allowedOrigins: () => false,
    namingFunction: (request) => callOf(request).key,
    getFileIdFromRequest: (request) => callOf(request).key,
    generateUrl: (_request, { path, id }) => `${path}/${id.split('/').at(-1)}`,
    onResponseError: (request, error) => {
      callOf(request).thrown = error
      return undefined
    },
  } as ConstructorParameters<typeof Server>[0])
  return server
}

/** Runs one call of the protocol on the bytes under `key`. Throws AppError for what tus or the store refuses. */
export async function runTus(call: TusCall, key: string): Promise<{ status: number; headers: Headers; text: string }> {
  const headers = new Headers()
  for (const [name, value] of Object.entries(call.headers))
    if (value !== undefined && !/^(authorization|connection)$/.test(name)) headers.set(name, String(value))
  const request = new Request(new URL(call.url, 'http://tool'), {
    method: call.method,
    headers,
    ...(call.body ? { body: Readable.toWeb(apart(call.body)) as ReadableStream as never, duplex: 'half' } : {}),
  } as RequestInit)
  const state: Call = { key }
  calls.set(request, state)
  const answer = await tus().handleWeb(request as never)
  if (state.thrown !== undefined) throw refusalOf(state.thrown)
  return { status: answer.status, headers: answer.headers, text: await answer.text() }
}

/** A stream that may be given up without ending the connection: the client is still to read why. */
function apart(body: Readable): Readable {
  const pass = new PassThrough()
  body.once('error', (error) => pass.destroy(error))
  body.once('close', () => body.readableEnded || pass.destroy(new Error('the client left')))
  pass.once('close', () => {
    body.unpipe(pass)
    body.resume()
  })
  return body.pipe(pass)
}

/** tus throws `{ status_code, body }`; ours go through as they are. */
function refusalOf(thrown: unknown): unknown {
  const { status_code: status } = (thrown ?? {}) as { status_code?: number }
  // A full disk ends the stream before the store can say it in its own words.
  if (!(thrown instanceof AppError) && isFull(thrown)) return storageFull(thrown)
  if (thrown instanceof AppError || status === undefined) return thrown
  if (status === 404 || status === 410)
    return new AppError('upload_not_found', 'This upload is over or was never begun here. Begin it again.')
  if (status === 409 || status === 423)
    return new AppError(
      'upload_offset_wrong',
      'This piece does not follow on what is here. Ask how far the upload is, and go on from there.',
    )
  if (status === 413) return new AppError('file_too_large', 'More was sent than the file was said to have.')
  if (status < 500) return new AppError('body_malformed', 'The upload could not be read.')
  return thrown
}
