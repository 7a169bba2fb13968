// Every endpoint of the contracts with a call of it that works, for tests that call them wrongly.
import { randomUUID } from 'node:crypto'
import { type Endpoint, endpoints, Problem, problemStatus } from '@cuepoint/contracts'
import { expect } from 'vitest'
import { claim } from '../../fixtures/lms-simulator/index.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { callTool, launchDataIn, type TestSchool } from './_app.ts'
import { launchAs, placeSample, rightAnswers } from './_journey.ts'
import { textQuestion } from './_quiz.ts'
import { cueOf, videoOf } from './_video.ts'
import { placeVideoItem } from './_video-journey.ts'

type All = typeof endpoints
/** Those of an operator have their own tests (admin-*.test.ts): no launch opens them. */
export type Name = { [K in keyof All]: All[K]['path'] extends `/api/admin/${string}` ? never : K }[keyof All]
export const names = (Object.keys(endpoints) as (keyof All)[]).filter(
  (name): name is Name => !endpoints[name].path.startsWith('/api/admin/'),
)
export const endpointOf = (name: Name): Endpoint => endpoints[name]

/** A call that would work: who makes it, with which ids and body. */
interface Good {
  token: string
  params?: Record<string, string>
  body?: unknown
}

/** A placed quiz with all its people, in a school. */
export interface Scene {
  school: TestSchool
  /** For each endpoint a call that works once. */
  good: Record<Name, Good>
  tokens: { learner: string; viewer: string; expired: string }
}

