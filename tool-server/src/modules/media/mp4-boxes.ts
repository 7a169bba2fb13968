// Is an MP4 whole? Its boxes are walked by their lengths alone, without reading what is in them (ISO/IEC 14496-12, 4.2).

type ReadAt = (from: number, bytes: number) => Promise<Buffer>

/** 'whole', 'truncated' (a box goes beyond the end), 'headless' (no moov: the recording was cut off), or 'unclear' after so many boxes. */
export async function mp4State(read: ReadAt, bytes: number): Promise<'whole' | 'truncated' | 'headless' | 'unclear'> {
  let at = 0
  let moov = false
  for (let boxes = 0; boxes < 100; boxes++) {
    if (at === bytes) return moov ? 'whole' : 'headless'
    if (bytes - at < 8) return 'truncated'
    const head = await read(at, Math.min(16, bytes - at))
    const type = head.toString('latin1', 4, 8)
    const short = head.readUInt32BE(0)
    // 0: to the end; 1: a length of 64 bits follows.
    const size = short === 0 ? bytes - at : short === 1 ? (head.length < 16 ? 0 : Number(head.readBigUInt64BE(8))) : short
    if (size < 8 || at + size > bytes) return 'truncated'
    moov ||= type === 'moov'
    at += size
  }
  return 'unclear'
}
