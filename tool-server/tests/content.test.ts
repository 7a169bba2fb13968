// Drafts, Versions, samples and topics on a real database: nothing is lost, nothing leaves its course.
import { randomUUID } from 'node:crypto'
import { endpoints, type Question } from '@cuepoint/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../src/kernel/config.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { createActivity, deleteActivity, saveDraft } from '../src/modules/content/authoring.ts'
import { activitiesOf, activityOf } from '../src/modules/content/catalogue.ts'
import { publishedVersionOf, questionsOf, summariesOf } from '../src/modules/content/index.ts'
import { publishActivity } from '../src/modules/content/publishing.ts'
import { samplesListed } from '../src/modules/content/samples.ts'
import { addTopic, deleteTopic, renameTopic, topicsOf } from '../src/modules/content/topics.ts'
import { eventsNamed, newSchool, openQuizDatabase, quizOf, type School, serve, textQuestion } from './_quiz.ts'

let close: () => Promise<void>
let school: School
let elsewhere: School
beforeAll(async () => {
  loadConfig({ NODE_ENV: 'test' })
  close = (await openQuizDatabase()).close
  school = await newSchool()
  elsewhere = await newSchool()
})
afterAll(() => close())

const document = quizOf([textQuestion('q1')])
const draft = (title = 'Quiz') => createActivity(school.instructor, { kind: 'quiz', title })

describe('a draft', () => {
  it('starts empty and says what it lacks', async () => {
    const activity = await createActivity(school.instructor, { kind: 'quiz' })
    expect(endpoints.createActivity.reply.parse(activity)).toMatchObject({
      title: 'Untitled quiz',
      revision: 1,
      questionCount: 0,
      published: null,
      draftAhead: true,
      issues: [{ code: 'questions_missing' }],
    })
    expect((await eventsNamed('content.activity.created')).at(-1)?.data).toMatchObject({ activityId: activity.id, kind: 'quiz' })
  })

  it('saved by two tabs from one revision is saved by one of them', async () => {
    const { id } = await draft()
    const saves = await Promise.allSettled(
      Array.from({ length: 10 }, (_, at) => saveDraft(school.instructor, id, { revision: 1, title: `by ${at}`, document })),
    )
    expect(saves.filter((save) => save.status === 'fulfilled')).toHaveLength(1)
    for (const save of saves) if (save.status === 'rejected') expect(save.reason).toMatchObject({ code: 'draft_conflict', status: 409 })
    expect(await activityOf(school.instructor, id)).toMatchObject({ revision: 2, questionCount: 1, maxScore: 1 })
  })

  it('is sanitised in every rich text it has', async () => {
    const evil = '<p onclick="x()">ok<script>alert(1)</script><img src=x onerror=alert(2)></p>'
    const feedback = { right: evil, wrong: evil }
    const common = { prompt: evil, points: 1, topicIds: [], feedback }
    const option = (id: string) => ({ id, text: evil, correct: id === 'a', feedback: evil })
    const questions: Question[] = [
      { ...common, id: 'q1', kind: 'single-choice', choices: [option('a'), option('b')] },
      { ...common, id: 'q2', kind: 'multiple-choice', choices: [option('a'), option('b')], scoring: 'each-option' },
      { ...common, id: 'q3', kind: 'true-false', correct: true, choiceFeedback: { true: evil, false: evil } },
      {
        ...common,
        id: 'q4',
        kind: 'short-text',
        accepted: [{ text: '<b>plain</b>', feedback: evil }],
        caseSensitive: false,
        accentSensitive: false,
      },
      { ...common, id: 'q5', kind: 'number', value: 1, tolerance: { kind: 'absolute', amount: 0 }, unit: '' },
      { ...common, id: 'q6', kind: 'ordering', items: [{ id: 'a', text: evil }], scoring: 'each-right' },
      {
        ...common,
        id: 'q7',
        kind: 'matching',
        pairs: [{ id: 'a', text: evil, match: { id: 'm', text: '<i>plain</i>' } }],
        distractors: [],
        scoring: 'each-right',
      },
    ]
    const { id } = await draft()
    await saveDraft(school.instructor, id, { revision: 1, title: '<b>title</b>', document: { ...quizOf(questions), intro: evil } })
    const text = JSON.stringify((await activityOf(school.instructor, id)).document)
    expect(text).not.toMatch(/script|onclick|onerror|<img/)
    const [intro, everyQuestion, choices, trueAndFalse, accepted, items, pairs] = [1, 7 * 3, 2 * 4, 2, 1, 1, 1]
    expect(text.match(/<p>ok<\/p>/g)).toHaveLength(intro + everyQuestion + choices + trueAndFalse + accepted + items + pairs)
    // Plain text stays what the author typed: it is never read as HTML.
    expect(text).toContain('<b>plain</b>')
  })

  it('that grows too long by escaping is refused, not stored', async () => {
    const { id } = await draft()
    const long = quizOf([textQuestion('q1', { prompt: '<'.repeat(19_000) })])
    await expect(saveDraft(school.instructor, id, { revision: 1, title: 'x', document: long })).rejects.toMatchObject({
      code: 'body_invalid',
      issues: [{ path: 'document.questions.0.prompt' }],
    })
    expect((await activityOf(school.instructor, id)).revision).toBe(1)
  })

  it('is out of reach from another course or institution', async () => {
    const { id } = await draft()
    const strangers = [
      elsewhere.instructor,
      { ...school.instructor, courseId: elsewhere.courseId },
      { ...school.instructor, institutionId: elsewhere.institutionId },
    ]
    for (const stranger of strangers)
      for (const reach of [
        () => activityOf(stranger, id),
        () => saveDraft(stranger, id, { revision: 1, title: 'mine', document }),
        () => publishActivity(stranger, id, 1),
        () => deleteActivity(stranger, id),
        () => createActivity(stranger, { kind: 'quiz', copyOf: id }),
      ])
        await expect(reach()).rejects.toMatchObject({ code: 'activity_not_found', status: 404 })
    expect((await activitiesOf(elsewhere.instructor)).map((one) => one.id)).not.toContain(id)
    expect(await summariesOf(elsewhere.instructor, [id])).toEqual([])
    expect(await activityOf(school.instructor, id)).toMatchObject({ title: 'Quiz', revision: 1 })
  })
})

