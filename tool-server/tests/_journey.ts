// The steps of the main job over HTTP, as tests walk them: place a sample, launch, answer, submit.
import { readFileSync } from 'node:fs'
import { callTool, launchDataIn, type TestSchool, type Wire } from './_app.ts'

export interface Placed {
  itemId: string
  activityId: string
  instructor: string
}

/** As the instructor: picks a sample in the picker, hands it over, and the LMS makes the item with its column. */
export async function placeSample(school: TestSchool, sampleId = 'photosynthesis-and-cell-energy', points?: number): Promise<Placed> {
  const { origin, lms } = school
  const walk = await lms.journey.walkLaunch({ person: 'teacher1', deepLink: true, launch: true })
  const { token } = launchDataIn(await (walk.response as Response).text())
  const made = await callTool(origin, token, 'POST', '/api/activities', { kind: 'quiz', sampleId })
  if (made.status !== 200) throw new Error(made.text)
  const { id, title, maxScore } = made.json
  const before = new Set(lms.state.items.keys())
  const form = await callTool(origin, token, 'POST', '/api/deep-linking/return', {
    items: [{ activityId: id, title, points: points ?? maxScore }],
  })
  if (form.status !== 200) throw new Error(form.text)
  const returned = await fetch(form.json.action, {
    method: 'POST',
    body: new URLSearchParams(form.json.fields),
    headers: { cookie: lms.sessionCookie('teacher1') },
    redirect: 'manual',
  })
  await returned.text()
  const itemId = [...lms.state.items.keys()].find((it) => !before.has(it))
  if (!itemId) throw new Error(`the LMS made no item: ${returned.status}`)
  return { itemId, activityId: id, instructor: token }
}

export interface Seat {
  token: string
  data: Wire
}

export async function launchAs(school: TestSchool, person: string, itemId: string): Promise<Seat> {
  const walk = await school.lms.journey.walkLaunch({ person, item: itemId, launch: true })
  const page = await (walk.response as Response).text()
  const data = launchDataIn(page)
  return { token: data.token, data }
}

/** The right answer of each question of an attempt of a sample, found by the texts that the learner sees. */
export function rightAnswers(sampleId: string, questions: readonly Wire[]): { questionId: string; seq: number; value: Wire }[] {
  const sample = JSON.parse(readFileSync(new URL(`../../fixtures/content/${sampleId}.json`, import.meta.url), 'utf8'))
  const plain = (html: Wire): string =>
    String(html)
      .replace(/<[^>]+>/g, '')
      .replace(/\s+/g, ' ')
      .trim()
  return questions.map((seen) => {
    const key = sample.document.questions.find((it: Wire) => plain(it.prompt) === plain(seen.prompt))
    const idOf = (options: Wire[], text: string): string => options.find((it) => plain(it.text) === plain(text)).id
    const right = (key.choices ?? []).filter((it: Wire) => it.correct)
    const value = {
      'single-choice': () => ({ choiceId: idOf(seen.choices, right[0].text) }),
      'multiple-choice': () => ({ choiceIds: right.map((it: Wire) => idOf(seen.choices, it.text)) }),
      'true-false': () => ({ value: key.correct }),
      'short-text': () => ({ text: key.accepted[0].text }),
      number: () => ({ text: String(key.value) }),
      ordering: () => ({ itemIds: key.items.map((it: Wire) => idOf(seen.items, it.text)) }),
      matching: () => ({
        matches: key.pairs.map((it: Wire) => ({ promptId: idOf(seen.prompts, it.text), matchId: idOf(seen.matches, it.match.text) })),
      }),
    }[seen.kind as string]
    return { questionId: seen.id, seq: 1, value: { kind: seen.kind, ...value?.() } }
  })
}
