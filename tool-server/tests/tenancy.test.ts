// Two schools with the same ids in their LMSs, two courses, several people: nobody reaches what is not theirs, by any endpoint.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startLms } from '../../fixtures/lms-simulator/index.ts'
import { addPlatform } from '../src/app/platforms.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { callTool, launchDataIn, startSchool, type TestSchool } from './_app.ts'
import { aCaption, anAdvice, anAsset, endpointOf, type Name, names, stateOf } from './_endpoints.ts'
import { launchAs, rightAnswers } from './_journey.ts'

const withIds = names.filter((name) => endpointOf(name).path.includes(':'))

/** They are pages, not endpoints of the contracts: they have no end. */
const streams = ['/api/placements/:placementId/insight-live', '/api/attempts/:attemptId/live', '/api/assets/:assetId/live']

/** A course as its people see it: a placed quiz, and an attempt under way. */
interface Scene {
  instructor: string
  chooser: string
  learner: string
  personId: string
  ids: {
    activityId: string
    placementId: string
    attemptId: string
    topicId: string
    launchId: string
    personId: string
    assetId: string
    captionId: string
    cueId: string
    adviceId: string
  }
  draft: { revision: number; title: string; document: object }
  answers: unknown[]
}

let school: TestSchool
let other: TestSchool
let own: Scene
/** By whose it is: what `own` must not reach. */
const foreign: Record<'another school' | 'another course of the school', Scene> = {} as never

beforeAll(async () => {
  school = await startSchool({ worker: false, env: { LOG_LEVEL: 'silent' } })
  const lms = await startLms({ port: 0, toolOrigin: school.origin, quiet: true })
  await addPlatform(lms.registration as Parameters<typeof addPlatform>[0])
  other = { ...school, lms }
  own = await sceneIn(school, '2')
  foreign['another course of the school'] = await sceneIn(school, '3')
  foreign['another school'] = await sceneIn(other, '2')
})
afterAll(async () => {
  await other?.lms.stop()
  await school?.stop()
})

async function sceneIn({ origin, lms }: TestSchool, course: string): Promise<Scene> {
  const walk = await lms.journey.walkLaunch({ person: 'teacher1', deepLink: { course }, launch: true })
  const { token: chooser } = launchDataIn(await (walk.response as Response).text())
  const ask = async (token: string, method: string, path: string, body?: unknown) =>
    (await callTool(origin, token, method, path, body)).json
  const activity = await ask(chooser, 'POST', '/api/activities', { kind: 'quiz', sampleId: 'photosynthesis-and-cell-energy' })
  const topic = await ask(chooser, 'POST', '/api/topics', { name: 'Roots' })
  const custom = { cuepoint_activity_id: activity.id }
  const item = lms.addItem({
    course,
    title: 'Quiz',
    custom,
    url: `${origin}/lti/activities/${activity.id}`,
    lineItem: { scoreMaximum: 20 },
  })
  const here = { ...school, lms }
  const { token: instructor } = await launchAs(here, 'teacher1', item.id)
  const { token: learner, data } = await launchAs(here, 'student1', item.id)
  const attempt = data.player.current
  const answers = rightAnswers('photosynthesis-and-cell-energy', attempt.questions)
  const saved = await callTool(origin, learner, 'PUT', `/api/attempts/${attempt.id}/answers`, { answers: answers.slice(0, 2) })
  expect(saved.status).toBe(200)
  const assetId = await anAsset(data.session.course.id)
  const ids = {
    activityId: activity.id,
    placementId: data.session.placement.id,
    attemptId: attempt.id,
    topicId: topic.id,
    assetId,
    captionId: await aCaption(assetId, 'en'),
    cueId: 'cue-q1',
    adviceId: await anAdvice(data.session.placement.id, data.session.person.id, attempt.id),
    launchId: data.session.id,
    personId: data.session.person.id,
  }
  const { revision, title, document } = activity
  return {
    instructor,
    chooser,
    learner,
    personId: data.session.person.id,
    ids,
    draft: { revision, title, document },
    answers: answers.map((it) => ({ ...it, seq: 9 })),
  }
}

