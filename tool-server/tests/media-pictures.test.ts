// Pictures, sounds and formulas in questions: looked at before they are decoded, made anew, shown to who may see the question.
import { deflateSync } from 'node:zlib'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queryAlone } from '../src/kernel/db.ts'
import { callTool, launchDataIn, startSchool, type TestSchool, type Wire } from './_app.ts'
import { launchAs, placeSample } from './_journey.ts'
import { hostile } from './_media.ts'

let school: TestSchool
let teacher: string
let itemId: string
let activityId: string
beforeAll(async () => {
  school = await startSchool({ worker: false, env: { LOG_LEVEL: 'silent', MEDIA_COURSE_QUOTA_MB: '60' } })
  ;({ itemId, activityId } = await placeSample(school))
  teacher = (await launchAs(school, 'teacher1', itemId)).token
})
afterAll(() => school?.stop())

async function send(bytes: Uint8Array, name = 'leaf.jpg', token = teacher): Promise<{ status: number; json: Wire }> {
  const headers = { authorization: `Bearer ${token}`, 'x-file-name': encodeURIComponent(name) }
  const answer = await fetch(`${school.origin}/api/inline-media`, { method: 'POST', headers, body: bytes as never })
  return { status: answer.status, json: await answer.json() }
}
const photo = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: '#2a7' } })

function crc(bytes: Buffer): number {
  let it = ~0
  for (const byte of bytes) {
    it ^= byte
    for (let bit = 0; bit < 8; bit++) it = it & 1 ? (it >>> 1) ^ 0xedb88320 : it >>> 1
  }
  return ~it >>> 0
}
function pngChunk(type: string, body: Buffer): Buffer {
  const inside = Buffer.concat([Buffer.from(type, 'latin1'), body])
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(body.length)
  check.writeUInt32BE(crc(inside))
  return Buffer.concat([length, inside, check])
}
/** A PNG of any size in its header, with a line of zeros as its data. */
function bigPng(width: number, height: number, frames = 1): Buffer {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const control = Buffer.alloc(8)
  control.writeUInt32BE(frames)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  const animated = frames > 1 ? [pngChunk('acTL', control)] : []
  return Buffer.concat([
    signature,
    pngChunk('IHDR', head),
    ...animated,
    pngChunk('IDAT', deflateSync(Buffer.alloc(1000))),
    pngChunk('IEND', Buffer.alloc(0)),
  ])
}
function longGif(frames: number): Buffer {
  const head = Buffer.from('GIF89a\x64\0\x64\0\0\0\0', 'latin1')
  const frame = Buffer.from([0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0x80, 0, 0, 0, 255, 255, 255, 2, 2, 0x44, 1, 0])
  return Buffer.concat([head, ...Array.from({ length: frames }, () => frame), Buffer.from([0x3b])])
}

describe('pictures', () => {
  it('are made anew in several sizes, upright, without what the camera wrote into them', async () => {
    const exif = { IFD0: { Make: 'PhoneMaker' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 12/1 0/1' } }
    const bytes = await photo(2400, 1200).withExif(exif).withMetadata({ orientation: 6 }).jpeg().toBuffer()
    expect((await sharp(bytes).metadata()).exif).toBeDefined()
    const { status, json } = await send(bytes, 'Blatt.jpg')
    expect(status).toBe(200)
    expect(json).toMatchObject({ kind: 'image', state: 'ready', width: 1200, height: 2400 })
    const widths = []
    for (const one of json.srcset.split(', ')) {
      const answer = await fetch(new URL(one.split(' ')[0], school.origin))
      expect(answer.headers.get('content-type')).toBe('image/webp')
      const made = await sharp(Buffer.from(await answer.arrayBuffer())).metadata()
      expect(made.exif).toBeUndefined()
      widths.push(made.width)
    }
    // None is larger than the picture itself.
    expect(widths).toEqual([480, 960, 1200])
    const fallback = await fetch(new URL(json.url, school.origin))
    expect(fallback.headers.get('content-type')).toBe('image/jpeg')
    expect(Buffer.from(await fallback.arrayBuffer()).includes('PhoneMaker')).toBe(false)
  })

  it.each([
    ['a PNG of 65,535 by 65,535', bigPng(65_535, 65_535), 'picture_too_large'],
    ['a PNG of 16,000 by 16,000', bigPng(16_000, 16_000), 'picture_too_large'],
    ['an animated PNG of 10,000 frames', bigPng(100, 100, 10_000), 'picture_too_large'],
    ['an animated GIF of 10,000 frames', longGif(10_000), 'picture_too_large'],
    ['a PNG whose data is less than its header says', bigPng(2000, 2000), 'file_damaged'],
    ['a PNG that ends in its header', bigPng(100, 100).subarray(0, 20), 'file_damaged'],
    ['a JPEG that ends in its header', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46]), 'file_damaged'],
  ])('(attack 39) of %s is refused by its header', async (_what, bytes, code) => {
    const before = process.memoryUsage().rss
    expect((await send(bytes)).json).toMatchObject({ code })
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1_048_576)
    expect(await queryAlone(`select 1 from assets where name = 'leaf.jpg'`)).toEqual([])
  })

  it('(attack 39) of an SVG, and whatever else is no picture, is refused', async () => {
    for (const [what, bytes] of Object.entries(hostile)) {
      if (what === 'a picture') continue
      expect((await send(bytes, 'leaf.png')).status, what).toBe(415)
    }
    expect((await send(Buffer.alloc(0))).json.code).toBe('file_empty')
    expect((await send(Buffer.alloc(26 * 1_048_576, 1))).status).toBe(413)
  })

  it('(attack 38) that are a script, too, lose it', async () => {
    const polyglot = Buffer.concat([await photo(20, 20).gif().toBuffer(), Buffer.from('/*<script>alert(1)</script>*/')])
    const { status, json } = await send(polyglot, 'x.gif')
    expect(status).toBe(200)
    const answer = await fetch(new URL(json.url, school.origin))
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(Buffer.from(await answer.arrayBuffer()).includes('script')).toBe(false)
  })

  it('are added by instructors alone', async () => {
    const { token } = await launchAs(school, 'student1', itemId)
    expect((await send(await photo(10, 10).png().toBuffer(), 'x.png', token)).status).toBe(403)
    expect((await send(await photo(10, 10).png().toBuffer(), 'x.png', 'nobody')).status).toBe(401)
  })
})

