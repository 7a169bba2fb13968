// Uploads: resumable, limited, and only what is really video or sound; the same on disk and in S3.
import { createHash } from 'node:crypto'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setClock } from '../src/kernel/clock.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { storage } from '../src/kernel/storage.ts'
import { mediaModule } from '../src/modules/media/index.ts'
import { callTool, startSchool, type TestSchool } from './_app.ts'
import { launchAs, placeSample } from './_journey.ts'
import { hostile, makeClip, tusAs } from './_media.ts'
import { startS3, type TestS3 } from './_s3.ts'

let clip: Buffer
let s3: TestS3
beforeAll(async () => {
  ;[clip, s3] = await Promise.all([makeClip('mp4', 4, ['-b:v', '4M', '-minrate', '4M']), startS3()])
})
afterAll(() => s3?.stop())

const sum = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const quarter = () => Math.floor(clip.length / 4)

interface People {
  teacher: string
  /** Another instructor of the course. */
  colleague: string
  elsewhere: string
  learner: string
}
async function peopleOf(school: TestSchool): Promise<People> {
  const { itemId, instructor } = await placeSample(school)
  const [learner, colleague] = [(await launchAs(school, 'student1', itemId)).token, await anotherTeacher(school, instructor)]
  const walk = await school.lms.journey.walkLaunch({ person: 'teacher1', deepLink: { course: '3' }, launch: true })
  const page = await (walk.response as Response).text()
  const elsewhere = /"token":"([^"]+)"/.exec(page)?.[1] ?? ''
  return { teacher: instructor, colleague, elsewhere, learner }
}
/** The same course, another person. */
async function anotherTeacher(school: TestSchool, like: string): Promise<string> {
  const { id } = school.lms.addPerson({
    givenName: 'Ada',
    familyName: 'Second',
    email: 'ada@school.example',
    courses: { '2': 'instructor' },
  })
  const walk = await school.lms.journey.walkLaunch({ person: id, deepLink: true, launch: true })
  const token = /"token":"([^"]+)"/.exec(await (walk.response as Response).text())?.[1] ?? ''
  expect(token).not.toBe(like)
  return token
}
const assetOf = async (school: TestSchool, token: string, assetId: string) =>
  (await callTool(school.origin, token, 'GET', `/api/assets/${assetId}`)).json
const eventsOf = async (assetId: string): Promise<string[]> =>
  (await queryAlone<{ name: string }>(`select name from events where data->>'assetId' = $1 order by sequence`, [assetId])).map(
    (it) => it.name,
  )
const originals = async () => {
  const [row] = await queryAlone<{ id: string }>('select institution_id id from assets limit 1')
  return row ? storage().list(`originals/${row.id}/`) : []
}

