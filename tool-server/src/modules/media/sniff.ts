// What a file is, told from its bytes and never from its name. What ffmpeg could be led astray by is named and refused here;
// only a handful of containers pass, each with the one demuxer that ffmpeg may use for it.
import { fileTypeFromBuffer } from 'file-type'

/** So much of a file's beginning is looked at. */
export const headBytes = 65_536

export interface Sniffed {
  /** As the bytes look; of mp4, Matroska and Ogg ffprobe has the last word. */
  kind: 'video' | 'audio' | 'image'
  /** ffmpeg's name of the demuxer to force (`-f`); of pictures ''. */
  demuxer: string
  mime: string
}
export interface Refused {
  code: 'file_empty' | 'file_kind_unsupported'
  /** In words that an instructor understands. */
  message: string
}

/** file-type's name of a container -> what it is to us. */
const containers: Record<string, Sniffed> = {
  'video/mp4': { kind: 'video', demuxer: 'mov', mime: 'video/mp4' },
  'video/x-m4v': { kind: 'video', demuxer: 'mov', mime: 'video/mp4' },
  'video/quicktime': { kind: 'video', demuxer: 'mov', mime: 'video/quicktime' },
  'video/3gpp': { kind: 'video', demuxer: 'mov', mime: 'video/3gpp' },
  'video/3gpp2': { kind: 'video', demuxer: 'mov', mime: 'video/3gpp2' },
  'audio/mp4': { kind: 'audio', demuxer: 'mov', mime: 'audio/mp4' },
  'audio/x-m4a': { kind: 'audio', demuxer: 'mov', mime: 'audio/mp4' },
  'video/matroska': { kind: 'video', demuxer: 'matroska', mime: 'video/x-matroska' },
  'video/webm': { kind: 'video', demuxer: 'matroska', mime: 'video/webm' },
  'video/vnd.avi': { kind: 'video', demuxer: 'avi', mime: 'video/x-msvideo' },
  'video/mp2t': { kind: 'video', demuxer: 'mpegts', mime: 'video/mp2t' },
  'audio/mpeg': { kind: 'audio', demuxer: 'mp3', mime: 'audio/mpeg' },
  'audio/aac': { kind: 'audio', demuxer: 'aac', mime: 'audio/aac' },
  'audio/wav': { kind: 'audio', demuxer: 'wav', mime: 'audio/wav' },
  'audio/flac': { kind: 'audio', demuxer: 'flac', mime: 'audio/flac' },
  'audio/x-flac': { kind: 'audio', demuxer: 'flac', mime: 'audio/flac' },
  'audio/ogg': { kind: 'audio', demuxer: 'ogg', mime: 'audio/ogg' },
  'video/ogg': { kind: 'video', demuxer: 'ogg', mime: 'video/ogg' },
  'audio/ogg; codecs=opus': { kind: 'audio', demuxer: 'ogg', mime: 'audio/ogg' },
  'image/png': { kind: 'image', demuxer: '', mime: 'image/png' },
  'image/apng': { kind: 'image', demuxer: '', mime: 'image/png' },
  'image/jpeg': { kind: 'image', demuxer: '', mime: 'image/jpeg' },
  'image/gif': { kind: 'image', demuxer: '', mime: 'image/gif' },
  'image/webp': { kind: 'image', demuxer: '', mime: 'image/webp' },
}

const playlist = 'This is a playlist that points at other files, not a video. Upload the video file itself.'
const noVideo = (what: string) => `This is ${what}, not a video or sound. Upload MP4, MOV, WebM, MKV, AVI, MP3, M4A, WAV or Ogg.`

/** Texts that a player would follow to other files; read as ffmpeg reads them: after a byte order mark and white space. */
const texts: [RegExp, string][] = [
  [/^#EXTM3U|#EXT-X-/i, playlist],
  [/^ffconcat/i, playlist],
  [/^file\s+['"\w/.]/i, playlist],
  [/^\[playlist\]|^\[Reference\]/i, playlist],
  [/^v=0\s/i, 'This is a session description (SDP), not a video. Upload the video file itself.'],
  [/<(MPD|SmoothStreamingMedia|smil|asx|playlist|xspf)\b/i, playlist],
  [/^<\?xml|^<svg/i, noVideo('an XML or SVG text')],
  [/^<!doctype html|^<html|^<script/i, noVideo('a web page')],
  [/^WEBVTT|^1\r?\n\d\d:\d\d:\d\d,/i, 'This is a captions file. Add it under Captions, beside its video.'],
  [/^%PDF/, noVideo('a PDF')],
]

/** Says what the file is whose first 64 KiB (or all of it) these are, or why it is refused. */
export async function sniffed(head: Uint8Array): Promise<Sniffed | Refused> {
  if (head.byteLength === 0) return { code: 'file_empty', message: 'The file is empty. Choose another one, or record it again.' }
  const text = Buffer.from(head.subarray(0, 4096))
    .toString('latin1')
    .replace(/^(\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)/, '')
    .replaceAll('\0', '')
    .trimStart()
  for (const [shape, message] of texts) if (shape.test(text)) return refused(message)
  const found = await fileTypeFromBuffer(head).catch(() => undefined)
  const known = found && containers[found.mime]
  if (!known) return refused(noVideo(found ? `a ${found.ext.toUpperCase()} file` : 'a file of another kind'))
  // A text stream in an AVI may be a playlist that ffmpeg follows (the GAB2 trick of 2017).
  if (known.demuxer === 'avi' && hasTextStream(head))
    return refused('This AVI carries a text stream, which may point at other files. Save it as MP4 first.')
  return known
}

function refused(message: string): Refused {
  return { code: 'file_kind_unsupported', message }
}

function hasTextStream(head: Uint8Array): boolean {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength)
  return bytes.includes('strhtxts') || bytes.includes('GAB2') || /strh....txts/s.test(bytes.toString('latin1')) || !bytes.includes('movi')
}
