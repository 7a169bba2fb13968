// A short real clip, uploaded and made ready over the API, with questions on it: for journeys that begin at the player.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { home, type School } from './school.ts'

/** Twelve seconds of a street, with a tone. */
export const clip = join(home, 'fixtures/media/street-12s.mp4')

/** Whoever may call the API: see backstage.ts. */
interface Author {
  token: string
  call<T>(method: string, path: string, body?: unknown): Promise<T>
}

export interface VideoScene {
  cues?: readonly { atSeconds: number; required?: boolean; triesAllowed?: number | null; backToSeconds?: number | null; word: string }[]
  chapters?: readonly { atSeconds: number; title: string }[]
  captions?: readonly { language: string; label: string; text: string }[]
  settings?: Record<string, unknown>
}

/** One clip per school is enough: it is made ready once. */
const ready = new WeakMap<School, Promise<string>>()

async function upload(school: School, tina: Author): Promise<string> {
  const bytes = readFileSync(clip)
  const headers = { authorization: `Bearer ${tina.token}`, 'tus-resumable': '1.0.0' }
  const begun = await fetch(`${school.tool}/api/uploads`, {
    method: 'POST',
    headers: {
      ...headers,
      'upload-length': String(bytes.length),
      'upload-metadata': `filename ${Buffer.from('street.mp4').toString('base64')}`,
    },
  })
  const address = begun.headers.get('location')
  if (!address) throw new Error(`no upload: ${begun.status} ${await begun.text()}`)
  const sent = await fetch(new URL(address, school.tool), {
    method: 'PATCH',
    headers: { ...headers, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' },
    body: bytes,
  })
  if (!sent.ok) throw new Error(`the upload: ${sent.status} ${await sent.text()}`)
  const assetId = address.split('/').at(-1) ?? ''
  for (let waited = 0; waited < 120_000; waited += 250) {
    const { state, failure } = await tina.call<{ state: string; failure: unknown }>('GET', `/api/assets/${assetId}`)
    if (state === 'ready') return assetId
    if (state === 'failed') throw new Error(`the clip was not made ready: ${JSON.stringify(failure)}`)
    await new Promise((later) => setTimeout(later, 250))
  }
  throw new Error('the clip was not ready after two minutes')
}

export async function videoDocument(school: School, tina: Author, scene: VideoScene): Promise<{ kind: 'video' }> {
  let made = ready.get(school)
  if (!made) {
    made = upload(school, tina)
    ready.set(school, made)
  }
  const assetId = await made
  const { captions } = await tina.call<{ captions: { language: string }[] }>('GET', `/api/assets/${assetId}/captions`)
  for (const caption of scene.captions ?? [])
    if (!captions.some(({ language }) => language === caption.language)) await tina.call('POST', `/api/assets/${assetId}/captions`, caption)
  const cues = (scene.cues ?? []).map(({ word, atSeconds, required = true, triesAllowed = null, backToSeconds = null }, at) => ({
    ...{ id: `c${at + 1}`, atSeconds, required, triesAllowed, backToSeconds },
    question: {
      ...{ id: `q${at + 1}`, kind: 'short-text', prompt: `<p>Write “${word}”.</p>`, points: 1, topicIds: [] },
      ...{ feedback: { right: '<p>Well seen.</p>', wrong: '<p>Look again.</p>' }, accepted: [{ text: word, feedback: '' }] },
      ...{ caseSensitive: false, accentSensitive: false },
    },
  }))
  const chapters = (scene.chapters ?? []).map((chapter, at) => ({ id: `k${at + 1}`, ...chapter }))
  const settings = {
    ...{ attemptsAllowed: null, counting: 'best', showAnswers: 'after-submit', skipping: 'forbidden' },
    ...{ watchedThreshold: 0.8, watchPoints: 2, ...scene.settings },
  }
  const document = { kind: 'video' as const, intro: '', assetId, cues, chapters, settings }
  return document
}
