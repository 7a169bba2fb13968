// /media: what a signature opens and what not, ranges, caches, a CDN before it, S3 behind it; captions; evidence of what was asked for.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setClock } from '../src/kernel/clock.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { storage } from '../src/kernel/storage.ts'
import { flushSegmentRequests } from '../src/modules/media/index.ts'
import { callTool, launchDataIn, startSchool, type TestSchool, type Wire } from './_app.ts'
import { launchAs, placeSample } from './_journey.ts'
import { startS3, type TestS3 } from './_s3.ts'

let s3: TestS3
beforeAll(async () => {
  s3 = await startS3()
})
afterAll(() => s3?.stop())

const segment = Buffer.from(Array.from({ length: 5000 }, (_none, at) => at % 251))
const playlist =
  '#EXTM3U\n#EXT-X-VERSION:7\n#EXT-X-MAP:URI="init-aaaa.mp4"\n#EXTINF:4.0,\n0-bbbb.m4s\n#EXTINF:4.0,\n1-cccc.m4s\n#EXT-X-ENDLIST\n'

/** A video as the transcoder leaves it. */
async function aVideo(courseId: string): Promise<string> {
  const id = randomUUID()
  await queryAlone(
    `insert into assets (id, institution_id, course_id, kind, name, bytes, state, duration_seconds, width, height, has_video, has_audio, generation, playable)
     select $2, institution_id, id, 'video', 'Leaves.mp4', 5000, 'ready', 8, 1280, 720, true, true, 1, true from courses where id = $1`,
    [courseId, id],
  )
  const put = (name: string, bytes: Buffer | string) =>
    storage().put(`renditions/${id}/1/${name}`, { bytes: Buffer.from(bytes) }, { contentType: 'application/octet-stream' })
  await put('master.m3u8', '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1000\n720p/index.m3u8\n')
  await put('720p/index.m3u8', playlist)
  for (const name of ['720p/init-aaaa.mp4', '720p/0-bbbb.m4s', '720p/1-cccc.m4s', 'poster.jpg', 'storyboard.vtt']) await put(name, segment)
  return id
}

interface Scene {
  school: TestSchool
  teacher: string
  courseId: string
  assetId: string
  playback: Wire
  get(url: string, headers?: Record<string, string>): Promise<Response>
}
async function sceneIn(env: Record<string, string>): Promise<Scene> {
  const school = await startSchool({ worker: false, env: { LOG_LEVEL: 'silent', ...env } })
  const { itemId } = await placeSample(school)
  const { token: teacher, data } = await launchAs(school, 'teacher1', itemId)
  const courseId = data.session.course.id
  const assetId = await aVideo(courseId)
  const { json: playback } = await callTool(school.origin, teacher, 'GET', `/api/assets/${assetId}/playback`)
  const get = (url: string, headers: Record<string, string> = {}) => fetch(new URL(url, school.origin), { headers, redirect: 'manual' })
  return { school, teacher, courseId, assetId, playback, get }
}
const beside = (url: string, name: string): string => url.replace(/master\.m3u8$/, name)