/** A body that would be right for the one whose ids are in the path. */
function bodyFor(name: Name, scene: Scene): unknown {
  const bodies: Partial<Record<Name, unknown>> = {
    choosePlacementActivity: { activityId: scene.ids.activityId },
    settlePlacementOrigin: { decision: 'copy', all: true },
    saveDraft: scene.draft,
    publishActivity: { revision: scene.draft.revision },
    renameTopic: { name: 'Mine now' },
    addCaption: { language: 'de', label: 'Deutsch', text: 'WEBVTT\n\n00:01.000 --> 00:02.000\nBlatt' },
    saveCaption: { revision: 1, language: 'en', label: 'English', cues: [{ fromSeconds: 1, toSeconds: 2, text: 'Mine' }] },
    saveAnswers: { answers: scene.answers },
    reportWatching: { viewId: randomUUID(), seq: 1, intervals: [], positionSeconds: 0, playing: true },
    checkCue: { answer: { kind: 'short-text', text: 'right' }, seq: 1 },
    checkTryOut: { answer: { kind: 'short-text', text: 'right' }, triesUsed: 0 },
    tellEvents: { sentAt: new Date().toISOString(), events: [{ shape: 'unknown' }] },
    submitAttempt: { key: randomUUID(), answers: scene.answers },
    resendScores: { personIds: [scene.personId] },
    overrideScore: { score: 1, comment: null },
    changeAllowance: { extraAttempts: 1, extraSeconds: 60 },
    saveAdvicePlan: { rules: [], automatic: false },
    changePlacementSettings: { opensAt: null, dueAt: null, closesAt: null, late: 'accept', emptyIsZero: true },
  }
  return bodies[name]
}

const pathOf = (name: Name, ids: Scene['ids']): string =>
  endpointOf(name).path.replace(/:(\w+)/g, (_all, id: string) => ids[id as keyof typeof ids])
const call = (token: string, name: Name, ids: Scene['ids'], body?: unknown) =>
  callTool(school.origin, token, endpointOf(name).method, pathOf(name, ids), body)

/** Nobody else's ids exist: 404. Only a role that may not at all hears 403, and a session is not found at all: 401. */
function expectNothing(name: Name, role: 'instructor' | 'learner', { status, json, text }: Awaited<ReturnType<typeof call>>): void {
  const allowed = endpointOf(name).for
  const expected = allowed === 'anyone' ? 401 : allowed.includes(role) ? 404 : 403
  expect(status, text.slice(0, 300)).toBe(expected)
  expect(json.code).toMatch({ 401: /^session_expired$/, 403: /^role_not_allowed$/, 404: /_not_found$/ }[expected] as RegExp)
  // Not even that it exists somewhere.
  expect(text).not.toMatch(/another|other (school|course)|belongs/)
}

describe.each(Object.keys({ 'another school': 0, 'another course of the school': 0 }) as (keyof typeof foreign)[])(
  '(attack 18) ids of %s',
  (whose) => {
    it.each(withIds)('are nowhere for %s', async (name) => {
      const before = await stateOf()
      const theirs = foreign[whose]
      for (const role of ['instructor', 'learner'] as const)
        for (const body of [bodyFor(name, theirs), bodyFor(name, own)])
          expectNothing(name, role, await call(own[role], name, theirs.ids, body))
      expect(await stateOf()).toEqual(before)
    })

    it.each(streams)('are nowhere for the stream %s', async (path) => {
      const before = await stateOf()
      const at = path.replace(/:(\w+)/, (_all, id: string) => foreign[whose].ids[id as keyof Scene['ids']])
      for (const role of ['instructor', 'learner'] as const) {
        const { status, json, text } = await callTool(school.origin, own[role], 'GET', at)
        // Of whom only teachers hear, learners may hear nothing at all.
        const forTeachers = path.includes('insight') || path.includes('assets')
        expect(status, text.slice(0, 300)).toBe(role === 'learner' && forTeachers ? 403 : 404)
        expect(json.code).toMatch(status === 403 ? /^role_not_allowed$/ : /_not_found$/)
        expect(text).not.toMatch(/another|other (school|course)|belongs/)
      }
      expect(await stateOf()).toEqual(before)
    })

    it('are nowhere in a body, either', async () => {
      const before = await stateOf()
      const { activityId, attemptId } = foreign[whose].ids
      const answers = [
        await callTool(school.origin, own.instructor, 'POST', '/api/activities', { kind: 'quiz', copyOf: activityId }),
        await callTool(school.origin, own.chooser, 'POST', '/api/deep-linking/return', { items: [{ activityId, title: 'x', points: 1 }] }),
        await callTool(school.origin, own.chooser, 'POST', '/api/deep-linking/return', {
          items: [own.ids.activityId, activityId].map((id) => ({ activityId: id, title: 'x', points: 1 })),
        }),
        await call(own.instructor, 'choosePlacementActivity', own.ids, { activityId }),
        await call(own.learner, 'saveAnswers', { ...own.ids, attemptId }, { answers: own.answers }),
      ]
      for (const { status, text } of answers) expect(status, text).toBe(404)
      expect(await stateOf()).toEqual(before)
    })

    it('of topics are left out of a draft', async () => {
      const { activityId } = own.ids
      const { json: draft } = await call(own.instructor, 'getActivity', own.ids)
      const topicIds = [own.ids.topicId, foreign[whose].ids.topicId]
      const document = { ...draft.document, topicIds, questions: draft.document.questions.map((it: object) => ({ ...it, topicIds })) }
      const saved = await call(own.instructor, 'saveDraft', own.ids, { revision: draft.revision, title: draft.title, document })
      expect(saved.status, saved.text).toBe(200)
      const [row] = await queryAlone<{ document: object }>('select document from activities where id = $1', [activityId])
      expect(JSON.stringify(row?.document)).toContain(own.ids.topicId)
      expect(JSON.stringify(row?.document)).not.toContain(foreign[whose].ids.topicId)
    })

    it('are in no list', async () => {
      const { personId, ...ids } = foreign[whose].ids
      for (const name of ['listActivities', 'listTopics', 'getLaunch', 'getSession', 'getOverview'] as const) {
        const { status, text } = await call(own.instructor, name, own.ids)
        expect(status, text).toBe(200)
        for (const id of Object.values(ids)) expect(text).not.toContain(id)
        // In another course of the school it is the same person.
        if (whose === 'another school') expect(text).not.toContain(personId)
      }
    })

    it('of a launch point no placement there', async () => {
      const there = whose === 'another school' ? other : school
      const { activityId } = own.ids
      const course = whose === 'another school' ? '2' : '3'
      const item = there.lms.addItem({
        course,
        title: 'Borrowed',
        custom: { cuepoint_activity_id: activityId },
        url: `${school.origin}/lti/activities/${activityId}`,
      })
      const { data } = await launchAs(there, 'student1', item.id)
      expect(data).toMatchObject({ island: 'empty', player: null, session: { placement: { activityId: null } } })
    })
  },
)

