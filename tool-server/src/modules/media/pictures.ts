// A picture of a question: looked at by its header, then made anew in a few sizes. What is delivered is always what we encoded:
// no EXIF, no place, no second meaning of its bytes.
import { AppError } from '../../kernel/errors.ts'
import { storage } from '../../kernel/storage.ts'
import { longestEdge, mostFrames, mostPixels } from './inline-limits.ts'
import { pictureSize } from './picture-size.ts'

/** Widths that are made; none is larger than the picture itself. */
export const pictureWidths = [480, 960, 1920] as const
/** For browsers without WebP. */
export const fallbackWidth = 960

/** Throws picture_too_large or file_damaged, before anything is decoded. */
export function checkPicture(bytes: Buffer, mime: string): void {
  const size = pictureSize(bytes, mime)
  if (!size) throw new AppError('file_damaged', 'The picture cannot be read: its file is damaged. Save it anew, then try again.')
  const { width, height, frames } = size
  if (
    width > longestEdge ||
    height > longestEdge ||
    width * height > mostPixels ||
    frames > mostFrames ||
    width * height * frames > mostPixels * 10
  )
    throw new AppError(
      'picture_too_large',
      `The picture has ${width} × ${height} points${frames > 1 ? ` in ${frames} frames` : ''}; that is more than can be shown. Make it smaller, e.g. 1920 points wide.`,
    )
}

/** Puts all sizes; tells how large it is, upright. Of an animation the first frame is kept. */
export async function makePicture(assetId: string, bytes: Buffer): Promise<{ width: number; height: number }> {
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  sharp.concurrency(1)
  try {
    const upright = sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error', pages: 1 }).rotate()
    const { info } = await upright
      .clone()
      .resize({ width: 1920, withoutEnlargement: true })
      .webp({ quality: 82 })
      .toBuffer({ resolveWithObject: true })
    for (const width of pictureWidths) {
      const made = await upright.clone().resize({ width, withoutEnlargement: true }).webp({ quality: 82 }).toBuffer()
      await storage().put(`images/${assetId}/${width}.webp`, { bytes: made }, { contentType: 'image/webp' })
    }
    const fallback = upright
      .clone()
      .flatten({ background: '#fff' })
      .resize({ width: fallbackWidth, withoutEnlargement: true })
      .jpeg({ quality: 82 })
    await storage().put(`images/${assetId}/${fallbackWidth}.jpg`, { bytes: await fallback.toBuffer() }, { contentType: 'image/jpeg' })
    return { width: info.width, height: info.height }
  } catch (error) {
    if (error instanceof AppError || (error as { code?: string }).code) throw error
    throw new AppError('file_damaged', 'The picture cannot be read: its file is damaged. Save it anew, then try again.')
  }
}