describe('media on disk', () => {
  let scene: Scene
  beforeAll(async () => {
    scene = await sceneIn({})
  })
  afterAll(() => scene?.school.stop())

  it('are given by signed addresses whose signature the relative ones inherit', async () => {
    const { playback, get, assetId } = scene
    expect(playback).toMatchObject({ assetId, durationSeconds: 8, width: 1280, captions: [] })
    const master = await get(playback.hlsUrl)
    expect(master.status).toBe(200)
    expect(master.headers.get('content-type')).toBe('application/vnd.apple.mpegurl')
    const list = new URL('720p/index.m3u8', new URL(playback.hlsUrl, scene.school.origin))
    expect(await (await get(list.href)).text()).toBe(playlist)
    const bytes = await (await get(new URL('0-bbbb.m4s', list).href)).arrayBuffer()
    expect(Buffer.from(bytes).equals(segment)).toBe(true)
    for (const url of [playback.posterUrl, playback.storyboardUrl]) expect((await get(url)).status).toBe(200)
  })

  it('say how long they may be kept, run nothing, and are read in ranges', async () => {
    const { playback, get } = scene
    const list = await get(playback.hlsUrl)
    expect(list.headers.get('cache-control')).toMatch(/^private, max-age=\d{1,2}$/)
    const whole = await get(beside(playback.hlsUrl, '720p/0-bbbb.m4s'))
    expect(whole.headers.get('cache-control')).toBe('private, max-age=31536000, immutable')
    for (const answer of [list, whole]) {
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
      expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'; sandbox")
    }
    const part = await get(beside(playback.hlsUrl, '720p/0-bbbb.m4s'), { range: 'bytes=100-199' })
    expect([part.status, part.headers.get('content-range')]).toEqual([206, 'bytes 100-199/5000'])
    expect(Buffer.from(await part.arrayBuffer()).equals(segment.subarray(100, 200))).toBe(true)
    const beyond = await get(beside(playback.hlsUrl, '720p/0-bbbb.m4s'), { range: 'bytes=5000-' })
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, 'bytes */5000'])
    const head = await fetch(new URL(beside(playback.hlsUrl, '720p/0-bbbb.m4s'), scene.school.origin), { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length'), (await head.text()).length]).toEqual([200, '5000', 0])
  })

  it('(attack 43) stay closed for a changed, foreign or old signature', async () => {
    const { playback, get, courseId } = scene
    const [, , signature = '', assetId = ''] = playback.hlsUrl.split('/')
    const other = await aVideo(courseId)
    expect((await get(playback.hlsUrl.replace(assetId, other))).status).toBe(403)
    const parts = signature.split('~')
    for (let at = 0; at < parts.length; at++) {
      const part = parts[at] ?? ''
      const changed = [...parts.slice(0, at), (part[0] === 'a' ? 'b' : 'a') + part.slice(1), ...parts.slice(at + 1)].join('~')
      expect((await get(playback.hlsUrl.replace(signature, changed))).status, changed).toBe(403)
    }
    for (const wrong of ['x', 'v~0~zzzzzz~', `${signature}a`, signature.replace('v~', 'o~'), signature.replace('v~', 'c~'), '..', '%00'])
      expect((await get(playback.hlsUrl.replace(signature, wrong))).status, wrong).toBeGreaterThanOrEqual(403)
    setClock(() => Date.now() + 13 * 3_600_000)
    expect((await get(playback.hlsUrl)).status).toBe(403)
    setClock()
    expect((await get(playback.hlsUrl)).status).toBe(200)
  })

  it('(attack 43) lead nowhere else, however the path is written', async () => {
    const { playback, get } = scene
    const base = playback.hlsUrl.replace('1/master.m3u8', '')
    for (const path of [
      '..%2f..%2fmaster-key',
      '%2e%2e/%2e%2e/master-key',
      '1/..%2f..%2f..%2fmaster-key',
      '1/720p/9-zzzz.m4s',
      '1/%00',
      'original',
      '2/master.m3u8',
      'captions/x.vtt',
      '1/720p/..%5c..%5cx',
    ])
      expect([403, 404], path).toContain((await get(base + path)).status)
  })

  it('of another course are not given to its instructors', async () => {
    const { school, assetId } = scene
    const walk = await school.lms.journey.walkLaunch({ person: 'teacher1', deepLink: { course: '3' }, launch: true })
    const { token } = launchDataIn(await (walk.response as Response).text())
    expect((await callTool(school.origin, token, 'GET', `/api/assets/${assetId}/playback`)).status).toBe(404)
    expect((await callTool(school.origin, token, 'GET', `/api/assets/${assetId}/captions`)).status).toBe(404)
  })

  it('leave evidence of which segments a session asked for', async () => {
    const { playback, get, assetId } = scene
    await flushSegmentRequests()
    await queryAlone('delete from segment_requests')
    for (const name of ['0-bbbb.m4s', '1-cccc.m4s', '1-cccc.m4s']) await (await get(beside(playback.hlsUrl, `720p/${name}`))).arrayBuffer()
    await flushSegmentRequests()
    const rows = await queryAlone<{ requests: number }>('select * from segment_requests where asset_id = $1', [assetId])
    expect(rows.reduce((sum, it) => sum + it.requests, 0)).toBe(3)
    expect(rows.at(-1)).toMatchObject({ last_segment: 1 })
  })

  it('have captions in several languages, taken from files, edited as a list, and looked through for personal data', async () => {
    const { school, teacher, assetId, get } = scene
    const ask = (method: string, path: string, body?: unknown) => callTool(school.origin, teacher, method, path, body)
    const vtt = 'WEBVTT\n\n00:01.000 --> 00:02.000\n<b>Leaf</b> <script>alert(1)</script>\n'
    const english = await ask('POST', `/api/assets/${assetId}/captions`, { language: 'en', label: 'English', text: vtt })
    expect(english.json).toMatchObject({ cues: [{ fromSeconds: 1, toSeconds: 2, text: 'Leaf alert(1)' }] })
    const srt = '1\n00:00:01,000 --> 00:00:02,000\nBlatt, Fragen an anna@school.example\n'
    const german = await ask('POST', `/api/assets/${assetId}/captions`, { language: 'de', label: 'Deutsch', text: srt })
    expect(german.status).toBe(200)
    const again = await ask('POST', `/api/assets/${assetId}/captions`, { language: 'de', label: 'Deutsch', text: srt })
    expect(again).toMatchObject({ status: 409, json: { code: 'caption_exists' } })
    const broken = await ask('POST', `/api/assets/${assetId}/captions`, {
      language: 'fr',
      label: 'Français',
      text: '#EXTM3U\nfile:///etc/passwd',
    })
    expect(broken).toMatchObject({ status: 422, json: { code: 'caption_invalid', detail: expect.stringContaining('Line 1') } })
    const findings = async () => (await ask('GET', `/api/assets/${assetId}`)).json.findings
    expect(await findings()).toEqual([
      expect.objectContaining({ kind: 'email', where: 'caption', captionId: german.json.id, atSeconds: 1 }),
    ])

    const edited = { revision: 1, language: 'de', label: 'Deutsch', cues: [{ fromSeconds: 0.5, toSeconds: 3, text: 'Blatt <3 & Stiel' }] }
    expect((await ask('PUT', `/api/captions/${german.json.id}`, edited)).json).toMatchObject({ revision: 2 })
    expect((await ask('PUT', `/api/captions/${german.json.id}`, edited)).json).toMatchObject({ code: 'draft_conflict' })
    // More than PostgreSQL's int holds: an unknown revision, no crash.
    const beyond = { ...edited, revision: -99_999_999_999 }
    expect((await ask('PUT', `/api/captions/${german.json.id}`, beyond)).json).toMatchObject({ code: 'draft_conflict' })
    expect(await findings()).toEqual([])
    const { json: playback } = await ask('GET', `/api/assets/${assetId}/playback`)
    expect(playback.captions.map((it: Wire) => it.language)).toEqual(['de', 'en'])
    const file = await get(playback.captions[0].url)
    expect(file.headers.get('content-type')).toBe('text/vtt; charset=utf-8')
    expect(await file.text()).toBe('WEBVTT\n\n00:00:00.500 --> 00:00:03.000\nBlatt &lt;3 &amp; Stiel\n')
    expect((await ask('DELETE', `/api/captions/${german.json.id}`)).status).toBe(200)
    expect((await get(playback.captions[0].url)).status).toBe(404)
  })
})

