// PURE: where the files of a transcode lie in the storage.

/** What is played: playlists and segments. */
export const playedPrefix = (assetId: string, generation: number): string => `renditions/${assetId}/${generation}/`

/** What is needed only until it is whole. */
export const workPrefix = (assetId: string, generation: number): string => `transcodes/${assetId}/${generation}/`

export const contentTypes = {
  mp4: 'video/mp4',
  m4s: 'video/iso.segment',
  m3u8: 'application/vnd.apple.mpegurl',
  jpg: 'image/jpeg',
  vtt: 'text/vtt; charset=utf-8',
  json: 'application/json',
  aac: 'audio/aac',
} as const