describe('publishing', () => {
  it('refuses what is incomplete, with each lack', async () => {
    const { id } = await draft()
    await saveDraft(school.instructor, id, {
      revision: 1,
      title: 'x',
      document: quizOf([textQuestion('q1', { prompt: '', accepted: [] })]),
    })
    await expect(publishActivity(school.instructor, id, 2)).rejects.toMatchObject({
      code: 'activity_incomplete',
      status: 422,
      issues: [
        { path: 'q1', code: 'prompt_missing' },
        { path: 'q1', code: 'accepted_missing' },
      ],
    })
  })

  it('makes a Version, and another only where something changed', async () => {
    const { id } = await draft('First')
    await saveDraft(school.instructor, id, { revision: 1, title: 'First', document })
    const first = await publishActivity(school.instructor, id, 2)
    expect(endpoints.publishActivity.reply.parse(first)).toMatchObject({ published: { number: 1, maxScore: 1 }, draftAhead: false })
    expect((await publishActivity(school.instructor, id, 2)).published).toEqual(first.published)
    // Saving the same again leaves it published.
    await saveDraft(school.instructor, id, { revision: 2, title: 'First', document })
    expect(await activityOf(school.instructor, id)).toMatchObject({ revision: 3, draftAhead: false })
    await expect(publishActivity(school.instructor, id, 2)).rejects.toMatchObject({ code: 'draft_conflict' })
    await saveDraft(school.instructor, id, { revision: 3, title: 'Second', document })
    expect(await activityOf(school.instructor, id)).toMatchObject({ draftAhead: true })
    const second = await publishActivity(school.instructor, id, 4)
    expect(second.published).toMatchObject({ number: 2 })
    const told = (await eventsNamed('content.activity.published')).filter((event) => event.data.activityId === id)
    expect(told.map((event) => event.data.number)).toEqual([1, 2])
    expect((await publishedVersionOf(id, school.courseId)).title).toBe('Second')
  })

  it('by ten at once makes one Version', async () => {
    const { id } = await draft()
    await saveDraft(school.instructor, id, { revision: 1, title: 'x', document })
    const all = await Promise.all(Array.from({ length: 10 }, () => publishActivity(school.instructor, id, 2)))
    expect(new Set(all.map((one) => one.published?.versionId)).size).toBe(1)
  })

  it('freezes: not even SQL changes a Version', async () => {
    await expect(queryAlone(`update versions set title = 'other'`)).rejects.toThrow('a version is immutable')
  })

  it('can be seen from its course, and from another only where it is shared', async () => {
    const { id } = await createActivity(school.instructor, { kind: 'quiz', sampleId: 'rivers-and-climate' })
    expect(await publishedVersionOf(id, school.courseId)).toMatchObject({ activityId: id, number: 1 })
    await expect(publishedVersionOf(id, elsewhere.courseId)).rejects.toMatchObject({ code: 'activity_not_found' })
    await queryAlone('insert into activity_shares (activity_id, course_id) values ($1, $2)', [id, elsewhere.courseId])
    expect(await publishedVersionOf(id, elsewhere.courseId)).toMatchObject({ activityId: id })
    const { id: unpublished } = await draft()
    await expect(publishedVersionOf(unpublished, school.courseId)).rejects.toMatchObject({ code: 'activity_unpublished', status: 409 })
  })
})