describe('media with a CDN before them', () => {
  it('name segments by an address that all viewers share, and that opens nothing else', async () => {
    const scene = await sceneIn({ MEDIA_BASE_URL: 'https://cdn.school.example' })
    try {
      const { school, get, assetId, playback, teacher } = scene
      const { token: other } = await launchAs(school, 'teacher1', [...school.lms.state.items.keys()][0] ?? '')
      const second = (await callTool(school.origin, other, 'GET', `/api/assets/${assetId}/playback`)).json
      expect(second.hlsUrl).not.toBe(playback.hlsUrl)
      const lists = await Promise.all([playback, second].map(async (it) => (await get(beside(it.hlsUrl, '720p/index.m3u8'))).text()))
      expect(lists[0]).toBe(lists[1])
      const address = /https:\/\/cdn\.school\.example(\/media\/\S+\/0-bbbb\.m4s)/.exec(lists[0] ?? '')?.[1] ?? ''
      const answer = await get(address)
      expect(answer.status).toBe(200)
      expect(answer.headers.get('cache-control')).toMatch(/^public, max-age=\d+, immutable$/)
      expect(answer.headers.get('access-control-allow-origin')).toBe(school.origin)
      expect(answer.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
      for (const name of ['index.m3u8', '../master.m3u8', '../poster.jpg']) {
        const url = new URL(name, new URL(address, school.origin)).href
        expect((await get(url)).status, name).toBe(403)
      }
      expect((await callTool(school.origin, teacher, 'GET', '/api/assets')).status).toBe(200)
    } finally {
      await scene.school.stop()
    }
  })
})

describe('media in S3', () => {
  let scene: Scene
  beforeAll(async () => {
    scene = await sceneIn(s3.env)
  })
  afterAll(() => scene?.school.stop())

  it('send who asks for a segment to S3 for a while; playlists come from us', async () => {
    const { playback, get } = scene
    expect((await get(playback.hlsUrl)).status).toBe(200)
    const answer = await get(beside(playback.hlsUrl, '720p/0-bbbb.m4s'))
    expect(answer.status).toBe(302)
    const address = new URL(answer.headers.get('location') ?? '')
    expect(address.origin).toBe(s3.endpoint)
    expect(Number(address.searchParams.get('X-Amz-Expires'))).toBeLessThanOrEqual(3600)
    const bytes = await (await fetch(address, { headers: { range: 'bytes=10-19' } })).arrayBuffer()
    expect(Buffer.from(bytes).equals(segment.subarray(10, 20))).toBe(true)
  })

  it('(attack 43) are not shown the way with a changed signature, which s3rver alone would let pass', async () => {
    const { playback, get } = scene
    const url = beside(playback.hlsUrl, '720p/0-bbbb.m4s')
    const [, , signature = ''] = url.split('/')
    const changed = await get(url.replace(signature, `${signature.slice(0, -1)}${signature.endsWith('A') ? 'B' : 'A'}`))
    expect([changed.status, changed.headers.get('location')]).toEqual([403, null])
  })
})
