// An uploaded video becomes renditions that play from end to end, with real ffmpeg on small clips.
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { queryAlone } from '../src/kernel/db.ts'
import { storage } from '../src/kernel/storage.ts'
import { assetNow, clip, ffmpegBy, ffprobeBy, type MediaRoom, openMediaRoom, settled, whole } from './_videos.ts'

let room: MediaRoom
beforeAll(async () => {
  room = await openMediaRoom()
  await room.work()
})
afterAll(() => room.close())

const lines = async (key: string): Promise<string[]> => (await readFile(join(room.dataDir, 'files', key), 'utf8')).split('\n')
const text = async (key: string): Promise<string> => readFile(join(room.dataDir, 'files', key), 'utf8')
const planOf = async (id: string) =>
  (await queryAlone<{ plan: { ladder: { copy: unknown }; chunks: unknown[] } }>('select plan from transcodes where asset_id = $1', [id]))[0]
    ?.plan

describe('a video of 26 seconds with sound', () => {
  let id: string
  beforeAll(async () => {
    // A camera's notes: who, where, with what.
    const notes = [
      '-metadata',
      'location=+48.2082+016.3738/',
      '-metadata',
      'make=ACME Phone',
      '-metadata',
      'title=Private',
      '-movflags',
      '+use_metadata_tags',
    ]
    id = await room.upload(await clip(room.folder, 'plain.mp4', 26, '480x270', ['-r', '30000/1001', ...notes]))
    await settled(id)
  })

  test('is ready, with its length and size', async () => {
    const asset = await assetNow(id)
    expect(asset).toMatchObject({
      state: 'ready',
      failure_code: null,
      playable: true,
      generation: 1,
      has_audio: true,
      has_video: true,
      width: 480,
      height: 270,
    })
    expect(asset.duration_seconds).toBeCloseTo(26, 0)
    expect(asset.chunks_done).toBe(asset.chunks_total)
    expect(asset.chunks_total).toBeGreaterThan(2)
  })

  test('plays over its chunks without a gap: every picture one frame after the one before, every frame of sound 1024 samples', async () => {
    const file = await whole(room, id, '270p')
    const shown = (await ffprobeBy(room.folder, '-select_streams', 'v', '-show_entries', 'packet=pts', '-of', 'csv=p=0', file))
      .split(/\s+/)
      .filter(Boolean)
    const pictures = shown.map((it) => Number.parseInt(it, 10)).toSorted((a, b) => a - b)
    expect(pictures.length).toBeGreaterThan(770)
    expect(new Set(pictures.slice(1).map((at, index) => at - (pictures[index] ?? 0)))).toEqual(new Set([1001]))
    const heard = (await ffprobeBy(room.folder, '-select_streams', 'a', '-show_entries', 'packet=pts', '-of', 'csv=p=0', file))
      .split(/\s+/)
      .filter(Boolean)
    const sounds = heard.map((it) => Number.parseInt(it, 10))
    expect(new Set(sounds.slice(1).map((at, index) => at - (sounds[index] ?? 0)))).toEqual(new Set([1024]))
    // To the end, both of them.
    expect(sounds.length * 1024).toBeGreaterThan(25.9 * 48_000)
  })

  test('shows each picture of the source at its time', async () => {
    const file = await whole(room, id, '270p')
    const said = await ffmpegBy(
      room.folder,
      '-i',
      'plain.mp4',
      '-i',
      file,
      '-lavfi',
      '[0:v]settb=AVTB,setpts=N[a];[1:v]settb=AVTB,setpts=N[b];[a][b]ssim',
      '-f',
      'null',
      '-',
    )
    expect(Number(/All:([\d.]+)/.exec(said)?.[1])).toBeGreaterThan(0.93)
  })

  test('sounds as the source does where chunks meet: no click', async () => {
    const file = await whole(room, id, '270p')
    // A pure tone was put in: what is left when it is taken out is noise of the encoder, and any click.
    const said = await ffmpegBy(
      room.folder,
      '-i',
      file,
      '-af',
      'bandreject=f=440:width_type=h:w=200,atrim=1:25,astats=measure_perchannel=none',
      '-f',
      'null',
      '-',
    )
    expect(Number(/Peak level dB: (-?[\d.]+)/.exec(said)?.[1])).toBeLessThan(-30)
  })

  test('has playlists with measured figures: pictures from small to large, sound alone last, an end', async () => {
    const master = await lines(`renditions/${id}/1/master.m3u8`)
    expect(master.filter((line) => line.endsWith('.m3u8'))).toEqual(['270p/index.m3u8', 'audio/index.m3u8'])
    expect(master.find((line) => line.includes('RESOLUTION'))).toMatch(
      /^#EXT-X-STREAM-INF:BANDWIDTH=\d{5,7},AVERAGE-BANDWIDTH=\d{5,7},CODECS="avc1\.6400[0-9a-f]{2},mp4a\.40\.2",RESOLUTION=480x270,FRAME-RATE=29\.970$/,
    )
    for (const name of ['270p', 'audio']) {
      const playlist = await lines(`renditions/${id}/1/${name}/index.m3u8`)
      expect(playlist.filter((line) => line.startsWith('#EXT-X-MAP'))).toHaveLength(1)
      expect(playlist).toContain('#EXT-X-PLAYLIST-TYPE:VOD')
      expect(playlist.at(-2)).toBe('#EXT-X-ENDLIST')
      const segments = playlist.filter((line) => line.endsWith('.m4s'))
      expect(segments[0]).toMatch(/^0-[0-9a-f]{20}\.m4s$/)
      expect(segments).toHaveLength(7)
      for (const segment of segments) expect(await storage().stat(`renditions/${id}/1/${name}/${segment}`)).not.toBeNull()
    }
  })

  test('starts at a key frame every two seconds', async () => {
    const file = await whole(room, id, '270p')
    const keys = await ffprobeBy(room.folder, '-select_streams', 'v', '-show_entries', 'packet=pts,flags', '-of', 'csv=p=0', file)
    const at = keys
      .split('\n')
      .filter((line) => line.includes('K'))
      .map((line) => Number.parseInt(line, 10))
    expect(new Set(at.slice(1).map((value, index) => value - (at[index] ?? 0)))).toEqual(new Set([60 * 1001]))
  })

  test('has a poster, a storyboard whose times cover it, and a waveform', async () => {
    const prefix = `renditions/${id}/1/`
    expect(
      await ffprobeBy(
        room.folder,
        '-show_entries',
        'stream=width,height',
        '-of',
        'csv=p=0',
        join(room.dataDir, 'files', prefix, 'poster.jpg'),
      ),
    ).toContain('480,270')
    const vtt = await text(`${prefix}storyboard.vtt`)
    expect(vtt.match(/-->/g)).toHaveLength(13)
    expect(vtt).toMatch(/--> 00:00:2[56]\.\d{3}\nstoryboard\.jpg#xywh=320,90,160,90\n$/)
    const wave = JSON.parse(await text(`${prefix}waveform.json`)) as { peaksPerSecond: number; peaks: number[] }
    expect(wave.peaksPerSecond).toBe(10)
    expect(wave.peaks.length).toBeGreaterThan(258)
    // A tone of one loudness from its beginning to its end.
    const [low, high] = [Math.min(...wave.peaks.slice(1, 255)), Math.max(...wave.peaks)]
    expect(low).toBeGreaterThan(8)
    expect(high - low).toBeLessThan(8)
  })

  test('carries nothing of the camera’s notes, and nothing is left behind', async () => {
    for (const key of await storage().list(`renditions/${id}/`)) {
      const bytes = await readFile(join(room.dataDir, 'files', key), 'latin1')
      for (const word of ['48.2082', 'ACME', 'Private', 'Lavf', 'Lavc5']) expect(bytes.includes(word), `${word} in ${key}`).toBe(false)
    }
    expect(await storage().list(`transcodes/${id}/`)).toEqual([])
    expect(await readFile(join(room.folder, 'plain.mp4'), 'latin1')).toContain('48.2082')
  })
})

describe('what comes from phones and cameras', () => {
  const encoded = async (file: string, kind: 'video' | 'audio' = 'video') => {
    const id = await room.upload(join(room.folder, file), kind)
    return { id, asset: await settled(id) }
  }

  test('no sound: there is no sound track', async () => {
    await clip(room.folder, 'mute.mp4', 3, '320x180', ['-an'])
    const { id, asset } = await encoded('mute.mp4')
    expect(asset).toMatchObject({ state: 'ready', has_audio: false })
    expect(await text(`renditions/${id}/1/master.m3u8`)).toMatch(/CODECS="avc1\.[0-9a-f]{6}"/)
    expect(await storage().stat(`renditions/${id}/1/waveform.json`)).toBeNull()
  })

  test('sound alone is sound alone', async () => {
    await ffmpegBy(room.folder, '-f', 'lavfi', '-i', 'sine=300:r=22050', '-t', '5', 'voice.mp3')
    const { id, asset } = await encoded('voice.mp3', 'audio')
    expect(asset).toMatchObject({ state: 'ready', has_video: false, has_audio: true, width: null })
    expect((await lines(`renditions/${id}/1/master.m3u8`)).filter((line) => line.endsWith('m3u8'))).toEqual(['audio/index.m3u8'])
    expect(asset.duration_seconds).toBeCloseTo(5, 0)
  })

  test('an upright phone, odd in size, with frames that come unevenly, in Matroska', async () => {
    await clip(room.folder, 'odd.mkv', 4, '321x571', [
      '-vf',
      "select='not(mod(n,3))+gt(mod(n,11),7)',format=yuv444p,scale=321:571",
      '-vsync',
      'vfr',
      '-pix_fmt',
      'yuv444p',
    ])
    const { id, asset } = await encoded('odd.mkv')
    expect(asset).toMatchObject({ state: 'ready', width: 320, height: 570 })
    const file = await whole(room, id, '321p')
    const rate = await ffprobeBy(
      room.folder,
      '-select_streams',
      'v',
      '-show_entries',
      'stream=width,height,avg_frame_rate,pix_fmt',
      '-of',
      'csv=p=0',
      file,
    )
    expect(rate).toMatch(/^320,570,yuv420p,\d+\/1/)
  })

  test('a picture that was turned is upright', async () => {
    await clip(room.folder, 'lying.mp4', 2, '320x180')
    await ffmpegBy(room.folder, '-i', 'lying.mp4', '-c', 'copy', '-metadata:s:v', 'rotate=90', 'turned.mp4')
    const { asset } = await encoded('turned.mp4')
    expect(asset).toMatchObject({ state: 'ready', width: 180, height: 320 })
  })

  test('HDR is mapped to BT.709', async () => {
    const hdr = ['-pix_fmt', 'yuv420p10le', '-color_primaries', 'bt2020', '-color_trc', 'smpte2084', '-colorspace', 'bt2020nc']
    await clip(room.folder, 'hdr.mp4', 2, '320x180', hdr)
    const { id, asset } = await encoded('hdr.mp4')
    expect(asset.state).toBe('ready')
    const said = await ffprobeBy(
      room.folder,
      '-select_streams',
      'v',
      '-show_entries',
      'stream=pix_fmt,color_transfer,color_primaries',
      '-of',
      'csv=p=0',
      await whole(room, id, '180p'),
    )
    expect(said).toMatch(/yuv420p,bt709,bt709/)
  })
})

describe('a source whose pictures may be copied', () => {
  test('gives its own pictures as the largest rendition, without what a camera notes inside them', async () => {
    await clip(room.folder, 'good.mp4', 9, '640x480', ['-g', '50', '-b:v', '900k', '-preset', 'veryfast'])
    const id = await room.upload(join(room.folder, 'good.mp4'))
    expect((await settled(id)).state).toBe('ready')
    expect((await planOf(id))?.ladder.copy).toMatchObject({ name: '480p' })
    const master = await lines(`renditions/${id}/1/master.m3u8`)
    expect(master.filter((line) => line.endsWith('m3u8'))).toEqual(['360p/index.m3u8', '480p/index.m3u8', 'audio/index.m3u8'])
    const file = await whole(room, id, '480p')
    const said = await ffmpegBy(
      room.folder,
      '-i',
      'good.mp4',
      '-i',
      file,
      '-lavfi',
      '[0:v]settb=AVTB,setpts=N[a];[1:v]settb=AVTB,setpts=N[b];[a][b]ssim',
      '-f',
      'null',
      '-',
    )
    expect(said).toMatch(/All:1\.0+ /)
    // x264 writes its options into a note of its own: it stands for what a camera writes there.
    expect(await readFile(join(room.folder, 'good.mp4'), 'latin1')).toContain('x264')
    expect(await readFile(file, 'latin1')).not.toContain('x264')
    // Sound and pictures lie at the same times as in what is encoded.
    const times = (name: string) =>
      whole(room, id, name).then((it) => ffprobeBy(room.folder, '-show_entries', 'stream=codec_type,start_time', '-of', 'csv=p=0', it))
    expect(Number.parseFloat(/video,([\d.]+)/.exec(await times('480p'))?.[1] ?? '9')).toBeLessThan(0.1)
  })

  test('is encoded where its key frames are too far apart', async () => {
    await clip(room.folder, 'sparse.mp4', 9, '640x480', ['-g', '1000', '-sc_threshold', '0', '-b:v', '900k'])
    const id = await room.upload(join(room.folder, 'sparse.mp4'))
    expect((await settled(id)).state).toBe('ready')
    expect((await planOf(id))?.ladder.copy).toBeNull()
    const named = (await lines(`renditions/${id}/1/master.m3u8`)).filter((line) => line.endsWith('m3u8'))
    expect(named).toEqual(['360p/index.m3u8', '480p/index.m3u8', 'audio/index.m3u8'])
  })
})

describe('what cannot be encoded fails in words that help', () => {
  const refused = async (file: string) => {
    const asset = await settled(await room.upload(join(room.folder, file)))
    expect(asset.state).toBe('failed')
    expect(asset.playable).toBe(false)
    return `${asset.failure_code}: ${asset.failure_message}`
  }

  test('a file that is cut off', async () => {
    await clip(room.folder, 'full.mp4', 30, '320x180', ['-movflags', '+faststart'])
    const bytes = await readFile(join(room.folder, 'full.mp4'))
    await writeFile(join(room.folder, 'cut.mp4'), bytes.subarray(0, Math.floor(bytes.length * 0.6)))
    expect(await refused('cut.mp4')).toMatch(/media_cut_off: The file says that it lasts 0:30, but it ends at 0:1\d/)
  })

  test('a file without its end, nothing, noise, a text', async () => {
    const bytes = await readFile(await clip(room.folder, 'tail.mp4', 3))
    await writeFile(join(room.folder, 'headless.mp4'), bytes.subarray(0, Math.floor(bytes.length / 2)))
    await writeFile(join(room.folder, 'nothing.mp4'), '')
    await writeFile(join(room.folder, 'noise.mp4'), Buffer.concat([Buffer.from('\0\0\0\x20ftypisom'), Buffer.alloc(5000, 0x5a)]))
    await writeFile(join(room.folder, 'text.mp4'), 'This is my essay about fractions.')
    for (const file of ['headless.mp4', 'nothing.mp4', 'noise.mp4', 'text.mp4'])
      expect(await refused(file)).toMatch(/media_unreadable: .*Export it as MP4/)
  })

  test('ten hours in a header of a few kilobytes', async () => {
    await ffmpegBy(room.folder, '-f', 'lavfi', '-i', 'color=s=64x64:r=1/600', '-t', '36000', '-c:v', 'libx264', 'long.mp4')
    expect(await refused('long.mp4')).toMatch(/media_too_long: .*10\.\d hours; up to 6/)
  })
})

test('a video that is cancelled is not encoded any further, and its files go', async () => {
  const { sweepTranscodes } = await import('../src/modules/media/transcode/sweeping.ts')
  const id = await room.upload(await clip(room.folder, 'long.mkv', 200, '320x180'))
  for (const end = Date.now() + 60_000; Date.now() < end && !(await assetNow(id)).playable; )
    await new Promise((later) => setTimeout(later, 30))
  await queryAlone("update assets set state = 'cancelled', playable = false where id = $1", [id])
  await sweepTranscodes()
  const state = async () =>
    (await queryAlone<{ state: string; age: number }>('select state from transcodes where asset_id = $1', [id]))[0]?.state
  expect(await state()).toBe('cancelled')
  await queryAlone("update transcodes set finished_at = now() - interval '5 minutes' where asset_id = $1", [id])
  await room.idle()
  await sweepTranscodes()
  expect(await storage().list(`renditions/${id}/`)).toEqual([])
  expect((await assetNow(id)).state).toBe('cancelled')
})

test('a video of an older ladder is encoded anew; until that is whole the older one is played, and its files go later', async () => {
  const { renewLadders, sweepTranscodes } = await import('../src/modules/media/transcode/sweeping.ts')
  const id = await room.upload(await clip(room.folder, 'older.mp4', 5))
  expect((await settled(id)).state).toBe('ready')
  await room.idle()
  await queryAlone('update transcodes set ladder_version = 0 where asset_id = $1', [id])
  await renewLadders()
  const seen = new Set<string>()
  for (const end = Date.now() + 60_000; Date.now() < end; ) {
    const { state, generation } = await assetNow(id)
    seen.add(`${state} ${generation}`)
    if (generation === 2) break
    expect((await lines(`renditions/${id}/1/master.m3u8`)).length).toBeGreaterThan(3)
    await new Promise((later) => setTimeout(later, 20))
  }
  expect([...seen]).toEqual(['ready 1', 'ready 2'])
  await room.idle()
  await sweepTranscodes()
  expect((await storage().list(`renditions/${id}/1/`)).length).toBeGreaterThan(0)
  await queryAlone("update transcodes set finished_at = now() - interval '4 days' where asset_id = $1 and generation = 1", [id])
  await sweepTranscodes()
  expect(await storage().list(`renditions/${id}/1/`)).toEqual([])
  expect((await storage().list(`renditions/${id}/2/`)).length).toBeGreaterThan(0)
  await renewLadders()
  expect((await queryAlone('select 1 from transcodes where asset_id = $1', [id])).length).toBe(2)
})
