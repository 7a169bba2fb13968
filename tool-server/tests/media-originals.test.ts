// What a worker makes of the uploaded file itself: no device and no place left in it; and of a question's sound.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { storage } from '../src/kernel/storage.ts'
import { callTool, eventually, startSchool, type TestSchool, type Wire } from './_app.ts'
import { launchAs, placeSample } from './_journey.ts'
import { makeClip, tusAs } from './_media.ts'

let school: TestSchool
let teacher: string
let student: string
beforeAll(async () => {
  school = await startSchool({ env: { LOG_LEVEL: 'silent' } })
  const { itemId } = await placeSample(school)
  teacher = (await launchAs(school, 'teacher1', itemId)).token
  student = (await launchAs(school, 'student1', itemId)).token
})
afterAll(() => school?.stop())

const ask = async (path: string, token = teacher): Promise<Wire> => (await callTool(school.origin, token, 'GET', path)).json

describe('an uploaded video', () => {
  it('is kept for download without device and place, and its renditions have none', async () => {
    const told = [
      '-metadata',
      'location=+48.2000+016.3600/',
      '-metadata',
      'make=PhoneMaker',
      '-metadata',
      'comment=at my home',
      '-movflags',
      'use_metadata_tags',
    ]
    const clip = await makeClip('mp4', 2, told)
    expect(clip.includes('PhoneMaker')).toBe(true)
    const { assetId } = await tusAs(school, teacher).upload(clip, 'Ausflug.mp4')
    await eventually('the original is clean', async () => (await ask(`/api/assets/${assetId}/playback`)).originalUrl != null, 100_000)
    const { originalUrl } = await ask(`/api/assets/${assetId}/playback`)
    const answer = await fetch(new URL(originalUrl, school.origin))
    expect(answer.headers.get('content-disposition')).toContain('filename="Ausflug.mp4"')
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(bytes.length).toBeGreaterThan(clip.length / 2)
    for (const key of [...(await storage().list(`renditions/${assetId}/`)), 'original']) {
      const file = key === 'original' ? bytes : Buffer.concat(await (await storage().read(key)).toArray())
      for (const secret of ['PhoneMaker', '+48.2', 'at my home']) expect(file.includes(secret), `${secret} in ${key}`).toBe(false)
    }
    // The address of the file is not the one that learners get.
    expect((await callTool(school.origin, student, 'GET', `/api/assets/${assetId}/playback`)).status).toBe(403)
  }, 120_000)
})

describe('a sound of a question', () => {
  it('becomes AAC that every browser plays, and says nothing of its maker', async () => {
    const sound = await makeClip('mp3', 2, ['-vn', '-metadata', 'artist=PhoneMaker'])
    const headers = { authorization: `Bearer ${teacher}`, 'x-file-name': 'bell.mp3' }
    const sent = await fetch(`${school.origin}/api/inline-media`, { method: 'POST', headers, body: sound as never })
    const made: Wire = await sent.json()
    expect([sent.status, made.kind, made.state, made.url]).toEqual([200, 'sound', 'processing', null])
    await eventually('the sound is ready', async () => (await ask(`/api/assets/${made.assetId}/inline`)).state === 'ready', 100_000)
    const answer = await fetch(new URL((await ask(`/api/assets/${made.assetId}/inline`)).url, school.origin))
    expect(answer.headers.get('content-type')).toBe('audio/mp4')
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(bytes.toString('latin1', 4, 8)).toBe('ftyp')
    expect(bytes.includes('PhoneMaker')).toBe(false)
  }, 120_000)
})