/** Opens one, with an activity and a placement of its own. */
export async function openScene(school: TestSchool): Promise<Scene> {
  const { itemId, activityId, instructor: chooser } = await placeSample(school)
  const { token: instructor } = await launchAs(school, 'teacher1', itemId)
  const { token: learner, data } = await launchAs(school, 'student1', itemId)
  const expired = await launchAs(school, 'student2', itemId)
  await queryAlone(`update sessions set expires_at = now() - interval '1 second' where id = $1`, [expired.data.session.id])
  const choosing = await school.lms.journey.walkLaunch({ person: 'teacher1', deepLink: true, launch: true })
  const { token: another } = launchDataIn(await (choosing.response as Response).text())
  const tokens = { learner, expired: expired.token, viewer: await anonymous(school, itemId) }
  const ask = async (token: string, method: string, path: string, body?: unknown) =>
    (await callTool(school.origin, token, method, path, body)).json
  const draft = await ask(instructor, 'GET', `/api/activities/${activityId}`)
  const topic = await ask(instructor, 'POST', '/api/topics', { name: `Roots ${itemId}` })
  const { title, document, revision } = draft
  const attempt = data.player.current
  const answers = rightAnswers('photosynthesis-and-cell-energy', attempt.questions)
  const placementId = data.session.placement.id
  const [ofActivity, ofTopic, ofPlacement, ofAttempt] = [{ activityId }, { topicId: topic.id }, { placementId }, { attemptId: attempt.id }]
  const ofLearner = { placementId, personId: data.session.person.id }
  const video = await videoAttempt(school, instructor, school.lms.state.items.get(itemId)?.courseId ?? '')
  const shared = await sharedPlacement(placementId, activityId)
  const ofAsset = { assetId: await anAsset(data.session.course.id) }
  const ofCaption = { captionId: await aCaption(ofAsset.assetId, 'en') }
  const adviceId = await anAdvice(placementId, data.session.person.id, attempt.id)
  const good: Scene['good'] = {
    getSession: { token: learner },
    getLaunch: { token: learner },
    resumeLaunch: { token: '', params: { launchId: data.session.id } },
    returnDeepLinks: { token: chooser, body: { items: [{ activityId, title: 'Leaves', points: 20 }] } },
    choosePlacementActivity: { token: instructor, params: ofPlacement, body: { activityId } },
    listActivities: { token: instructor },
    listSamples: { token: instructor },
    createActivity: { token: instructor, body: { kind: 'quiz', title: 'Leaves', copyOf: activityId } },
    getActivity: { token: instructor, params: ofActivity },
    saveDraft: { token: instructor, params: ofActivity, body: { revision, title, document } },
    publishActivity: { token: instructor, params: ofActivity, body: { revision } },
    deleteActivity: { token: instructor, params: ofActivity },
    listTopics: { token: instructor },
    createTopic: { token: instructor, body: { name: 'Stems' } },
    renameTopic: { token: instructor, params: ofTopic, body: { name: 'Leaves' } },
    deleteTopic: { token: instructor, params: ofTopic },
    getPlayer: { token: learner, params: ofPlacement },
    openAttempt: { token: learner, params: ofPlacement },
    getAttempt: { token: learner, params: ofAttempt },
    saveAnswers: { token: learner, params: ofAttempt, body: { answers } },
    submitAttempt: { token: learner, params: ofAttempt, body: { key: randomUUID(), answers } },
    readStatements: { token: learner },
    tellEvents: {
      token: learner,
      params: ofAttempt,
      body: {
        sentAt: new Date().toISOString(),
        events: [{ id: randomUUID(), name: 'question.shown', at: new Date().toISOString(), data: { questionId: answers[0]?.questionId } }],
      },
    },
    reportWatching: {
      token: video.learner,
      params: { attemptId: video.attemptId },
      body: { viewId: randomUUID(), seq: 1, intervals: [{ from: 0, to: 5, speed: 1 }], positionSeconds: 5, playing: true },
    },
    checkCue: {
      token: video.learner,
      params: { attemptId: video.attemptId, cueId: 'cue-q1' },
      body: { answer: { kind: 'short-text', text: 'wrong' }, seq: 1 },
    },
    showTryOut: { token: instructor, params: { activityId: video.activityId } },
    checkTryOut: {
      token: instructor,
      params: { activityId: video.activityId, cueId: 'cue-q1' },
      body: { answer: { kind: 'short-text', text: 'wrong' }, triesUsed: 0 },
    },
    getOverview: { token: instructor, params: ofPlacement },
    askForNames: { token: instructor, params: ofPlacement },
    getInsight: { token: instructor, params: { ...ofPlacement, versionId: 'latest' } },
    getLearnerStory: { token: instructor, params: ofLearner },
    getStoryCsv: { token: instructor, params: ofLearner },
    getInsightCsv: { token: instructor, params: { ...ofPlacement, versionId: 'latest', table: 'questions' } },
    getAdvice: { token: learner, params: ofPlacement },
    noteAdviceShown: { token: learner, body: { adviceIds: [adviceId] } },
    dismissAdvice: { token: learner, params: { adviceId } },
    followAdvice: { token: learner, params: { adviceId } },
    getMyActivities: { token: learner },
    getAdvicePlan: { token: instructor, params: ofPlacement },
    saveAdvicePlan: {
      token: instructor,
      params: ofPlacement,
      body: { rules: [{ when: 'topic-wrong', topicId: topic.id, times: 2 }], automatic: false },
    },
    getAdviceReport: { token: instructor, params: ofPlacement },
    getAdviceCsv: { token: instructor, params: { ...ofPlacement, table: 'given' } },
    returnDeepLinkProblem: { token: another, body: { problem: 'failed' } },
    listPlacedActivities: { token: instructor },
    listOtherCourses: { token: instructor },
    copyFromCourse: { token: instructor, params: { courseId: data.session.course.id, activityId } },
    refreshRoster: { token: instructor },
    getRosterCsv: { token: instructor, params: ofPlacement },
    getLearnerPage: { token: instructor, params: ofLearner },
    overrideScore: { token: instructor, params: ofLearner, body: { score: 1, comment: 'Seen' } },
    removeOverride: { token: instructor, params: ofLearner },
    changeAllowance: { token: instructor, params: ofLearner, body: { extraAttempts: 1, extraSeconds: 60 } },
    getPlacementSettings: { token: instructor, params: ofPlacement },
    changePlacementSettings: {
      token: instructor,
      params: ofPlacement,
      body: { opensAt: null, dueAt: null, closesAt: null, late: 'accept', emptyIsZero: true },
    },
    getPlacementOrigin: { token: instructor, params: ofPlacement },
    settlePlacementOrigin: { token: instructor, params: { placementId: shared }, body: { decision: 'copy', all: false } },
    takeBackShare: { token: instructor, params: { placementId: shared } },
    resendScores: { token: instructor, params: ofPlacement, body: { personIds: [data.session.person.id] } },
    resendMyScore: { token: learner, params: ofPlacement },
    listMissingScores: { token: instructor, params: ofPlacement },
    showFormula: { token: instructor, body: { tex: 'x^2' } },
    listAssets: { token: instructor },
    getAsset: { token: instructor, params: ofAsset },
    cancelAsset: { token: instructor, params: ofAsset },
    retryAsset: { token: instructor, params: ofAsset },
    deleteAsset: { token: instructor, params: { assetId: await anAsset(data.session.course.id) } },
    getPlayback: { token: instructor, params: ofAsset },
    getInlineMedia: { token: instructor, params: { assetId: await anAsset(data.session.course.id, 'image') } },
    listCaptions: { token: instructor, params: ofAsset },
    addCaption: {
      token: instructor,
      params: ofAsset,
      body: { language: 'de', label: 'Deutsch', text: 'WEBVTT\n\n00:01.000 --> 00:02.000\nBlatt' },
    },
    saveCaption: {
      token: instructor,
      params: ofCaption,
      body: { revision: 1, language: 'en', label: 'English', cues: [{ fromSeconds: 1, toSeconds: 2, text: 'Leaf' }] },
    },
    deleteCaption: { token: instructor, params: { captionId: await aCaption(ofAsset.assetId, 'fr') } },
  }
  return { school, good, tokens }
}

