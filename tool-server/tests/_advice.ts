// Steps of what next: quizzes of one topic in the biology course, a learner who hands in, what is advised then.
import { randomUUID } from 'node:crypto'
import { callTool, eventually, startSchool, type TestSchool, type Wire } from './_app.ts'
import { launchAs, placeSample } from './_journey.ts'
import { quizOf, textAnswer, textQuestion } from './_quiz.ts'
import { videoOf } from './_video.ts'
import { placeVideoItem } from './_video-journey.ts'

export interface PlacedItem {
  itemId: string
  activityId: string
  placementId: string
}

export const planPath = ({ placementId }: { placementId: string }) => `/api/placements/${placementId}/advice-plan`

export interface AdvisedSchool {
  school: TestSchool
  /** Sessions: of who writes, and of who teaches at the video. */
  teacher: string
  /** Ids by name. */
  topics: Record<string, string>
  items: Record<'leaves' | 'roots' | 'hidden' | 'clip', PlacedItem>
  ask(token: string, method: string, path: string, body?: unknown): Promise<Wire>
  placeQuiz(title: string, topic: string, settings?: object): Promise<PlacedItem>
  /** Hands in with so many right answers; gives the token of the launch. */
  work(person: string, item: { itemId: string; placementId: string }, right: number): Promise<{ token: string; attemptId: string }>
  /** What is advised, once what was handed in last is worked in. */
  advice(token: string, item: { placementId: string }): Promise<Wire[]>
  newLearner(name: string, course?: string): string
}

export async function startAdvisedSchool(): Promise<AdvisedSchool> {
  const school = await startSchool({ env: { LOG_LEVEL: 'silent' } })
  const author = (await placeSample(school)).instructor
  const topics: Record<string, string> = {}

  const ask: AdvisedSchool['ask'] = async (token, method, path, body) => {
    const answer = await callTool(school.origin, token, method, path, body)
    if (answer.status !== 200) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`)
    return answer.json
  }
  const placeQuiz: AdvisedSchool['placeQuiz'] = async (title, topic, settings = {}) => {
    const topicId = (topics[topic] ??= (await ask(author, 'POST', '/api/topics', { name: topic })).id)
    const made = await ask(author, 'POST', '/api/activities', { kind: 'quiz', title })
    const questions = ['q1', 'q2', 'q3'].map((id) => textQuestion(id, { topicIds: [topicId] }))
    const document = quizOf(questions, settings)
    const saved = await ask(author, 'PUT', `/api/activities/${made.id}/draft`, { revision: made.revision, title, document })
    await ask(author, 'POST', `/api/activities/${made.id}/publish`, { revision: saved.revision })
    const item = school.lms.addItem({
      ...{ course: '2', title, custom: { cuepoint_activity_id: made.id }, url: `${school.origin}/lti/activities/${made.id}` },
      lineItem: { scoreMaximum: 3 },
    })
    const { data } = await launchAs(school, 'teacher1', item.id)
    return { itemId: item.id, activityId: made.id, placementId: data.session.placement.id }
  }
  const leaves = await placeQuiz('Leaves', 'Light and air')
  const roots = await placeQuiz('Roots', 'Light and air')
  const hidden = await placeQuiz('Exam of tomorrow', 'Light and air')
  const video = await placeVideoItem(school, author, '2', (assetId) => videoOf(assetId))
  const { token: teacher, data } = await launchAs(school, 'teacher1', video.itemId)
  const clip = { ...video, placementId: data.session.placement.id as string }

  return {
    ...{ school, teacher, topics, ask, placeQuiz, items: { leaves, roots, hidden, clip } },
    async work(person, { itemId, placementId }, right) {
      const { token } = await launchAs(school, person, itemId)
      const { id } = await ask(token, 'POST', `/api/placements/${placementId}/attempts`)
      const answers = ['q1', 'q2', 'q3'].map((question, at) => textAnswer(question, at < right ? 'right' : 'wrong'))
      await ask(token, 'POST', `/api/attempts/${id}/submit`, { key: randomUUID(), answers })
      return { token, attemptId: id }
    },
    async advice(token, { placementId }) {
      let here: Wire
      const path = `/api/placements/${placementId}/advice`
      await eventually('the advice was worked out', async () => (here = await ask(token, 'GET', path)).ready)
      return here.advice
    },
    newLearner: (name, course = '2') =>
      school.lms.addPerson({ givenName: 'Learner', familyName: name, courses: { [course]: 'learner' } }).id,
  }
}
