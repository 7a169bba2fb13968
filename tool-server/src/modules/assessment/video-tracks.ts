// What is played of a Version's video: pictures a second and the name of its sound. Only a new ladder changes it, and hardly ever this: it
// is kept beside the Version.
import type { Tx } from '../../kernel/db.ts'
import { type PlayedFacts, playedFactsOf } from '../media/index.ts'
import type { VideoVersion } from './video-length.ts'

const known = new WeakMap<VideoVersion, PlayedFacts>()

export async function playedFactsAt(institutionId: string, version: VideoVersion, tx: Tx): Promise<PlayedFacts | null> {
  const before = known.get(version)
  if (before) return before
  const { assetId } = version.document
  const facts = assetId === null ? null : await playedFactsOf(institutionId, assetId, tx)
  if (facts) known.set(version, facts)
  return facts
}