/** Advice for that learner, to what the placement itself leads to. */
export async function anAdvice(placementId: string, personId: string, attemptId: string): Promise<string> {
  const [row] = await queryAlone<{ id: string }>(
    `insert into recommendations (id, institution_id, course_id, person_id, placement_id, activity_id, attempt_id, mark, place, reason,
       target_activity_id, made_at)
     select gen_random_uuid(), c.institution_id, c.id, $2, p.id, p.activity_id, $3, 'chosen', 0, '{"code":"chosen-next","easier":false}',
       p.activity_id, now() from placements p join courses c on c.id = p.course_id where p.id = $1 returning id`,
    [placementId, personId, attemptId],
  )
  return row?.id ?? ''
}

/** A video that was encoded. */
export async function anAsset(courseId: string, kind = 'video'): Promise<string> {
  const [row] = await queryAlone<{ id: string }>(
    `insert into assets (id, institution_id, course_id, kind, name, bytes, state, duration_seconds, has_video, generation, playable)
     select gen_random_uuid(), institution_id, id, $2, 'Leaves.mp4', 1000, 'ready', 10, true, 1, true from courses where id = $1 returning id`,
    [courseId, kind],
  )
  return row?.id ?? ''
}

/** Captions of it. */
export async function aCaption(assetId: string, language: string): Promise<string> {
  const [row] = await queryAlone<{ id: string }>(
    `insert into captions (id, asset_id, institution_id, language, label, cues)
     select gen_random_uuid(), id, institution_id, $2, $2, '[{"fromSeconds":1,"toSeconds":2,"text":"Leaf"}]' from assets where id = $1 returning id`,
    [assetId, language],
  )
  return row?.id ?? ''
}

/** A video of the same course, and a learner's attempt at it. */
async function videoAttempt(school: TestSchool, instructor: string, course: string) {
  const { itemId, activityId } = await placeVideoItem(school, instructor, course, (assetId) =>
    videoOf(assetId, [cueOf(textQuestion('q1'), 5, { triesAllowed: null })]),
  )
  const { token, data } = await launchAs(school, 'student2', itemId)
  return { learner: token, attemptId: data.player.current.id as string, activityId }
}

/** Another placement of the same course, which came with a copy and was shared. */
async function sharedPlacement(like: string, activityId: string): Promise<string> {
  const [row] = await queryAlone<{ id: string }>(
    `with made as (insert into placements (id, course_id, external_id, activity_id)
       select gen_random_uuid(), course_id, 'shared ' || external_id, $2::uuid from placements where id = $1 returning id, course_id)
     insert into placement_origins (placement_id, activity_id, from_course_id, found_by, found_at, decision)
     select id, $2, course_id, 'custom', now(), 'share' from made returning placement_id id`,
    [like, activityId],
  )
  return row?.id ?? ''
}

