// PURE: what lies behind an address of an asset. Only what this list knows can be asked for, each with its one type.

export type MediaFile =
  /** `cache`: immutable files have their content in their name. */
  | { sort: 'file' | 'inline' | 'segment' | 'playlist'; key: string; type: string; segment: number | null; cache: 'immutable' | 'short' }
  | { sort: 'caption'; captionId: string; revision: number }
  | { sort: 'original' }

const rendition = '[a-z0-9][a-z0-9_-]{0,30}'
const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}'

const types: Record<string, string> = {
  mp4: 'video/mp4',
  m4s: 'video/iso.segment',
  m4a: 'audio/mp4',
  m3u8: 'application/vnd.apple.mpegurl',
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
  vtt: 'text/vtt; charset=utf-8',
  json: 'application/json',
}

type Shape = [RegExp, 'segment' | 'playlist' | 'file' | 'inline', string, 'immutable' | 'short']
const shapes: Shape[] = [
  [/^\d{1,6}\/master\.m3u8$/, 'playlist', 'renditions', 'short'],
  [new RegExp(`^\\d{1,6}/${rendition}/index\\.m3u8$`), 'playlist', 'renditions', 'short'],
  [new RegExp(`^\\d{1,6}/${rendition}/(init|\\d{1,7})-[0-9a-zA-Z_-]{4,64}\\.(mp4|m4s)$`), 'segment', 'renditions', 'immutable'],
  [/^\d{1,6}\/(poster\.jpg|storyboard\.jpg|storyboard\.vtt|waveform\.json)$/, 'file', 'renditions', 'short'],
  [/^\d{1,5}\.(webp|jpg|png)$/, 'inline', 'images', 'immutable'],
  [/^sound\.m4a$/, 'inline', 'sounds', 'immutable'],
]

/** `path` is what follows the asset's id. Null for everything else. */
export function mediaFile(assetId: string, path: string): MediaFile | null {
  if (path === 'original') return { sort: 'original' }
  const [, captionId, revision] = new RegExp(`^captions/(${uuid})-(\\d{1,9})\\.vtt$`).exec(path) ?? []
  if (captionId) return { sort: 'caption', captionId, revision: Number(revision) }
  for (const [shape, sort, folder, cache] of shapes) {
    const found = shape.exec(path)
    if (!found) continue
    const type = types[path.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
    const segment = sort === 'segment' && found[1] !== 'init' ? Number(found[1]) : null
    return { sort, key: `${folder}/${assetId}/${path}`, type, segment, cache }
  }
  return null
}

/** A playlist whose segments stand at `base` (ends with a slash): names of other playlists stay relative. */
export function playlistAt(playlist: string, base: string): string {
  const moved = (name: string): string => (/^[\w-]+\.(mp4|m4s)$/.test(name) ? base + name : name)
  return playlist
    .split('\n')
    .map((line) =>
      line.startsWith('#EXT-X-MAP:')
        ? line.replace(/URI="([^"]+)"/, (_all, name: string) => `URI="${moved(name)}"`)
        : line.startsWith('#')
          ? line
          : moved(line),
    )
    .join('\n')
}
