// Uploads by tus at /api/uploads: a session's token in the Authorization header, instructors only, each their own.
import type { Caller } from '@cuepoint/contracts'
import { uploadsPath } from '@cuepoint/contracts'
import type { Request, Response } from 'express'
import { AppError, forbidden, invalid } from '../../kernel/errors.ts'
import { page } from '../../kernel/http/implement.ts'
import { callerBehind } from '../identity/index.ts'
import { cancelAsset } from './asset-deeds.ts'
import { FileRefused } from './first-look.ts'
import { runTus } from './tus-server.ts'
import { finishUpload, refuseUpload } from './upload-finishing.ts'
import { openUpload } from './upload-opening.ts'
import { openUploadAt, uploadNotFound, uploadOfCaller } from './upload-rows.ts'

/** The instructor who calls. */
export async function instructorOf(request: Request, response: Response): Promise<Caller> {
  const caller = await callerBehind(request.headers.authorization)
  response.locals.tenant = caller.institutionId
  if (caller.role !== 'instructor') throw forbidden('Your role in this course does not allow that.')
  return caller
}

function answer(response: Response, { status, headers, text }: { status: number; headers: Headers; text: string }): void {
  response.status(status)
  for (const [name, value] of headers) if (!name.startsWith('access-control-')) response.setHeader(name, value)
  response.setHeader('cache-control', 'no-store')
  response.end(text)
}

/** `filename ZmlsbQ==,kind dmlkZW8=`: a name and its value in base64. */
function metadataOf(header: string): Map<string, string> {
  const pairs = header.split(',').map((it) => it.trim().split(' '))
  return new Map(pairs.map(([name = '', value = '']) => [name, Buffer.from(value, 'base64').toString('utf8')]))
}

async function begin(request: Request, response: Response): Promise<void> {
  const caller = await instructorOf(request, response)
  const { 'upload-length': length, 'upload-metadata': metadata = '', 'tus-resumable': version } = request.headers
  if (version !== '1.0.0') throw invalid('Uploads speak tus 1.0.0.')
  if (typeof length !== 'string' || !/^\d{1,15}$/.test(length)) throw invalid('Say how many bytes the file has (Upload-Length).')
  const said = metadataOf(String(metadata))
  const fingerprint = (said.get('fingerprint') ?? '').slice(0, 100) || null
  const { key, assetId } = await openUpload(caller, { name: said.get('filename') ?? '', bytes: Number(length), kind: 'video', fingerprint })
  try {
    const begun = await runTus({ method: 'POST', url: uploadsPath, headers: request.headers, body: bodyOf(request) }, key)
    if (begun.status >= 400) throw invalid('The upload could not be begun.')
    await settle(key, begun.headers)
    answer(response, begun)
  } catch (error) {
    const problem = error instanceof AppError ? error : new AppError('internal_error', 'The upload could not be begun.')
    await refuseUpload({ assetId, key, parts: (await openUploadAt(key))?.parts ?? null }, problem)
    throw error
  }
}

/** Bytes that come with the first call (creation-with-upload). */
function bodyOf(request: Request): Request | null {
  return request.is('application/offset+octet-stream') ? request : null
}

async function goOn(request: Request, response: Response): Promise<void> {
  const caller = await instructorOf(request, response)
  const assetId = String(request.params.assetId).toLowerCase()
  if (!/^[0-9a-f-]{36}$/.test(assetId)) throw uploadNotFound()
  const upload = await uploadOfCaller(caller, assetId)
  if (upload.finished) return tellFinished(request, response, upload.length)
  if (request.method === 'DELETE') {
    await cancelAsset(caller, assetId)
    response.setHeader('tus-resumable', '1.0.0')
    response.status(204).end()
    return
  }
  const { method, originalUrl: url, headers } = request
  try {
    const said = await runTus({ method, url, headers, body: method === 'PATCH' ? request : null }, upload.key)
    if (said.status < 400) await settle(upload.key, said.headers)
    answer(response, said)
  } catch (error) {
    // The client is to read why, and reads only once it has sent all of the piece.
    request.unpipe()
    request.resume()
    if (error instanceof FileRefused) await refuseUpload((await openUploadAt(upload.key)) ?? upload, error)
    throw error
  }
}

/** Whoever notices that all bytes are here ends the upload. */
async function settle(key: string, headers: Headers): Promise<void> {
  const offset = Number(headers.get('upload-offset') ?? Number.NaN)
  const upload = await openUploadAt(key)
  if (upload && offset === upload.length) await finishUpload(upload)
}

/** A client that did not hear that it was done asks once more. */
function tellFinished(request: Request, response: Response, length: number): void {
  if (request.method !== 'HEAD') throw uploadNotFound()
  response.setHeader('tus-resumable', '1.0.0')
  response.setHeader('upload-offset', String(length))
  response.setHeader('upload-length', String(length))
  response.setHeader('cache-control', 'no-store')
  response.status(200).end()
}

const item = `${uploadsPath}/:assetId` as const

export const uploadRoutes = [
  page({
    method: 'POST',
    path: uploadsPath,
    says: 'tus: begins an upload (Upload-Length, Upload-Metadata: filename, fingerprint)',
    handle: begin,
  }),
  page({ method: 'HEAD', path: item, says: 'tus: how far an upload is', handle: goOn }),
  page({ method: 'PATCH', path: item, says: 'tus: the next bytes of an upload', handle: goOn }),
  page({ method: 'DELETE', path: item, says: 'tus: gives an upload up', handle: goOn }),
]
