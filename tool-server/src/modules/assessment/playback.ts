// Where a Version's video plays for this session; null where it cannot be had now.
import type { Caller, Playback } from '@cuepoint/contracts'
import type { VideoVersion } from './video-length.ts'

export async function playbackOf(_caller: Caller, _version: VideoVersion): Promise<Playback | null> {
  return null
}
