// How long the video of a Version is. It never changes once the video is ready, so it is kept beside the Version.
import type { VideoDocument } from '@cuepoint/contracts'
import type { Tx } from '../../kernel/db.ts'
import type { Version } from '../content/index.ts'
import { assetOfInstitution } from '../media/index.ts'

export type VideoVersion = Version & { readonly document: VideoDocument }

export function isVideo(version: Version): version is VideoVersion {
  return version.document.kind === 'video'
}

const lengths = new WeakMap<Version, number>()

/** In seconds; 0 where nothing is known of it: then nothing can be credited. */
export async function lengthOf(institutionId: string, version: VideoVersion, tx?: Tx): Promise<number> {
  const known = lengths.get(version)
  if (known !== undefined) return known
  const { assetId } = version.document
  const asset = assetId === null ? null : await assetOfInstitution(institutionId, assetId, tx)
  const seconds = asset?.durationSeconds ?? 0
  if (seconds > 0) lengths.set(version, seconds)
  return seconds
}
