// PURE: how large a picture would be once decoded, read from its header alone: nothing is decoded to find out that it is too large.

export interface PictureSize {
  width: number
  height: number
  frames: number
}

/** Null where the header is broken off or lies about its own shape. */
export function pictureSize(bytes: Buffer, mime: string): PictureSize | null {
  try {
    const size = readers[mime]?.(bytes)
    return size && size.width > 0 && size.height > 0 ? size : null
  } catch {
    // Read beyond the end.
    return null
  }
}

const readers: Record<string, (bytes: Buffer) => PictureSize | null> = {
  'image/png': png,
  'image/jpeg': jpeg,
  'image/gif': gif,
  'image/webp': webp,
}

/** IHDR is the first chunk; acTL, where it is, stands before the first IDAT. */
function png(bytes: Buffer): PictureSize | null {
  if (bytes.toString('latin1', 12, 16) !== 'IHDR') return null
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)]
  let frames = 1
  for (let at = 8, chunks = 0; at + 8 <= bytes.length && chunks < 1000; chunks++) {
    const type = bytes.toString('latin1', at + 4, at + 8)
    if (type === 'acTL') frames = bytes.readUInt32BE(at + 8)
    if (type === 'IDAT' || type === 'acTL') break
    at += 12 + bytes.readUInt32BE(at)
  }
  return { width, height, frames }
}

/** The first frame header: markers C0 to CF but for DHT, JPG and DAC. */
function jpeg(bytes: Buffer): PictureSize | null {
  for (let at = 2; at + 9 < bytes.length; ) {
    if (bytes[at] !== 0xff) return null
    const marker = bytes[at + 1] ?? 0
    if (marker === 0xff) {
      at++
      continue
    }
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return { width: bytes.readUInt16BE(at + 7), height: bytes.readUInt16BE(at + 5), frames: 1 }
    const alone = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)
    at += alone ? 2 : 2 + bytes.readUInt16BE(at + 2)
  }
  return null
}

/** Blocks are walked by their lengths and frames counted; more than anybody may have ends the walk. */
function gif(bytes: Buffer): PictureSize | null {
  let [width, height, frames] = [bytes.readUInt16LE(6), bytes.readUInt16LE(8), 0]
  const table = (flags: number): number => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)
  let at = 13 + table(bytes[10] ?? 0)
  const skipBlocks = () => {
    while ((bytes[at] ?? 0) > 0) at += (bytes[at] ?? 0) + 1
    at++
  }
  while (at < bytes.length && frames < 100_000) {
    const sort = bytes[at]
    if (sort === 0x3b) break
    if (sort === 0x21) {
      at += 2
      skipBlocks()
    } else if (sort === 0x2c) {
      frames++
      width = Math.max(width, bytes.readUInt16LE(at + 1) + bytes.readUInt16LE(at + 5))
      height = Math.max(height, bytes.readUInt16LE(at + 3) + bytes.readUInt16LE(at + 7))
      at += 10 + table(bytes[at + 9] ?? 0) + 1
      skipBlocks()
    } else return null
  }
  return { width, height, frames: Math.max(1, frames) }
}

function webp(bytes: Buffer): PictureSize | null {
  const chunk = bytes.toString('latin1', 12, 16)
  if (chunk === 'VP8 ') return { width: bytes.readUInt16LE(26) & 0x3fff, height: bytes.readUInt16LE(28) & 0x3fff, frames: 1 }
  if (chunk === 'VP8L') {
    const bits = bytes.readUInt32LE(21)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, frames: 1 }
  }
  if (chunk !== 'VP8X') return null
  let frames = 0
  for (let at = 12; at + 8 <= bytes.length && frames < 100_000; ) {
    if (bytes.toString('latin1', at, at + 4) === 'ANMF') frames++
    const size = bytes.readUInt32LE(at + 4)
    at += 8 + size + (size % 2)
  }
  return { width: bytes.readUIntLE(24, 3) + 1, height: bytes.readUIntLE(27, 3) + 1, frames: Math.max(1, frames) }
}
