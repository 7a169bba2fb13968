// PURE: which demuxer a file gets, told from its first bytes. Nothing else is ever tried: ffmpeg's own guess would read playlists.

/** What ffmpeg may open at all. No demuxer here follows a name inside the file to another one. */
export const demuxers = ['mov', 'matroska', 'avi', 'mpegts', 'mp3', 'wav', 'flac', 'ogg', 'aac'] as const
export type Demuxer = (typeof demuxers)[number]

const ascii = (bytes: Uint8Array, from: number, to: number): string => Buffer.from(bytes.subarray(from, to)).toString('latin1')

/** From the first 1024 bytes; null = not a video or sound file that we take. */
export function demuxerOf(head: Uint8Array): Demuxer | null {
  const at = (index: number): number => head[index] ?? -1
  if (['ftyp', 'moov', 'mdat', 'wide', 'skip', 'free', 'pnot'].includes(ascii(head, 4, 8))) return 'mov'
  if (at(0) === 0x1a && at(1) === 0x45 && at(2) === 0xdf && at(3) === 0xa3) return 'matroska'
  if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 11) === 'AVI') return 'avi'
  if (ascii(head, 0, 4) === 'RIFF' && ascii(head, 8, 12) === 'WAVE') return 'wav'
  if (ascii(head, 0, 4) === 'fLaC') return 'flac'
  if (ascii(head, 0, 4) === 'OggS') return 'ogg'
  if (at(0) === 0x47 && at(188) === 0x47 && at(376) === 0x47) return 'mpegts'
  if (ascii(head, 0, 3) === 'ID3') return 'mp3'
  // Eleven set bits, then version and layer: layer 0 is AAC in ADTS, layer III is MP3.
  if (at(0) === 0xff && (at(1) & 0xf6) === 0xf0) return 'aac'
  if (at(0) === 0xff && (at(1) & 0xe0) === 0xe0 && (at(1) & 0x06) === 0x02) return 'mp3'
  return null
}
