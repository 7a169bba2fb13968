// Small pictures of a video on one sheet, and the WebVTT that says which of them belongs to which time.
import sharp from 'sharp'

/** Most on one sheet. */
export const mostThumbs = 100
const columns = 10

export interface Sheet {
  jpeg: Buffer
  width: number
  height: number
}

/** `thumbs` are JPEGs of one size; null where there is none. */
export async function sheetOf(thumbs: readonly Buffer[]): Promise<Sheet | null> {
  const [first] = thumbs
  if (!first) return null
  const { width = 0, height = 0 } = await sharp(first).metadata()
  const across = Math.min(columns, thumbs.length)
  const down = Math.ceil(thumbs.length / columns)
  const jpeg = await sharp({ create: { width: across * width, height: down * height, channels: 3, background: '#000' } })
    .composite(thumbs.map((input, at) => ({ input, left: (at % columns) * width, top: Math.floor(at / columns) * height })))
    .jpeg({ quality: 72 })
    .toBuffer()
  return { jpeg, width, height }
}

/** `every` seconds a picture, from 0 on. */
export function storyboardVtt(
  count: number,
  every: number,
  total: number,
  sheet: { width: number; height: number },
  image: string,
): string {
  const cues = Array.from({ length: count }, (_, at) => {
    const end = at === count - 1 ? Math.max(total, at * every + 0.1) : (at + 1) * every
    const place = `${(at % columns) * sheet.width},${Math.floor(at / columns) * sheet.height},${sheet.width},${sheet.height}`
    return `${clock(at * every)} --> ${clock(end)}\n${image}#xywh=${place}\n`
  })
  return `WEBVTT\n\n${cues.join('\n')}`
}

function clock(seconds: number): string {
  const ms = Math.round(seconds * 1000)
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  return `${two(ms / 3_600_000)}:${two((ms / 60_000) % 60)}:${two((ms / 1000) % 60)}.${String(ms % 1000).padStart(3, '0')}`
}
