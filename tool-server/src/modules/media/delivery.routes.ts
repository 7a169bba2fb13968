// /media/{signature}/{asset}/…: playlists, segments, captions, pictures and sounds. The signature is all that is asked for: players and
// <img> cannot send an Authorization header. What it does not open is 403, what does not exist is 404, and neither says more.

import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import type { Request, Response } from 'express'
import { nowMs } from '../../kernel/clock.ts'
import { config } from '../../kernel/config.ts'
import { page } from '../../kernel/http/implement.ts'
import { storage } from '../../kernel/storage.ts'
import { byteRange } from './byte-range.ts'
import { captionFile } from './caption-rows.ts'
import { type MediaFile, mediaFile, playlistAt } from './media-files.ts'
import { originalOf } from './originals.ts'
import { noteSegment } from './segment-requests.ts'
import { type Seen, seenBy, sharedSignature } from './signatures.ts'

const presignedSeconds = 3600

function refuse(response: Response, status: 403 | 404): void {
  response.status(status).setHeader('cache-control', 'no-store')
  response
    .type('text/plain')
    .send(status === 403 ? 'This address is not valid any more. Open the activity again from your course.' : 'There is nothing here.')
}

async function deliver(request: Request, response: Response): Promise<void> {
  // Of what is here nothing runs, whatever its bytes are.
  response.setHeader('content-security-policy', "default-src 'none'; sandbox; frame-ancestors 'none'")
  const { signature, assetId, rest } = request.params as unknown as { signature: string; assetId: string; rest: string[] }
  const seen = seenBy(signature, assetId)
  if (!seen) return refuse(response, 403)
  const file = mediaFile(assetId, rest.join('/'))
  if (!file) return refuse(response, 404)
  if (!opens(seen, file)) return refuse(response, 403)
  if (seen.sight === 'c') shareAcrossOrigins(response)
  if (file.sort === 'original') return sendOriginal(request, response, assetId)
  if (file.sort === 'caption') return sendCaption(response, assetId, file)
  if (file.sort === 'playlist') return sendPlaylist(response, assetId, file.key, file.type)
  if (file.segment !== null && seen.sessionId) noteSegment(seen.sessionId, assetId, file.segment)
  if (storage().kind === 's3' && file.sort === 'segment' && seen.sight === 'v') return redirect(response, file.key, seen)
  response.setHeader('cache-control', cacheOf(file.cache, seen))
  return sendFile(request, response, file.key, file.type)
}

function opens({ sight }: Seen, { sort }: MediaFile): boolean {
  if (sight === 'o') return sort === 'original'
  if (sight === 'c') return sort === 'segment'
  if (sight === 'i') return sort === 'inline'
  return sort !== 'original' && sort !== 'inline'
}

function cacheOf(cache: 'immutable' | 'short', { sight, expiresAt }: Seen): string {
  if (cache === 'short') return 'private, max-age=60'
  const seconds = Math.max(1, Math.floor((expiresAt - nowMs()) / 1000))
  return sight === 'c' ? `public, max-age=${seconds}, immutable` : 'private, max-age=31536000, immutable'
}

/** From the CDN's origin the page may read what it plays. */
function shareAcrossOrigins(response: Response): void {
  response.setHeader('access-control-allow-origin', config().publicUrl)
  response.setHeader('cross-origin-resource-policy', 'cross-origin')
  response.setHeader('vary', 'origin')
}

async function redirect(response: Response, key: string, { expiresAt }: Seen): Promise<void> {
  const seconds = Math.min(presignedSeconds, Math.ceil((expiresAt - nowMs()) / 1000))
  const url = await storage().signedUrl(key, seconds)
  response.setHeader('cache-control', `private, max-age=${Math.max(0, seconds - 300)}`)
  response.redirect(302, url ?? '')
}

/** Kept short: while a video is encoded its playlists grow. */
async function sendPlaylist(response: Response, assetId: string, key: string, type: string): Promise<void> {
  const playlist = await storage().read(key).then(text).catch(missing)
  if (playlist === null) return refuse(response, 404)
  const { baseUrl } = config().media
  const folder = key.split('/').slice(2, -1).join('/')
  const told =
    baseUrl === config().publicUrl ? playlist : playlistAt(playlist, `${baseUrl}/media/${sharedSignature(assetId)}/${assetId}/${folder}/`)
  response.setHeader('cache-control', `private, max-age=${playlist.includes('#EXT-X-ENDLIST') ? 60 : 1}`)
  response.setHeader('content-type', type)
  response.end(told)
}

async function sendCaption(response: Response, assetId: string, file: { captionId: string; revision: number }): Promise<void> {
  const caption = await captionFile(assetId, file.captionId)
  if (caption === null) return refuse(response, 404)
  response.setHeader('cache-control', 'private, max-age=60')
  response.setHeader('content-type', 'text/vtt; charset=utf-8')
  response.end(caption)
}

async function sendOriginal(request: Request, response: Response, assetId: string): Promise<void> {
  const original = await originalOf(assetId)
  if (!original) return refuse(response, 404)
  const ascii = original.name.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  response.setHeader('content-disposition', `attachment; filename="${ascii}"; filename*=UTF-8''${encodeURIComponent(original.name)}`)
  response.setHeader('cache-control', 'private, no-store')
  return sendFile(request, response, original.key, 'application/octet-stream')
}

async function sendFile(request: Request, response: Response, key: string, type: string): Promise<void> {
  const found = await storage().stat(key)
  if (!found) {
    response.removeHeader('content-disposition')
    return refuse(response, 404)
  }
  const range = byteRange(request.headers.range, found.bytes)
  response.setHeader('accept-ranges', 'bytes')
  response.setHeader('content-type', type)
  if (range === 'none') {
    response.setHeader('content-range', `bytes */${found.bytes}`)
    response.status(416).end()
    return
  }
  if (range) response.setHeader('content-range', `bytes ${range.start}-${range.end}/${found.bytes}`)
  response.status(range ? 206 : 200).setHeader('content-length', range ? range.end - range.start + 1 : found.bytes)
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  // A viewer who leaves is no failure of ours.
  await pipeline(await storage().read(key, range ?? undefined), response).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE' && !response.destroyed) throw error
  })
}

function missing(error: unknown): null {
  if (error instanceof Error && error.name === 'MissingFile') return null
  throw error
}

export const deliveryRoute = page({
  method: 'GET',
  path: '/media/:signature/:assetId/*rest',
  says: 'playlists, segments, captions, pictures, sounds: the signature in the path is bound to session and asset',
  handle: deliver,
})
