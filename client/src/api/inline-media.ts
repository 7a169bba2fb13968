// Puts a picture or short sound of a question onto the server.
import type { InlineMedia } from '@cuepoint/contracts'
import { putBytes } from './call.ts'

export type InlineFile = InlineMedia

/** Throws ApiProblem with the server's words where it is refused. */
export function putInline(file: File): Promise<InlineFile> {
  return putBytes('/api/inline-media', file, { 'x-file-name': encodeURIComponent(file.name) })
}