describe.each(['on disk', 'in S3'])('uploads %s', (where) => {
  let school: TestSchool
  let people: People
  beforeAll(async () => {
    const env = { MEDIA_MAX_FILE_MB: '20', MEDIA_COURSE_QUOTA_MB: '40', LOG_LEVEL: 'silent', ...(where === 'in S3' ? s3.env : {}) }
    school = await startSchool({ worker: false, env })
    people = await peopleOf(school)
  })
  afterAll(() => school?.stop())
  const tus = () => tusAs(school, people.teacher)

  it('arrive in pieces, over a restart of the server, and are told once', async () => {
    const { url, status, assetId } = await tus().begin(clip.length, 'Zellen – Teil 1.mp4')
    expect(status).toBe(201)
    expect(await tus().send(url, 0, clip.subarray(0, quarter()))).toMatchObject({ status: 204, offset: quarter() })
    await school.restart()
    expect(await tus().ask(url)).toMatchObject({ status: 200, offset: quarter() })
    expect(await assetOf(school, people.teacher, assetId)).toMatchObject({ state: 'uploading', received: quarter(), bytes: clip.length })
    expect(await tus().send(url, quarter(), clip.subarray(quarter(), 2 * quarter()))).toMatchObject({ offset: 2 * quarter() })
    expect(await tus().send(url, 2 * quarter(), clip.subarray(2 * quarter()))).toMatchObject({ status: 204, offset: clip.length })
    expect(await assetOf(school, people.teacher, assetId)).toMatchObject({
      state: 'processing',
      kind: 'video',
      name: 'Zellen – Teil 1.mp4',
    })
    expect(await eventsOf(assetId)).toEqual(['media.upload.finished'])
    const [row] = await queryAlone<{ key: string }>('select original_key key from assets where id = $1', [assetId])
    expect(sum(await buffer(await storage().read(row?.key ?? '')))).toBe(sum(clip))
    // A client that did not hear the last answer asks, and is told that all is here.
    expect(await tus().ask(url)).toMatchObject({ status: 200, offset: clip.length })
    expect(await eventsOf(assetId)).toEqual(['media.upload.finished'])
  })

  it('keep what came before the line broke', async () => {
    const { url } = await tus().begin(clip.length)
    const leave = new AbortController()
    const body = new ReadableStream({
      async start(sink) {
        sink.enqueue(clip.subarray(0, quarter()))
        setTimeout(() => leave.abort(), 300)
      },
    })
    const headers = {
      authorization: `Bearer ${people.teacher}`,
      'tus-resumable': '1.0.0',
      'content-type': 'application/offset+octet-stream',
      'upload-offset': '0',
    }
    await expect(fetch(url, { method: 'PATCH', headers, body, duplex: 'half', signal: leave.signal } as RequestInit)).rejects.toThrow()
    await expect.poll(async () => (await tus().ask(url)).offset, { timeout: 10_000 }).toBe(quarter())
    expect(await tus().send(url, quarter(), clip.subarray(quarter()))).toMatchObject({ status: 204, offset: clip.length })
  })

  it('that stopped on the way are listed with what their file is known again by, as their own only to who began them', async () => {
    const b64 = (text: string) => Buffer.from(text).toString('base64')
    const metadata = `filename ${b64('Stopped.mp4')},fingerprint ${b64('abc123')}`
    const { url, assetId } = await tus().begin(clip.length, '', { 'upload-metadata': metadata })
    await tus().send(url, 0, clip.subarray(0, quarter()))
    const listed = async (token: string) =>
      (await callTool(school.origin, token, 'GET', '/api/assets')).json.assets.find(({ id }: { id: string }) => id === assetId)
    const stopped = { name: 'Stopped.mp4', state: 'uploading', received: quarter(), bytes: clip.length }
    expect(await listed(people.teacher)).toMatchObject({ ...stopped, upload: { mine: true, fingerprint: 'abc123' } })
    expect(await assetOf(school, people.teacher, assetId)).toMatchObject({ ...stopped, upload: { mine: true, fingerprint: 'abc123' } })
    expect(await listed(people.colleague)).toMatchObject({ ...stopped, upload: { mine: false } })
    expect(await listed(people.elsewhere)).toBeUndefined()
    await tus().send(url, quarter(), clip.subarray(quarter()))
    expect(await listed(people.teacher)).toMatchObject({ state: 'processing', upload: null })
  })

  it('(attack 42) refuse a wrong offset, more bytes than were said, and what is another person’s', async () => {
    const { url } = await tus().begin(1000)
    await tus().send(url, 0, clip.subarray(0, 100))
    for (const offset of [0, 50, 101, 5000]) {
      const refused = await tus().send(url, offset, clip.subarray(0, 10))
      expect(refused).toMatchObject({ status: 409, json: { code: 'upload_offset_wrong' } })
      expect(refused.type).toContain('application/problem+json')
    }
    expect((await tus().send(url, 100, clip.subarray(0, 2000))).status).toBe(413)
    expect((await tus().ask(url)).offset).toBeLessThanOrEqual(1000)
    for (const [who, status] of [
      [people.colleague, 404],
      [people.elsewhere, 404],
      [people.learner, 403],
      ['nobody', 401],
    ] as const) {
      expect((await tusAs(school, who).send(url, 100, clip.subarray(0, 10))).status, who).toBe(status)
      expect((await tusAs(school, who).ask(url)).status, who).toBe(status)
      expect((await tusAs(school, who).giveUp(url)).status, who).toBe(status)
    }
    expect((await tusAs(school, people.learner).begin(1000)).status).toBe(403)
    for (const id of ['..%2f..%2fetc%2fpasswd', 'x', '00000000-0000-4000-8000-000000000000'])
      expect((await tus().send(`${school.origin}/api/uploads/${id}`, 0, clip.subarray(0, 10))).status).toBe(404)
    expect((await tus().giveUp(url)).status).toBe(204)
    expect((await tus().ask(url)).status).toBe(404)
  })

  it.each(Object.entries(hostile))('(attack 40) refuse %s by its bytes, and keep nothing of it', async (_what, file) => {
    const before = await originals()
    const refused = await tus().upload(file, 'lecture.mp4')
    expect(refused).toMatchObject({ status: 415, json: { code: 'file_kind_unsupported' } })
    expect(refused.type).toContain('application/problem+json')
    expect(await assetOf(school, people.teacher, refused.assetId)).toMatchObject({
      state: 'failed',
      failure: { code: 'file_kind_unsupported' },
      bytes: 0,
    })
    expect(await originals()).toEqual(before)
    expect(await eventsOf(refused.assetId)).toEqual(['media.asset.failed'])
  })

  it('refuse a long file of the wrong kind after its first piece', async () => {
    const { url } = await tus().begin(10_000_000)
    expect(await tus().send(url, 0, Buffer.alloc(200_000, 'file ./other.mp4\n'))).toMatchObject({ status: 415 })
    expect((await tus().ask(url)).status).toBe(404)
  })

  it('(attack 41) refuse what is empty, and a recording whose end is missing', async () => {
    expect(await tus().begin(0)).toMatchObject({ status: 422, json: { code: 'file_empty' } })
    for (const cut of [clip.length - 100, 2000])
      expect(await tus().upload(clip.subarray(0, cut))).toMatchObject({ status: 422, json: { code: 'file_damaged' } })
  })

  it('hold the limit of a file and the quota of the course', async () => {
    expect(await tus().begin(21 * 1_048_576)).toMatchObject({
      status: 413,
      json: { code: 'file_too_large', detail: expect.stringContaining('20 MB') },
    })
    const first = await tus().begin(19 * 1_048_576)
    expect(first.status).toBe(201)
    // Many at once do not pass together.
    const answers = await Promise.all(Array.from({ length: 6 }, () => tus().begin(15 * 1_048_576)))
    expect(answers.filter((it) => it.status === 201)).toHaveLength(1)
    const refused = answers.find((it) => it.status !== 201)
    expect(refused).toMatchObject({ status: 507, json: { code: 'course_quota_reached' } })
    expect(refused?.type).toContain('application/problem+json')
    for (const { url } of [first, ...answers.filter((it) => it.status === 201)]) expect((await tus().giveUp(url)).status).toBe(204)
    const again = await tus().begin(15 * 1_048_576)
    expect(again.status).toBe(201)
    await tus().giveUp(again.url)
  })

  it('(attack 42) are not begun without end', async () => {
    const begun = await Promise.all(Array.from({ length: 30 }, () => tus().begin(100)))
    const open = begun.filter((it) => it.status === 201)
    expect(open.length).toBeLessThanOrEqual(20)
    expect(begun.find((it) => it.status !== 201)).toMatchObject({ status: 429, json: { code: 'uploads_too_many' } })
    for (const { url } of open) await tus().giveUp(url)
  })

  it('(attack 38) have their names cleaned, and personal data in them told', async () => {
    const { assetId, url } = await tus().begin(100, 'C:\\x\\anna.meier@school.example\u202e\u0000 0151 23456789.mp4')
    const { name, findings } = await assetOf(school, people.teacher, assetId)
    expect(name).toBe('anna.meier@school.example 0151 23456789.mp4')
    expect(findings.map((it: { kind: string }) => it.kind)).toEqual(['email', 'phone'])
    await tus().giveUp(url)
    const long = await tus().begin(100, `${'ü'.repeat(2000)}.mp4`)
    expect(Buffer.byteLength((await assetOf(school, people.teacher, long.assetId)).name)).toBeLessThanOrEqual(200)
    await tus().giveUp(long.url)
  })

  it('are settled when all came and nobody said so, and given up when nothing came for long', async () => {
    const whole = await tus().begin(clip.length)
    const stopped = await tus().begin(clip.length)
    await tus().send(stopped.url, 0, clip.subarray(0, quarter()))
    // The process ended between the last byte and the settling.
    await tus().send(whole.url, 0, clip)
    await queryAlone(`update uploads set finished_at = null where asset_id = $1`, [whole.assetId])
    await queryAlone(`update assets set state = 'uploading' where id = $1`, [whole.assetId])
    const sweep = mediaModule.schedules?.find((it) => it.name === 'media.sweep-uploads')
    setClock(() => Date.now() + 120_000)
    await sweep?.run()
    expect(await assetOf(school, people.teacher, whole.assetId)).toMatchObject({ state: 'processing' })
    expect(await assetOf(school, people.teacher, stopped.assetId)).toMatchObject({ state: 'uploading' })
    setClock(() => Date.now() + 49 * 3_600_000)
    await sweep?.run()
    setClock()
    expect(await assetOf(school, people.teacher, stopped.assetId)).toMatchObject({ state: 'failed', bytes: 0 })
    expect((await originals()).filter((it) => it.includes(stopped.assetId))).toEqual([])
  })

  it('can be cancelled, encoded anew, and deleted with their files', async () => {
    const { assetId } = await tus().upload(clip)
    const deed = (what: string, method = 'POST') => callTool(school.origin, people.teacher, method, `/api/assets/${assetId}${what}`)
    expect((await deed('/cancel')).json).toMatchObject({ state: 'cancelled' })
    expect((await deed('/retry')).json).toMatchObject({ state: 'processing', failure: null })
    expect(await eventsOf(assetId)).toEqual(['media.upload.finished', 'media.upload.finished'])
    expect((await deed('/retry')).status).toBe(409)
    expect((await deed('', 'DELETE')).status).toBe(200)
    expect((await deed('', 'GET')).status).toBe(404)
    expect((await originals()).filter((it) => it.includes(assetId))).toEqual([])
    const { json } = await callTool(school.origin, people.teacher, 'GET', '/api/assets')
    expect(json.assets.map((it: { id: string }) => it.id)).not.toContain(assetId)
  })

  it('are followed live', async () => {
    const { url, assetId } = await tus().begin(clip.length)
    const leave = new AbortController()
    const headers = { authorization: `Bearer ${people.teacher}` }
    const answer = await fetch(`${school.origin}/api/assets/${assetId}/live`, { headers, signal: leave.signal })
    expect(answer.headers.get('content-type')).toContain('text/event-stream')
    await tus().send(url, 0, clip)
    let heard = ''
    const reader = (answer.body as ReadableStream<Uint8Array>).pipeThrough(new TextDecoderStream()).getReader()
    while (!heard.includes('"state":"processing"')) heard += (await reader.read()).value ?? ''
    leave.abort()
    expect(
      (await fetch(`${school.origin}/api/assets/${assetId}/live`, { headers: { authorization: `Bearer ${people.learner}` } })).status,
    ).toBe(403)
    expect(
      (await fetch(`${school.origin}/api/assets/${assetId}/live`, { headers: { authorization: `Bearer ${people.elsewhere}` } })).status,
    ).toBe(404)
  })

  if (where === 'in S3')
    it('go on when S3 was away for a while', async () => {
      const { url } = await tus().begin(clip.length)
      await tus().send(url, 0, clip.subarray(0, quarter()))
      await s3.away()
      const refused = await tus().send(url, quarter(), clip.subarray(quarter()))
      expect(refused).toMatchObject({ status: 503, json: { code: 'service_unavailable' } })
      await s3.back()
      const { offset } = await tus().ask(url)
      expect(offset).toBe(quarter())
      expect(await tus().send(url, quarter(), clip.subarray(quarter()))).toMatchObject({ status: 204, offset: clip.length })
    })
})
