// Where a Version's video plays for this session; null where it cannot be had now (deleted, or made ready anew).
import type { Caller, Playback } from '@cuepoint/contracts'
import { AppError } from '../../kernel/errors.ts'
import { playbackFor } from '../media/index.ts'
import type { VideoVersion } from './video-length.ts'

export async function playbackOf(caller: Caller, { document }: VideoVersion): Promise<Playback | null> {
  if (document.assetId === null) return null
  try {
    return await playbackFor(caller, document.assetId)
  } catch (error) {
    if (error instanceof AppError && (error.code === 'asset_not_found' || error.code === 'asset_not_ready')) return null
    throw error
  }
}
