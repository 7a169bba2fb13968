// PURE: what is refused before anything is encoded, in words that an instructor understands.
import { type Probe, perSecond } from './probe.ts'

export interface Refusal {
  code: string
  message: string
}

const longestHours = 6
const mostTracks = 16
const mostPixels = 4096 * 2304
const mostFrames = 245

const videoCodecs = new Set(
  'h264 hevc vp8 vp9 av1 mpeg4 msmpeg4v1 msmpeg4v2 msmpeg4v3 mpeg1video mpeg2video mjpeg h263 theora prores dnxhd wmv1 wmv2 wmv3 vc1 svq3 flv1 rawvideo png'.split(
    ' ',
  ),
)
const audioCodecs = new Set(
  'aac mp3 mp2 opus vorbis flac alac ac3 eac3 amr_nb amr_wb wmav1 wmav2 adpcm_ms adpcm_ima_wav adpcm_ima_qt'.split(' '),
)

/** null = it may be encoded. */
export function refusalOf(probe: Probe): Refusal | null {
  const { video, audio, durationSeconds } = probe
  if (!video && !audio)
    return {
      code: 'media_empty',
      message: 'This file holds neither pictures nor sound that we can read. Export it again as MP4 and upload that.',
    }
  if (probe.tracks > mostTracks)
    return {
      code: 'media_tracks',
      message: `This file has ${probe.tracks} tracks; up to ${mostTracks} are allowed. Export it with one video and one sound track.`,
    }
  if (video && !videoCodecs.has(video.codec))
    return {
      code: 'media_codec',
      message: `The pictures are coded in a way that we cannot read (${named(video.codec)}). Export the video as MP4 with H.264.`,
    }
  if (audio && !audioCodecs.has(audio.codec) && !audio.codec.startsWith('pcm_'))
    return {
      code: 'media_codec',
      message: `The sound is coded in a way that we cannot read (${named(audio.codec)}). Export it with AAC or MP3 sound.`,
    }
  if (durationSeconds <= 0)
    return {
      code: 'media_length_unknown',
      message: 'This file does not say how long it is; it may be cut off. Export it again and upload that.',
    }
  if (durationSeconds > longestHours * 3600)
    return {
      code: 'media_too_long',
      message: `This file says that it lasts ${(durationSeconds / 3600).toFixed(1)} hours; up to ${longestHours} are allowed. Cut it into parts.`,
    }
  if (video && (video.codedWidth * video.codedHeight > mostPixels || Math.max(video.codedWidth, video.codedHeight) > 5120))
    return {
      code: 'media_too_large',
      message: `The picture is ${video.codedWidth} x ${video.codedHeight}; up to 4096 x 2304 (4K) is allowed. Export it in a smaller size.`,
    }
  if (video && Math.min(video.width, video.height) < 16)
    return { code: 'media_too_small', message: `The picture is only ${video.width} x ${video.height}. Export it in a larger size.` }
  if (video && perSecond(video.rate) > mostFrames)
    return {
      code: 'media_too_fast',
      message: `This video has ${Math.round(perSecond(video.rate))} frames per second; up to 240 are allowed. Export it with 30 or 60.`,
    }
  return null
}

function named(codec: string): string {
  return /^[a-z0-9_]{1,20}$/.test(codec) ? codec : 'unknown'
}
