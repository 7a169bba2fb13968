// PURE: fragmented MP4 as ffmpeg writes it, taken apart into an init segment and fragments, each moved to its place in the whole
// video: so chunks that were encoded apart follow each other to the tick, whatever the muxer thought of times.

interface Box {
  type: string
  /** Where its content begins and ends. */
  start: number
  end: number
}

/** The boxes that lie side by side between two places. */
function boxesIn(bytes: Buffer, from = 0, to = bytes.length): Box[] {
  const boxes: Box[] = []
  for (let at = from; at + 8 <= to; ) {
    let size = bytes.readUInt32BE(at)
    let head = 8
    if (size === 1) {
      size = Number(bytes.readBigUInt64BE(at + 8))
      head = 16
    }
    if (size < head || at + size > to) throw new Error('a box reaches beyond its file')
    boxes.push({ type: bytes.toString('latin1', at + 4, at + 8), start: at + head, end: at + size })
    at += size
  }
  return boxes
}

function find(bytes: Buffer, box: Box, ...path: string[]): Box {
  let inside = box
  for (const type of path) {
    const found = boxesIn(bytes, inside.start, inside.end).find((it) => it.type === type)
    if (!found) throw new Error(`there is no ${type}`)
    inside = found
  }
  return inside
}

export interface Track {
  id: number
  kind: 'video' | 'audio'
  timescale: number
  /** Of a sample, where a fragment does not say it. */
  sampleTicks: number
  /** As in RFC 6381, e.g. `avc1.64001f`. */
  codec: string
}

/** Tracks of an init segment (`ftyp` and `moov`). */
export function tracksOf(init: Buffer): Track[] {
  const moov = boxesIn(init).find((it) => it.type === 'moov')
  if (!moov) throw new Error('there is no moov')
  const defaults = new Map(
    boxesIn(init, find(init, moov, 'mvex').start, find(init, moov, 'mvex').end)
      .filter((it) => it.type === 'trex')
      .map((it) => [init.readUInt32BE(it.start + 4), init.readUInt32BE(it.start + 12)]),
  )
  return boxesIn(init, moov.start, moov.end)
    .filter((it) => it.type === 'trak')
    .map((trak) => {
      const tkhd = find(init, trak, 'tkhd')
      const mdhd = find(init, trak, 'mdia', 'mdhd')
      const handler = find(init, trak, 'mdia', 'hdlr').start + 8
      const id = init.readUInt32BE(tkhd.start + (init.readUInt8(tkhd.start) === 1 ? 20 : 12))
      return {
        id,
        kind: init.toString('latin1', handler, handler + 4) === 'vide' ? 'video' : 'audio',
        timescale: init.readUInt32BE(mdhd.start + (init.readUInt8(mdhd.start) === 1 ? 20 : 12)),
        sampleTicks: defaults.get(id) ?? 0,
        codec: codecOf(init, find(init, trak, 'mdia', 'minf', 'stbl', 'stsd')),
      }
    })
}

/** The first sample entry: of H.264 profile, constraints and level stand in avcC. */
function codecOf(init: Buffer, stsd: Box): string {
  const [entry] = boxesIn(init, stsd.start + 8, stsd.end)
  if (entry?.type === 'mp4a') return soundCodecOf(init, entry)
  const avcC = entry && boxesIn(init, entry.start + 78, entry.end).find((it) => it.type === 'avcC')
  if (!avcC) throw new Error('a sample entry that we do not write')
  return `avc1.${init.toString('hex', avcC.start + 1, avcC.start + 4)}`
}

/** Told by what its decoder is told (AudioSpecificConfig): without that no browser plays the file, whatever its playlist says. */
function soundCodecOf(init: Buffer, entry: Box): string {
  const esds = boxesIn(init, entry.start + 28, entry.end).find((it) => it.type === 'esds')
  const config = esds ? descriptorIn(init, esds.start + 4, esds.end) : null
  let at = (config ?? init.length) + 13
  if (!esds || at + 2 >= esds.end || init.readUInt8(at++) !== 5) throw new Error('the sound does not say how it is decoded')
  while (init.readUInt8(at++) & 0x80);
  return `mp4a.40.${init.readUInt8(at) >> 3}`
}

/**
 * Takes out of an init segment what differs from chunk to chunk without meaning anything, the bit rate of the sound as ffmpeg guessed
 * it: so all chunks of a rendition share one.
 */
