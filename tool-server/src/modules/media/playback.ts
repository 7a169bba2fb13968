// What a player is given of an asset: addresses signed for the caller's session.
import type { Caller, Playback } from '@cuepoint/contracts'
import { queryAlone } from '../../kernel/db.ts'
import { conflict } from '../../kernel/errors.ts'
import { assetNotFound } from './assets.ts'
import { captionsListed } from './caption-rows.ts'
import { originalOf } from './originals.ts'
import { sessionSignature } from './signatures.ts'

interface Playable {
  state: string
  playable: boolean
  generation: number
  durationSeconds: number | null
  width: number | null
  height: number | null
  hasVideo: boolean
  hasAudio: boolean
}

/**
 * Throws asset_not_found, asset_not_ready. Whoever asks has seen to it that the caller may see it: a published Version that they were let
 * in to, or an asset of their course. Only the institution is looked at here.
 */
export async function playbackFor(caller: Caller, assetId: string): Promise<Playback> {
  const [asset] = await queryAlone<Playable & Record<string, unknown>>(
    `select state, playable, generation, duration_seconds as "durationSeconds", width, height, has_video as "hasVideo", has_audio as "hasAudio"
     from assets where id = $1 and institution_id = $2 and deleted_at is null and kind in ('video', 'audio')`,
    [assetId, caller.institutionId],
    'media-playback',
  )
  if (!asset) throw assetNotFound()
  if (!asset.playable || asset.generation === 0)
    throw conflict('asset_not_ready', 'This video is still being made ready. Try again in a moment.')
  const base = `/media/${sessionSignature('v', caller, assetId)}/${assetId}`
  const of = `${base}/${asset.generation}`
  const whole = asset.state === 'ready'
  const captions = await captionsListed(assetId)
  return {
    assetId,
    durationSeconds: asset.durationSeconds ?? 0,
    hlsUrl: `${of}/master.m3u8`,
    audioOnlyUrl: whole && asset.hasVideo && asset.hasAudio ? `${of}/audio/index.m3u8` : null,
    posterUrl: asset.hasVideo ? `${of}/poster.jpg` : null,
    storyboardUrl: whole && asset.hasVideo ? `${of}/storyboard.vtt` : null,
    waveformUrl: whole && asset.hasAudio ? `${of}/waveform.json` : null,
    width: asset.width ?? 0,
    height: asset.height ?? 0,
    hasVideo: asset.hasVideo,
    captions: captions.map(({ id, language, label, revision }) => ({ id, language, label, url: `${base}/captions/${id}-${revision}.vtt` })),
    originalUrl:
      caller.role === 'instructor' && (await originalOf(assetId))
        ? `/media/${sessionSignature('o', caller, assetId)}/${assetId}/original`
        : null,
  }
}