describe('deletion', () => {
  it('is soft, told of once, and final', async () => {
    const { id } = await createActivity(school.instructor, { kind: 'quiz', sampleId: 'rivers-and-climate' })
    await deleteActivity(school.instructor, id)
    const gone = { code: 'activity_deleted', status: 410 }
    await expect(deleteActivity(school.instructor, id)).rejects.toMatchObject(gone)
    await expect(activityOf(school.instructor, id)).rejects.toMatchObject(gone)
    await expect(saveDraft(school.instructor, id, { revision: 1, title: 'x', document })).rejects.toMatchObject(gone)
    await expect(publishedVersionOf(id, school.courseId)).rejects.toMatchObject(gone)
    expect((await activitiesOf(school.instructor)).map((one) => one.id)).not.toContain(id)
    expect((await eventsNamed('content.activity.deleted')).filter((event) => event.data.activityId === id)).toHaveLength(1)
    expect(await queryAlone('select 1 from versions where activity_id = $1', [id])).toHaveLength(1)
  })
})

describe('a sample', () => {
  it('becomes a published activity with topics of the course', async () => {
    for (const sample of await samplesListed()) {
      const activity = await createActivity(school.instructor, { kind: 'quiz', sampleId: sample.id })
      expect(activity).toMatchObject({
        title: sample.title,
        maxScore: sample.maxScore,
        questionCount: sample.questionCount,
        published: { number: 1 },
        draftAhead: false,
        issues: [],
      })
      const topics = new Set((await topicsOf(school.instructor)).map((topic) => topic.id))
      for (const question of questionsOf(activity.document)) for (const id of question.topicIds) expect(topics.has(id)).toBe(true)
      expect(activity.document.topicIds?.length).toBeGreaterThan(1)
    }
    const before = (await topicsOf(school.instructor)).length
    const again = await createActivity(school.instructor, { kind: 'quiz', sampleId: 'rivers-and-climate', title: 'Again' })
    expect(again.title).toBe('Again')
    expect(await topicsOf(school.instructor)).toHaveLength(before)
    await expect(createActivity(school.instructor, { kind: 'quiz', sampleId: '../../etc/passwd' })).rejects.toMatchObject({
      code: 'resource_not_found',
    })
  })

  it('and a copy have ids of their own', async () => {
    const one = await createActivity(school.instructor, { kind: 'quiz', sampleId: 'rivers-and-climate' })
    const copy = await createActivity(school.instructor, { kind: 'quiz', copyOf: one.id })
    expect(copy).toMatchObject({ title: `${one.title} (copy)`, published: null, revision: 1, issues: [] })
    const ids = new Set(JSON.stringify(questionsOf(one.document)).match(/"id":"[^"]+"/g))
    for (const id of JSON.stringify(questionsOf(copy.document)).match(/"id":"[^"]+"/g) ?? []) expect(ids.has(id)).toBe(false)
  })
})

describe('topics', () => {
  it('are one per name, renamed and deleted in their course only', async () => {
    const fresh = await newSchool()
    const topic = await addTopic(fresh.instructor, 'Éclairs')
    await expect(addTopic(fresh.instructor, 'éclairs')).rejects.toMatchObject({ code: 'topic_exists' })
    const other = await addTopic(fresh.instructor, 'Other')
    await expect(renameTopic(fresh.instructor, other.id, 'ÉCLAIRS')).rejects.toMatchObject({ code: 'topic_exists' })
    await expect(renameTopic(elsewhere.instructor, topic.id, 'Mine')).rejects.toMatchObject({ status: 404 })
    await expect(deleteTopic(elsewhere.instructor, topic.id)).rejects.toMatchObject({ status: 404 })
    expect(await renameTopic(fresh.instructor, other.id, 'Another')).toEqual({ id: other.id, name: 'Another' })
    const { id } = await createActivity(fresh.instructor, { kind: 'quiz' })
    const tagged = quizOf([
      textQuestion('q1', { topicIds: [topic.id, randomUUID(), (await addTopic(elsewhere.instructor, 'Foreign')).id] }),
    ])
    await saveDraft(fresh.instructor, id, { revision: 1, title: 'x', document: tagged })
    expect(questionsOf((await activityOf(fresh.instructor, id)).document)[0]?.topicIds).toEqual([topic.id])
    await deleteTopic(fresh.instructor, topic.id)
    await expect(deleteTopic(fresh.instructor, topic.id)).rejects.toMatchObject({ status: 404 })
    expect((await topicsOf(fresh.instructor)).map((one) => one.name)).toEqual(['Another'])
    expect((await addTopic(fresh.instructor, 'Éclairs')).id).not.toBe(topic.id)
  })
})

describe('by HTTP', () => {
  it('bad bodies get 400, learners 403, and nothing changes', async () => {
    const lea = await school.learner()
    const { origin, close: stop } = await serve([school.instructor, lea])
    const { id } = await draft()
    const put = async (body: string, caller = school.instructor) =>
      (
        await fetch(`${origin}/api/activities/${id}/draft`, {
          method: 'PUT',
          body,
          headers: { authorization: `Bearer ${caller.sessionId}`, 'content-type': 'application/json' },
        })
      ).status
    const whole = { revision: 1, title: 'x', document }
    const bad = [
      '{',
      'null',
      '{}',
      JSON.stringify({ ...whole, title: '' }),
      JSON.stringify({ ...whole, revision: '1' }),
      JSON.stringify({ ...whole, document: { ...document, kind: 'video' } }),
    ]
    // Larger than PostgreSQL's int: an unknown revision, not a crash.
    expect(await put(JSON.stringify({ ...whole, revision: 99_999_999_999 }))).toBe(409)
    for (const points of ['1e309', '-1', 'NaN', '"7,5"', 'null'])
      bad.push(JSON.stringify(whole).replace('"points":1', `"points":${points}`))
    for (const body of bad) expect([body, await put(body)]).toEqual([body, 400])
    expect(await put(JSON.stringify(whole), lea)).toBe(403)
    expect(await put(JSON.stringify({ ...whole, title: 'x'.repeat(1_100_000) }))).toBe(413)
    expect(await activityOf(school.instructor, id)).toMatchObject({ revision: 1 })
    // What a schema does not know is dropped.
    expect(
      await put(
        JSON.stringify({ ...whole, owner: 'me', document: { ...document, evil: 1, questions: [{ ...textQuestion('q1'), evil: 1 }] } }),
      ),
    ).toBe(200)
    expect(JSON.stringify(await activityOf(school.instructor, id))).not.toContain('evil')
    await stop()
  })
})
