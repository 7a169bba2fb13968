// The first bytes of an upload, looked at as they pass: what may not be here is refused after 64 KiB and not after 4 GB.
import { Transform } from 'node:stream'
import { AppError } from '../../kernel/errors.ts'
import { headBytes, sniffed } from './sniff.ts'

/** Thrown for a file that may never be here. */
export class FileRefused extends AppError {}

/** Lets bytes pass once the first of them are known to be video or sound; breaks with FileRefused otherwise. */
export function firstLook(): Transform {
  let head: Buffer[] | null = []
  let bytes = 0
  const look = async (): Promise<Buffer> => {
    const all = Buffer.concat(head ?? [])
    head = null
    await refuseUnlessWatched(all.subarray(0, headBytes))
    return all
  }
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (!head) return done(null, chunk)
      head.push(chunk)
      bytes += chunk.byteLength
      if (bytes < headBytes) return done()
      look().then((all) => done(null, all), done)
    },
    // A file or a first piece that is shorter: what there is decides nothing yet, see upload-finishing.ts.
    flush(done) {
      done(null, head ? Buffer.concat(head) : undefined)
    },
  })
}

/** Throws FileRefused unless these are the first bytes of a video or sound. */
export async function refuseUnlessWatched(head: Buffer): Promise<{ kind: 'video' | 'audio'; demuxer: string; mime: string }> {
  const found = await sniffed(head)
  if ('code' in found) throw new FileRefused(found.code, found.message)
  if (found.kind === 'image')
    throw new FileRefused('file_kind_unsupported', 'This is a picture. Pictures go into questions, with the button in the text’s toolbar.')
  return { ...found, kind: found.kind }
}
