// A picture or a short sound for a question: one POST with the bytes, its name in X-File-Name (percent-encoded).
import { type InlineMedia, inlineMediaPath } from '@cuepoint/contracts'
import type { Request, Response } from 'express'
import { AppError } from '../../kernel/errors.ts'
import { page } from '../../kernel/http/implement.ts'
import { addPicture, addSound } from './inline-assets.ts'
import { mostImageBytes, mostSoundBytes } from './inline-limits.ts'
import { sniffed } from './sniff.ts'
import { instructorOf } from './uploads.routes.ts'

const most = Math.max(mostImageBytes, mostSoundBytes)

async function take(request: Request, response: Response): Promise<void> {
  const caller = await instructorOf(request, response)
  const bytes = await bytesOf(request)
  const found = await sniffed(bytes)
  if ('code' in found) throw new AppError(found.code, found.code === 'file_empty' ? found.message : words)
  if (found.kind === 'video') throw new AppError('file_kind_unsupported', words)
  if (found.kind === 'image' && bytes.length > mostImageBytes) throw tooLarge(mostImageBytes)
  const name = nameOf(request.headers['x-file-name'])
  const media: InlineMedia =
    found.kind === 'image' ? await addPicture(caller, name, bytes, found.mime) : await addSound(caller, name, bytes, found)
  response.setHeader('cache-control', 'no-store')
  response.json(media)
}

const words = 'This is not a picture or sound that can stand in a question. Use PNG, JPEG, GIF or WebP; for sound MP3, M4A, WAV or Ogg.'

/** All of it, as long as it may be. What is more is read and thrown away, so that the client hears why. */
async function bytesOf(request: Request): Promise<Buffer> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.byteLength
    if (size > most * 4) break
    if (size <= most) parts.push(part)
  }
  if (size > most) throw tooLarge(most)
  return Buffer.concat(parts)
}

function tooLarge(bytes: number) {
  return new AppError('file_too_large', `A picture or sound in a question may have ${Math.floor(bytes / 1_048_576)} MB at most.`)
}

function nameOf(header: string | string[] | undefined): string {
  try {
    return decodeURIComponent(String(header ?? ''))
  } catch {
    return ''
  }
}

export const inlineUploadRoute = page({
  method: 'POST',
  path: inlineMediaPath,
  says: 'a picture or short sound of a question: its bytes; X-File-Name has its name',
  handle: take,
})