describe('texts with pictures and formulas', () => {
  it('are shown to learners with addresses of their own session, and only pictures of the course stay', async () => {
    const { json: mine } = await send(await photo(300, 200).png().toBuffer(), 'leaf.png')
    const walk = await school.lms.journey.walkLaunch({ person: 'teacher1', deepLink: { course: '3' }, launch: true })
    const other = launchDataIn(await (walk.response as Response).text()).token
    const { json: foreign } = await send(await photo(300, 200).png().toBuffer(), 'foreign.png', other)

    const draft = (await callTool(school.origin, teacher, 'GET', `/api/activities/${activityId}`)).json
    const image = (id: string) => `<img data-asset="${id}" alt="A leaf" width="300" height="200">`
    const [first, ...rest] = draft.document.questions
    const prompt = `<p>Look: ${image(mine.assetId)}${image(foreign.assetId)}<span data-tex="x^2"></span></p>`
    const document = { ...draft.document, questions: [{ ...first, prompt }, ...rest] }
    const saved = await callTool(school.origin, teacher, 'PUT', `/api/activities/${activityId}/draft`, {
      revision: draft.revision,
      title: draft.title,
      document,
    })
    expect(saved.status, saved.text).toBe(200)
    const [row] = await queryAlone<{ document: Wire }>('select document from activities where id = $1', [activityId])
    expect(row?.document.questions[0].prompt).toBe(
      `<p>Look: <img data-asset="${mine.assetId}" alt="A leaf" width="300" height="200" /><span data-tex="x^2"><math><msup><mi>x</mi><mn>2</mn></msup></math></span></p>`,
    )
    await callTool(school.origin, teacher, 'POST', `/api/activities/${activityId}/publish`, { revision: saved.json.revision })

    const { data, token } = await launchAs(school, 'student2', itemId)
    const { json: player } = await callTool(school.origin, token, 'GET', `/api/placements/${data.session.placement.id}/player`)
    const promptOf = (it: Wire) => it.current.questions.find((one: Wire) => one.prompt.includes('data-asset')).prompt
    const urls = [data.player, player].map((it) => /src="([^"]+)"/.exec(promptOf(it))?.[1] ?? '')
    for (const url of urls) expect((await fetch(new URL(url, school.origin))).status, url).toBe(200)
    expect(urls[0]).toContain(data.session.id)
    expect(promptOf(player)).toMatch(/srcset="[^"]+480w/)
    expect(promptOf(player)).toContain('<msup>')
    // The address opens this picture and nothing else.
    for (const wrong of ['1/master.m3u8', 'original', 'sound.m4a'])
      expect([403, 404]).toContain((await fetch(new URL(wrong, new URL(urls[0] ?? '', school.origin)))).status)
  })

  it('give no address for what a learner writes into an answer', async () => {
    const [video] = await queryAlone<{ id: string }>(
      `insert into assets (id, institution_id, course_id, kind, name, bytes, state) select gen_random_uuid(), institution_id, id, 'video', 'v', 1, 'ready' from courses limit 1 returning id`,
    )
    const text = `<img data-asset="${video?.id}" alt="x">`
    const { json } = await callTool(school.origin, teacher, 'POST', '/api/topics', { name: text.slice(0, 80) })
    expect(JSON.stringify(json)).not.toContain('/media/')
  })

  it('show a formula while it is written', async () => {
    const show = async (tex: string) => (await callTool(school.origin, teacher, 'POST', '/api/formula', { tex })).json
    expect(await show('\\sqrt{2}')).toEqual({ mathml: '<math><msqrt><mn>2</mn></msqrt></math>' })
    expect(await show('\\sqrt{2')).toEqual({ mathml: null })
  })
})
