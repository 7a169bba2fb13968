// PURE: AAC in ADTS, frame by frame: a piece of sound is encoded with a margin on both sides and cut to its frames here, so that
// pieces that were encoded apart follow each other without a gap.

/** Where each frame begins; the last entry is the end. Throws where the bytes are no ADTS. */
export function adtsFrames(bytes: Buffer): number[] {
  const starts: number[] = []
  let at = 0
  while (at + 7 <= bytes.length) {
    if (bytes.readUInt16BE(at) >> 4 !== 0xfff) throw new Error('this is not ADTS')
    const length = ((bytes.readUInt8(at + 3) & 0x03) << 11) | (bytes.readUInt8(at + 4) << 3) | (bytes.readUInt8(at + 5) >> 5)
    if (length < 7) throw new Error('an ADTS frame without a length')
    if (at + length > bytes.length) break
    starts.push(at)
    at += length
  }
  starts.push(at)
  return starts
}

/** Frames `from` to `to` (not included); fewer where there are fewer. */
export function cutAdts(bytes: Buffer, from: number, to: number): Buffer {
  const starts = adtsFrames(bytes)
  const last = starts.length - 1
  return bytes.subarray(starts[Math.min(from, last)], starts[Math.min(to, last)])
}
