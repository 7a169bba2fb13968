// Sets a scene without clicking: the instructor's deep linking over HTTP and the tool's API, so that a journey can begin where it wants to.
import { formsIn } from '../../fixtures/lms-simulator/index.ts'
import type { Quiz, Sample } from './quizzes.ts'
import type { Lms, School } from './school.ts'
import { type VideoScene, videoDocument } from './videos.ts'

/** A browser of a few lines: cookies by origin, forms and redirects. */
class Walker {
  readonly #cookies = new Map<string, Map<string, string>>()

  async send(address: string, init: RequestInit = {}): Promise<{ text: string; url: string; status: number }> {
    const { origin } = new URL(address)
    const jar = this.#cookies.get(origin) ?? new Map<string, string>()
    this.#cookies.set(origin, jar)
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(address, { redirect: 'manual', ...init, headers: { ...init.headers, ...(cookie ? { cookie } : {}) } })
    for (const line of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s)
      jar.set(name, value)
    }
    const to = answer.headers.get('location')
    if (to && answer.status >= 300 && answer.status < 400) return this.send(new URL(to, address).href)
    return { text: await answer.text(), url: address, status: answer.status }
  }

  /** Submits the first form of a page, with other values where given. */
  async submit(
    page: { text: string; url: string },
    pick: (form: { action: string; fields: Record<string, string> }) => boolean = () => true,
  ) {
    const form = formsIn(page.text, page.url).find(pick)
    if (!form) throw new Error(`no form at ${page.url}: ${page.text.slice(0, 400)}`)
    const body = new URLSearchParams(form.fields)
    return form.method === 'GET' ? this.send(`${form.action}?${body}`) : this.send(form.action, { method: 'POST', body })
  }
}

/** An instructor's launch over HTTP, with the API that its token opens. */
export interface Backstage {
  token: string
  call<Reply>(method: string, path: string, body?: unknown): Promise<Reply>
}

async function enterAs(school: School, lms: Lms, who: string, path: string): Promise<Backstage & { walker: Walker }> {
  const walker = new Walker()
  const door = await walker.send(`${lms.origin}/`)
  const person = new RegExp(`name="person" value="([^"]+)"(?:(?!</form>)[\\s\\S])*<b>${who}`).exec(door.text)?.[1]
  await walker.submit(door, (form) => form.fields.person === person)
  let page = await walker.send(`${lms.origin}${path}`)
  const framed = /<iframe class="tool"[^>]*\ssrc="([^"]+)"/.exec(page.text)?.[1]?.replaceAll('&amp;', '&')
  if (framed) page = await walker.send(`${lms.origin}${framed}`)
  let login = await walker.submit(page)
  // Where the LMS has storage for tools, a page asks it before going on; this browser runs no scripts.
  const onward = /<noscript><p><a class="button" href="([^"]+)"/.exec(login.text)?.[1]?.replace(/&(amp|#38);/g, '&')
  if (onward) login = await walker.send(onward)
  const launch = await walker.submit(login)
  const data = /<script type="application\/json" id="launch">([\s\S]*?)<\/script>/.exec(launch.text)?.[1]
  if (!data) throw new Error(`no launch at ${launch.url} (${launch.status}): ${launch.text.slice(0, 600)}`)
  const { token } = JSON.parse(data) as { token: string }
  return {
    token,
    walker,
    async call<Reply>(method: string, path: string, body?: unknown): Promise<Reply> {
      const answer = await fetch(`${school.tool}${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const text = await answer.text()
      if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`)
      return JSON.parse(text) as Reply
    },
  }
}

interface Activity {
  id: string
  revision: number
  title: string
  published: { maxScore: number } | null
  document: Quiz['document']
}

export interface Placed {
  activityId: string
  title: string
  /** Page of the LMS that frames it. */
  path: string
}

/** Puts an activity under this title into the biology course, or another of Tina's. */
export async function place(
  school: School,
  title: string,
  what: { sample: Sample } | { document: Quiz['document'] } | { video: VideoScene },
  { points, course = '2' }: { points?: number; course?: string } = {},
): Promise<Placed> {
  const { lms } = school
  const offered = lms.profile === 'canvas' ? 'assignment' : 'activity'
  const tina = await enterAs(school, lms, 'Tina Teacher', `/mod/lti/contentitem.php?course=${course}&id=3&placement=${offered}`)
  let activity: Activity
  if ('sample' in what) activity = await tina.call<Activity>('POST', '/api/activities', { kind: 'quiz', sampleId: what.sample })
  else {
    const document = 'video' in what ? await videoDocument(school, tina, what.video) : what.document
    const made = await tina.call<Activity>('POST', '/api/activities', { kind: document.kind, title })
    const { revision } = await tina.call<{ revision: number }>('PUT', `/api/activities/${made.id}/draft`, {
      revision: made.revision,
      title,
      document,
    })
    activity = await tina.call<Activity>('POST', `/api/activities/${made.id}/publish`, { revision })
  }
  const items = [{ activityId: activity.id, title, points: points ?? activity.published?.maxScore ?? 0 }]
  const form = await tina.call<{ action: string; fields: Record<string, string> }>('POST', '/api/deep-linking/return', { items })
  await tina.walker.send(form.action, { method: 'POST', body: new URLSearchParams(form.fields) })
  const page = await tina.walker.send(`${lms.origin}/courses/${course}`)
  const path = [...page.text.matchAll(/<a href="(\/courses\/\d+\/items\/[^"/]+)">([^<]*)<\/a>/g)].find((link) => link[2] === title)?.[1]
  if (!path) throw new Error(`“${title}” is not in the course: ${page.text.slice(0, 2000)}`)
  return { activityId: activity.id, title, path }
}

/** A draft in a course of Tina's, ready to be published unless `publish` does it. */
export async function write(
  school: School,
  title: string,
  document: Quiz['document'],
  { course = '2', publish = false }: { course?: string; publish?: boolean } = {},
): Promise<void> {
  const tina = await enterAs(school, school.lms, 'Tina Teacher', `/mod/lti/contentitem.php?course=${course}&id=3&placement=activity`)
  const { id, revision } = await tina.call<Activity>('POST', '/api/activities', { kind: 'quiz', title })
  const saved = await tina.call<{ revision: number }>('PUT', `/api/activities/${id}/draft`, { revision, title, document })
  if (publish) await tina.call('POST', `/api/activities/${id}/publish`, { revision: saved.revision })
}

/** Settings of a quiz that lets a learner try as often as they like and shows answers. */
export const practice = {
  attemptsAllowed: null,
  counting: 'best',
  shuffleQuestions: false,
  shuffleChoices: false,
  showAnswers: 'after-submit',
  timeLimitSeconds: null,
} as const

/** A small quiz of texts, where `right` is right: for journeys that are about something else. */
export function smallQuiz(count: number, settings: Partial<Record<keyof typeof practice, unknown>> = {}): Quiz['document'] {
  const questions = Array.from({ length: count }, (_, at) => ({
    ...{ id: `q${at + 1}`, kind: 'short-text' as const, prompt: `<p>Write “right” as answer ${at + 1}.</p>`, points: 1, topicIds: [] },
    ...{ feedback: { right: '', wrong: '' }, accepted: [{ text: 'right', feedback: '' }], caseSensitive: false, accentSensitive: false },
  }))
  return { kind: 'quiz', intro: '', questions, settings: { ...practice, ...settings } }
}