export function evenInit(init: Buffer): void {
  const moov = boxesIn(init).find((it) => it.type === 'moov')
  for (const trak of moov ? boxesIn(init, moov.start, moov.end).filter((it) => it.type === 'trak') : []) {
    const stsd = find(init, trak, 'mdia', 'minf', 'stbl', 'stsd')
    const [entry] = boxesIn(init, stsd.start + 8, stsd.end)
    if (entry?.type !== 'mp4a') continue
    for (const box of boxesIn(init, entry.start + 28, entry.end)) {
      if (box.type === 'btrt') init.fill(0, box.start + 4, box.end)
      // ISO/IEC 14496-1: after the kind of the stream stand its buffer (3 bytes), its largest and its average bit rate (4 each).
      const config = box.type === 'esds' ? descriptorIn(init, box.start + 4, box.end) : null
      if (config !== null) init.fill(0, config + 5, config + 13)
    }
  }
}

/** Where the content of the DecoderConfigDescriptor (tag 4) begins, inside the ES descriptor (tag 3). */
function descriptorIn(init: Buffer, from: number, to: number): number | null {
  for (let at = from; at + 2 < to; ) {
    const tag = init.readUInt8(at++)
    while (init.readUInt8(at++) & 0x80);
    if (tag === 4) return at
    if (tag !== 3) return null
    at += 3
  }
  return null
}

/** Ticks that one `traf` lasts. */
function ticksOf(bytes: Buffer, traf: Box, tracks: readonly Track[]): { id: number; ticks: number } {
  const tfhd = find(bytes, traf, 'tfhd')
  const flags = bytes.readUIntBE(tfhd.start + 1, 3)
  const id = bytes.readUInt32BE(tfhd.start + 4)
  let usual = tracks.find((it) => it.id === id)?.sampleTicks ?? 0
  if (flags & 0x8) usual = bytes.readUInt32BE(tfhd.start + 8 + (flags & 0x1 ? 8 : 0) + (flags & 0x2 ? 4 : 0))
  let ticks = 0
  for (const trun of boxesIn(bytes, traf.start, traf.end).filter((it) => it.type === 'trun')) {
    const has = bytes.readUIntBE(trun.start + 1, 3)
    const count = bytes.readUInt32BE(trun.start + 4)
    const width = 4 * [0x100, 0x200, 0x400, 0x800].filter((flag) => has & flag).length
    const first = trun.start + 8 + (has & 0x1 ? 4 : 0) + (has & 0x4 ? 4 : 0)
    if (has & 0x100) for (let at = 0; at < count; at++) ticks += bytes.readUInt32BE(first + at * width)
    else ticks += count * usual
  }
  return { id, ticks }
}

/** How long a fragment (`moof` and `mdat`) lasts, by its pictures where it has some. */
export function secondsOf(fragment: Buffer, tracks: readonly Track[]): number {
  const moof = boxesIn(fragment).find((it) => it.type === 'moof')
  if (!moof) throw new Error('there is no moof')
  const lasting = boxesIn(fragment, moof.start, moof.end)
    .filter((it) => it.type === 'traf')
    .map((traf) => ticksOf(fragment, traf, tracks))
  const of = (kind: Track['kind']) => {
    const track = tracks.find((it) => it.kind === kind)
    const found = track && lasting.find((it) => it.id === track.id)
    return track && found ? found.ticks / track.timescale : 0
  }
  return of('video') || of('audio')
}

/** Moves a fragment in place: `offsets` are ticks by track id; `sequence` is its number in the whole. */
export function moveFragment(fragment: Buffer, offsets: ReadonlyMap<number, number>, sequence: number): void {
  const moof = boxesIn(fragment).find((it) => it.type === 'moof')
  if (!moof) throw new Error('there is no moof')
  fragment.writeUInt32BE(sequence >>> 0, find(fragment, moof, 'mfhd').start + 4)
  for (const traf of boxesIn(fragment, moof.start, moof.end).filter((it) => it.type === 'traf')) {
    const offset = offsets.get(fragment.readUInt32BE(find(fragment, traf, 'tfhd').start + 4)) ?? 0
    const tfdt = find(fragment, traf, 'tfdt').start
    if (fragment.readUInt8(tfdt) === 1) fragment.writeBigUInt64BE(fragment.readBigUInt64BE(tfdt + 4) + BigInt(offset), tfdt + 4)
    else fragment.writeUInt32BE(fragment.readUInt32BE(tfdt + 4) + offset, tfdt + 4)
  }
}
