// A database with two schools, and quizzes to take: for the tests of content and assessment.
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { ActivityDocument, Caller, Question, QuestionOf, QuizDocument, QuizSettings } from '@cuepoint/contracts'
import { setClock } from '../src/kernel/clock.ts'
import { closeDatabase, openDatabase, queryAlone } from '../src/kernel/db.ts'
import { registerListeners } from '../src/kernel/events/outbox.ts'
import { appOf } from '../src/kernel/http/server.ts'
import { closeLive } from '../src/kernel/live.ts'
import { setLogLevel } from '../src/kernel/log.ts'
import { assessmentModule } from '../src/modules/assessment/index.ts'
import { createActivity, saveDraft } from '../src/modules/content/authoring.ts'
import { contentModule } from '../src/modules/content/index.ts'
import { publishActivity } from '../src/modules/content/publishing.ts'
import { identityModule } from '../src/modules/identity/index.ts'
import { mediaModule } from '../src/modules/media/index.ts'
import { freshDatabase } from './_database.ts'

/** Opens a database with all tables and tells Sequelize of them; the returned function ends it. */
export async function openQuizDatabase(poolSize = 10): Promise<{ url: string; close: () => Promise<void> }> {
  setLogLevel('silent')
  const { url, drop } = await freshDatabase()
  const sequelize = await openDatabase(url, poolSize)
  for (const room of [identityModule, mediaModule, contentModule, assessmentModule]) room.models?.(sequelize)
  registerListeners([])
  return {
    url,
    close: async () => {
      setClock()
      // What is told to open pages is on its way still: a query that comes while the pool closes would hold it up.
      await closeLive()
      await closeDatabase()
      await drop()
    },
  }
}

export interface School {
  institutionId: string
  courseId: string
  placementId: string
  instructor: Caller
  learner(name?: string): Promise<Caller>
}

/** A school with a course, an instructor and a placement that points at nothing yet. */
export async function newSchool(): Promise<School> {
  const [institutionId, courseId, placementId] = [randomUUID(), randomUUID(), randomUUID()]
  await queryAlone('insert into institutions (id, name) values ($1, $2)', [institutionId, 'School'])
  await queryAlone('insert into courses (id, institution_id, external_id, title) values ($1, $2, $3, $4)', [
    courseId,
    institutionId,
    courseId,
    'Course',
  ])
  await queryAlone('insert into placements (id, course_id, external_id, title, takes_scores) values ($1, $2, $3, $4, true)', [
    placementId,
    courseId,
    placementId,
    'Placement',
  ])
  const person = async (role: 'learner' | 'instructor', name: string): Promise<Caller> => {
    const personId = randomUUID()
    await queryAlone('insert into people (id, institution_id, external_id, name, family_name) values ($1, $2, $3, $4, $4)', [
      personId,
      institutionId,
      personId,
      name,
    ])
    await queryAlone('insert into memberships (person_id, course_id, role) values ($1, $2, $3)', [personId, courseId, role])
    const scope = { institutionId, courseId, personId, placementId, activityId: null }
    return { sessionId: randomUUID(), ...scope, role, purpose: 'activity', locale: 'en', expiresAt: new Date(Date.now() + 3_600_000) }
  }
  return {
    institutionId,
    courseId,
    placementId,
    instructor: await person('instructor', 'Ines'),
    learner: (name = 'Lea') => person('learner', name),
  }
}

/** Publishes a document in the school and points its placement there. */
export async function placeQuiz(school: School, document: ActivityDocument, title = 'Quiz'): Promise<string> {
  const { id, revision } = await createActivity(school.instructor, { kind: 'quiz', title })
  const saved = await saveDraft(school.instructor, id, { revision, title, document })
  await publishActivity(school.instructor, id, saved.revision)
  await queryAlone('update placements set activity_id = $2 where id = $1', [school.placementId, id])
  return id
}

/** Saves and publishes another document for an activity. */
export async function republish(school: School, activityId: string, document: ActivityDocument, title = 'Quiz'): Promise<void> {
  const [{ revision } = { revision: 0 }] = await queryAlone<{ revision: number }>('select revision from activities where id = $1', [
    activityId,
  ])
  const saved = await saveDraft(school.instructor, activityId, { revision, title, document })
  await publishActivity(school.instructor, activityId, saved.revision)
}

const settings: QuizSettings = {
  attemptsAllowed: null,
  counting: 'best',
  shuffleQuestions: false,
  shuffleChoices: false,
  showAnswers: 'after-submit',
  timeLimitSeconds: null,
}

/** Questions that are right when their text is `right`: answers that need no ids. */
export function textQuestion(id: string, over: Partial<QuestionOf<'short-text'>> = {}): Question {
  return {
    id,
    kind: 'short-text',
    prompt: `<p>Say right, ${id}.</p>`,
    points: 1,
    topicIds: [],
    feedback: { right: '', wrong: '' },
    accepted: [{ text: 'right', feedback: '' }],
    caseSensitive: false,
    accentSensitive: false,
    ...over,
  }
}

export function quizOf(questions: Question[], over: Partial<QuizSettings> = {}): QuizDocument {
  return { kind: 'quiz', intro: '', questions, settings: { ...settings, ...over } }
}

/** Serves content and assessment by HTTP; a caller's token is its session id. */
export async function serve(callers: readonly Caller[]): Promise<{ origin: string; close: () => Promise<void> }> {
  const bySession = new Map(callers.map((caller) => [caller.sessionId, caller]))
  const app = appOf(
    [contentModule, assessmentModule],
    { session: async (token) => bySession.get(token) ?? null, operator: async () => null },
    { notReady: async () => [] },
  )
  const server = app.app.listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  const close = () => new Promise<void>((closed) => void server.close(() => closed()))
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close }
}

/** Events of a name, oldest first. */
// biome-ignore lint/suspicious/noExplicitAny: the tests say what they expect of it.
export function eventsNamed(name: string): Promise<{ data: any; placement_id: string; person_id: string }[]> {
  return queryAlone('select data, placement_id, person_id from events where name = $1 order by sequence', [name])
}

export { textAnswer } from './_quiz-text.ts'