async function anonymous(school: TestSchool, itemId: string): Promise<string> {
  const walk = await school.lms.journey.walkLaunch({ person: 'student1', item: itemId })
  const claims = JSON.parse(Buffer.from(walk.formFields.id_token?.split('.')[1] ?? '', 'base64url').toString())
  delete claims.sub
  delete claims[claim.lis]
  return launchDataIn(await (await walk.launch({ id_token: school.lms.platform.signIdToken(claims) })).text()).token
}

export interface Sent {
  params?: Record<string, string>
  /** As it goes over the wire. */
  body?: string | Uint8Array | undefined
  headers?: Record<string, string>
  token?: string
}

interface Answer {
  status: number
  type: string
  text: string
}

/** Calls an endpoint as its good call does, but for what `sent` says. Ids go into the path as they are. */
export async function send({ school, good }: Scene, name: Name, sent: Sent = {}): Promise<Answer> {
  const { method, path } = endpointOf(name)
  const { token, params = {}, body } = good[name]
  const ids = { ...params, ...sent.params }
  const raw = 'body' in sent ? sent.body : body === undefined ? undefined : JSON.stringify(body)
  const authorization = sent.token ?? (token ? `Bearer ${token}` : '')
  const answer = await fetch(`${school.origin}${path.replace(/:(\w+)/g, (_all, id: string) => ids[id] ?? '')}`, {
    method,
    redirect: 'manual',
    headers: {
      ...(raw === undefined ? {} : { 'content-type': 'application/json' }),
      ...(authorization ? { authorization } : {}),
      ...sent.headers,
    },
    ...(raw === undefined || method === 'GET' ? {} : { body: raw }),
  })
  return { status: answer.status, type: answer.headers.get('content-type') ?? '', text: await answer.text() }
}

/** A refusal in the one shape that clients know, which gives nothing away. */
export function expectRefusal(answer: Answer, allowed: readonly number[], what: string): void {
  expect(allowed, `${what}: ${answer.status} ${answer.text.slice(0, 300)}`).toContain(answer.status)
  expectProblem(answer, what)
}

export function expectProblem(answer: Answer, what: string): void {
  expect(answer.type, what).toContain('application/problem+json')
  const problem = Problem.parse(JSON.parse(answer.text))
  expect(problemStatus[problem.code as keyof typeof problemStatus], what).toBe(answer.status)
  expect(problem.status, what).toBe(answer.status)
  expect(problem.supportCode, what).toMatch(/^[2-9A-Z]{4}-[2-9A-Z]{4}$/)
  expect(answer.text, what).not.toMatch(/\bat \S+ \(|:\d+:\d+\b|node_modules|\.ts\b|sequelize|zod|postgres|select .+ from|syntax error/i)
}

/** All rows of all tables, as one sum per table. The flight recorder writes when it pleases, of refused calls, too. */
export async function stateOf(): Promise<Record<string, unknown>> {
  const sums: Record<string, unknown> = {}
  const tables = await queryAlone<{ name: string }>(
    `select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'flights' order by 1`,
  )
  for (const { name } of tables)
    sums[name] = (await queryAlone(`select count(*)::int as rows, md5(string_agg(t::text, '|' order by t::text)) as sum from ${name} t`))[0]
  return sums
}

export const takesBody = names.filter((name) => endpointOf(name).method !== 'GET')
/** So many lists, one in the other. */
export const deep = (levels: number, inside = ''): string => '['.repeat(levels) + inside + ']'.repeat(levels)

export type Path = (string | number)[]

/** Every text, number and truth value in it with its path; of lists the first two. */
export function leavesOf(value: unknown, path: Path = []): [Path, unknown][] {
  if (Array.isArray(value)) return value.slice(0, 2).flatMap((one, at) => leavesOf(one, [...path, at]))
  if (value && typeof value === 'object') return Object.entries(value).flatMap(([key, one]) => leavesOf(one, [...path, key]))
  return value === null ? [] : [[path, value]]
}

/** The JSON of `whole` with other JSON at a path. */
export function replaced(whole: unknown, path: Path, json: string): string {
  const copy = structuredClone({ whole })
  // biome-ignore lint/suspicious/noExplicitAny: the path says what it is
  let at: any = copy
  const keys = ['whole', ...path]
  for (const key of keys.slice(0, -1)) at = at[key]
  at[keys.at(-1) as string] = '⟨here⟩'
  return JSON.stringify(copy.whole).replace('"⟨here⟩"', () => json)
}