describe('the same course', () => {
  it.each(streams)('opens the stream %s for those whose it is', async (path) => {
    const at = path.replace(/:(\w+)/, (_all, id: string) => own.ids[id as keyof Scene['ids']])
    const token = path.includes('attempts') ? own.learner : own.instructor
    const leaving = new AbortController()
    const answer = await fetch(`${school.origin}${at}`, { headers: { authorization: `Bearer ${token}` }, signal: leaving.signal })
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/event-stream')])
    leaving.abort()
  })

  const ofAttempts = withIds.filter((name) => endpointOf(name).path.includes(':attemptId'))

  it.each(ofAttempts)('another person’s attempt is nowhere for %s', async (name) => {
    const item = [...school.lms.state.items.values()].find((it) => it.courseId === '2')
    const { token } = await launchAs(school, 'student3', item?.id ?? '')
    const before = await stateOf()
    expectNothing(name, 'learner', await call(token, name, own.ids, bodyFor(name, own)))
    expect(await stateOf()).toEqual(before)
    // An instructor may read it, of which a note is kept, and do nothing to it.
    const { status } = await call(own.instructor, name, own.ids, bodyFor(name, own))
    expect(status).toBe(name === 'getAttempt' ? 200 : 404)
    const after = await stateOf()
    expect({ ...after, looks: before.looks }).toEqual(before)
    expect(after.looks).toEqual(name === 'getAttempt' ? expect.objectContaining({ rows: 1 }) : before.looks)
  })

  it('another placement, that the LMS did not open to the learner, is nowhere', async () => {
    const { activityId } = own.ids
    const item = school.lms.addItem({
      course: '2',
      title: 'Exam',
      custom: { cuepoint_activity_id: activityId },
      url: `${school.origin}/lti/activities/${activityId}`,
    })
    const { data } = await launchAs(school, 'student3', item.id)
    const ids = { ...own.ids, placementId: data.session.placement.id }
    const before = await stateOf()
    for (const name of ['getPlayer', 'openAttempt'] as const) expectNothing(name, 'learner', await call(own.learner, name, ids))
    expect(await stateOf()).toEqual(before)
  })

  it('a learner of two schools is two people', async () => {
    expect(own.personId).not.toBe(foreign['another school'].personId)
    expect(own.personId).toBe(foreign['another course of the school'].personId)
    const rows = await queryAlone<{ institution_id: string }>(`select institution_id from people where external_id = '5'`)
    expect(new Set(rows.map((it) => it.institution_id)).size).toBe(2)
  })
})
