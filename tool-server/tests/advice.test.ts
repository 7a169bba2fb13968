// What next, over HTTP: a learner is told why and what, once; what they do with it is kept and measured; nobody reads another's.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queryAlone } from '../src/kernel/db.ts'
import { noteOpened } from '../src/modules/personalization/followed.ts'
import { type AdvisedSchool, planPath, startAdvisedSchool } from './_advice.ts'
import { callTool, eventually, type TestSchool, type Wire } from './_app.ts'
import { launchAs } from './_journey.ts'
import { View } from './_video-journey.ts'

let school: TestSchool
let teacher: string
let { topics, items, ask, placeQuiz, work, advice, newLearner } = {} as AdvisedSchool
const events = (name: string, personId: string) =>
  queryAlone<Wire>('select data, course_id, placement_id from events where name = $1 and person_id = $2 order by sequence', [
    name,
    personId,
  ])
const personOf = async (token: string): Promise<string> => (await ask(token, 'GET', '/api/session')).person.id

beforeAll(async () => {
  ;({ school, teacher, topics, items, ask, placeQuiz, work, advice, newLearner } = await startAdvisedSchool())
  // Somebody of the class has begun it: the LMS has opened it.
  await launchAs(school, newLearner('first'), items.roots.itemId)
})
afterAll(() => school?.stop())

describe('without a rule', () => {
  it('the next thing shares topics that went wrong, and is nothing that no learner has begun', async () => {
    const { token } = await work('student1', items.leaves, 1)
    const [one, ...more] = await advice(token, items.leaves)
    expect(more).toEqual([])
    expect(one).toMatchObject({
      from: { placementId: items.leaves.placementId, title: 'Leaves' },
      reason: { code: 'chosen-topics', topics: ['Light and air'] },
      target: { activityId: items.roots.activityId, title: 'Roots', kind: 'quiz', span: null },
    })
    expect(JSON.stringify(one)).not.toContain('tomorrow')
  })

  it('it is shown once as an event though asked and told twice, and stands at the next launch of another activity', async () => {
    const { token, data } = await launchAs(school, 'student1', items.clip.itemId)
    const [one] = await advice(token, { placementId: data.session.placement.id })
    expect(one.target.title).toBe('Roots')
    for (let times = 0; times < 2; times++) await ask(token, 'POST', '/api/advice/shown', { adviceIds: [one.id, randomUUID()] })
    const shown = await events('personalization.recommendation.shown', data.session.person.id)
    expect(shown.map((it) => it.data)).toMatchObject([
      { recommendationId: one.id, activityId: items.leaves.activityId, reason: 'chosen-topics', target: { title: 'Roots', span: null } },
    ])
    expect(shown[0].placement_id).toBe(items.leaves.placementId)
  })

  it('calls an activity as its link in the course is called, where that has another name', async () => {
    const link = school.lms.state.items.get(items.roots.itemId)
    if (!link) throw new Error('no such link')
    link.title = 'Week 4: roots'
    await launchAs(school, newLearner('renamed'), items.roots.itemId)
    const { token } = await launchAs(school, 'student1', items.leaves.itemId)
    const [one] = await advice(token, items.leaves)
    expect(one.target.title).toBe('Week 4: roots')
    const { activities } = await ask(token, 'GET', '/api/my-activities')
    expect(activities.map((it: Wire) => it.title)).toContain('Week 4: roots')
    link.title = 'Roots'
    await launchAs(school, newLearner('renamed'), items.roots.itemId)
  })

  it('opening it from the course is following it, and the score there is the score after', async () => {
    const { token } = await launchAs(school, 'student1', items.roots.itemId)
    // Where it leads to, it is not said again.
    expect(await advice(token, items.roots)).toEqual([])
    const personId = await personOf(token)
    for (let times = 0; times < 2; times++) await noteOpened()
    const followed = await events('personalization.recommendation.followed', personId)
    expect(followed.map((it) => it.data)).toMatchObject([{ how: 'opened', reason: 'chosen-topics' }])
    await work('student1', items.roots, 3)
    const unnamed = await ask(teacher, 'GET', `/api/placements/${items.leaves.placementId}/advice-report?as=pseudonyms`)
    expect(unnamed.rows[0]).toMatchObject({ name: '', number: expect.any(Number) })
    expect(JSON.stringify(unnamed)).not.toContain(personId)
    expect(unnamed.naming).toBe('pseudonyms')
    const csvOf = (table: string, as = '') =>
      ask(teacher, 'GET', `/api/placements/${items.leaves.placementId}/advice-report/csv/${table}${as}`)
    const lines = ({ csv }: Wire): string[] => csv.trim().split('\r\n')
    const looks = async () => (await queryAlone(`select from looks where what = 'advice-csv'`)).length
    expect(lines(await csvOf('given', '?as=pseudonyms')).some((it) => it.startsWith('Learner '))).toBe(true)
    expect(lines(await csvOf('effects'))).toHaveLength(unnamed.effects.length + 1)
    expect(await looks(), 'no names, no look').toBe(0)
    const given = lines(await csvOf('given'))
    expect(given.length).toBeGreaterThan(unnamed.rows.length)
    expect(given.some((it) => it.includes('chosen-topics') && it.endsWith(',33.3,100'))).toBe(true)
    expect(await looks()).toBe(1)
    const { rows, effects } = await ask(teacher, 'GET', `/api/placements/${items.leaves.placementId}/advice-report`)
    // What comes of the new work stands beside it, sooner or later.
    const mine = rows.filter((row: Wire) => row.personId === personId && row.followedAt !== null)
    expect(mine).toMatchObject([{ before: expect.closeTo(1 / 3), after: 1 }])
    expect(effects).toMatchObject([
      { code: 'chosen-topics', shown: 1, followed: 1, dismissed: 0, whenFollowed: { n: 1, before: null, after: null }, whenNot: { n: 0 } },
    ])
  })
})

describe('an instructor’s rules', () => {
  const below = (share: number, activityIds: string[]) => ({ when: 'score-below', share, activityIds, span: null })

  it('are kept, read again, and worked in for whoever has handed in before', async () => {
    const learner = newLearner('before')
    const { token } = await work(learner, items.leaves, 1)
    expect((await advice(token, items.leaves))[0].reason.code).toBe('chosen-topics')
    const plan = { rules: [below(0.6, [items.hidden.activityId])], automatic: true }
    const saved = await ask(teacher, 'PUT', planPath(items.leaves), plan)
    expect(saved.plan).toEqual(plan)
    const read = await ask(teacher, 'GET', planPath(items.leaves))
    expect(read).toMatchObject({ plan, activity: { title: 'Leaves', kind: 'quiz', durationSeconds: null } })
    expect(read.activities.map((it: Wire) => it.title)).toEqual(expect.arrayContaining(['Roots', 'Exam of tomorrow']))
    expect(read.activities.map((it: Wire) => it.title)).not.toContain('Leaves')
    await eventually('the class was advised anew', async () => {
      const [one] = await advice(token, items.leaves)
      return one?.reason.code === 'score-below' && one.target.title === 'Exam of tomorrow'
    })
  })

  it('lead on whoever is ready, and those with wrong answers on a topic in several activities to it', async () => {
    await ask(teacher, 'PUT', planPath(items.leaves), {
      rules: [
        { when: 'score-from', share: 1, activityId: items.hidden.activityId },
        { when: 'topic-wrong', topicId: topics['Light and air'], times: 4 },
      ],
      automatic: true,
    })
    const ready = await work(newLearner('ready'), items.leaves, 3)
    expect((await advice(ready.token, items.leaves))[0]).toMatchObject({
      reason: { code: 'score-from', share: 1 },
      target: { title: 'Exam of tomorrow' },
    })
    const shaky = newLearner('shaky')
    expect(await advice((await work(shaky, items.leaves, 1)).token, items.leaves)).toEqual([])
    await work(shaky, items.roots, 1)
    const again = await work(shaky, items.leaves, 1)
    expect((await advice(again.token, items.leaves))[0]).toMatchObject({
      reason: { code: 'topic-wrong', topic: 'Light and air', wrong: 4 },
    })
  })

  it('name the part of a video that was not watched; playing it is following it', async () => {
    await ask(teacher, 'PUT', planPath(items.clip), { rules: [{ when: 'watched-below', share: 0.9 }], automatic: false })
    const { token, data } = await launchAs(school, newLearner('skips'), items.clip.itemId)
    const attemptId = data.player.current.id
    const view = new View((body) => ask(token, 'POST', `/api/attempts/${attemptId}/watching`, body))
    await view.tell()
    await view.tell([0, 1])
    await ask(token, 'POST', `/api/attempts/${attemptId}/submit`, { key: randomUUID(), answers: [] })
    const [one] = await advice(token, items.clip)
    expect(one).toMatchObject({
      reason: { code: 'watched-below', limit: 0.9 },
      target: { activityId: items.clip.activityId, kind: 'video', span: { toSeconds: 100 } },
    })
    // Never shown: nothing that can have been followed.
    await ask(token, 'POST', `/api/advice/${one.id}/follow`)
    const personId = await personOf(token)
    expect(await events('personalization.recommendation.followed', personId)).toEqual([])
    await ask(token, 'POST', '/api/advice/shown', { adviceIds: [one.id] })
    for (let times = 0; times < 2; times++) await ask(token, 'POST', `/api/advice/${one.id}/follow`)
    expect((await events('personalization.recommendation.followed', personId)).map((it) => it.data.how)).toEqual(['played'])
  })

  it('lead from a quiz to a part of a video elsewhere in the course; at its launch it still stands, and playing half of it is following it', async () => {
    const part = { activityId: items.clip.activityId, fromSeconds: 20, toSeconds: 40 }
    const put = (span: unknown) =>
      callTool(school.origin, teacher, 'PUT', planPath(items.leaves), {
        rules: [{ when: 'score-below', share: 0.6, activityIds: [], span }],
        automatic: false,
      })
    expect((await put({ ...part, activityId: items.roots.activityId })).json.code).toBe('settings_invalid')
    expect((await put({ ...part, fromSeconds: 200, toSeconds: 300 })).json.code).toBe('settings_invalid')
    expect((await put({ ...part, activityId: randomUUID() })).json.code).toBe('activity_not_found')
    expect((await put(part)).json.plan.rules[0].span).toEqual(part)
    const learner = newLearner('led to a part')
    const { token } = await work(learner, items.leaves, 0)
    const [one] = await advice(token, items.leaves)
    const { fromSeconds, toSeconds } = part
    expect(one).toMatchObject({
      reason: { code: 'score-below', share: 0 },
      target: { activityId: items.clip.activityId, title: 'Clip', kind: 'video', span: { fromSeconds, toSeconds } },
    })
    await ask(token, 'POST', '/api/advice/shown', { adviceIds: [one.id] })
    const there = await launchAs(school, learner, items.clip.itemId)
    expect(await advice(there.token, items.clip)).toMatchObject([{ id: one.id }])
    const followed = async () => {
      for (let times = 0; times < 2; times++) await noteOpened()
      return (await events('personalization.recommendation.followed', await personOf(token))).map((it) => it.data)
    }
    // Opened, and played where the part is not, and too little of it.
    const viewId = randomUUID()
    const play = (from: number, to: number) =>
      ask(there.token, 'POST', `/api/attempts/${there.data.player.current.id}/events`, {
        sentAt: new Date().toISOString(),
        events: [
          { name: 'video.played', data: { viewId, seconds: from } },
          { name: 'video.paused', data: { viewId, seconds: to } },
        ].map((one) => ({ ...one, id: randomUUID(), at: new Date().toISOString() })),
      })
    await play(0, 25)
    expect(await followed()).toEqual([])
    await play(24, 32)
    expect(await followed()).toMatchObject([{ how: 'played', target: { title: 'Clip', span: { fromSeconds, toSeconds } } }])
  })

  it('can name only what is in the course, and must name something', async () => {
    const put = (rules: unknown[]) => callTool(school.origin, teacher, 'PUT', planPath(items.leaves), { rules, automatic: true })
    expect((await put([below(0.5, [randomUUID()])])).json.code).toBe('activity_not_found')
    expect((await put([{ when: 'topic-wrong', topicId: randomUUID(), times: 2 }])).status).toBe(404)
    expect((await put([below(0.5, [])])).json.code).toBe('settings_invalid')
    expect((await put([{ when: 'watched-below', share: 0.5 }])).json.code).toBe('settings_invalid')
    expect((await put([{ ...below(0.5, []), span: { fromSeconds: 1, toSeconds: 2 } }])).json.code).toBe('settings_invalid')
  })
})

describe('a learner', () => {
  it('whom two activities lead to one is told so once, and by dismissing it is rid of both', async () => {
    const stems = await placeQuiz('Stems', 'Light and air')
    for (const from of [items.leaves, stems])
      await ask(teacher, 'PUT', planPath(from), {
        rules: [{ when: 'score-below', share: 0.6, activityIds: [items.roots.activityId], span: null }],
        automatic: false,
      })
    const learner = newLearner('led twice')
    const { token: atLeaves } = await work(learner, items.leaves, 0)
    const { token: atStems } = await work(learner, stems, 0)
    const [one, ...more] = await advice(atStems, stems)
    expect([one.from.title, one.target.title, more]).toEqual(['Stems', 'Roots', []])
    const [other, ...others] = await advice(atLeaves, items.leaves)
    expect([other.from.title, other.target.title, others]).toEqual(['Leaves', 'Roots', []])
    expect((await ask(atStems, 'GET', '/api/my-activities')).advice).toHaveLength(1)
    await ask(atStems, 'POST', '/api/advice/shown', { adviceIds: [one.id] })
    await ask(atStems, 'POST', `/api/advice/${one.id}/dismiss`)
    expect(await advice(atStems, stems)).toEqual([])
    expect(await advice(atLeaves, items.leaves)).toEqual([])
    expect(await events('personalization.recommendation.dismissed', await personOf(atStems))).toHaveLength(1)
  })

  it('who dismisses advice does not see it again, also not after the next attempt', async () => {
    await ask(teacher, 'PUT', planPath(items.leaves), {
      rules: [{ when: 'score-below', share: 0.6, activityIds: [items.roots.activityId], span: null }],
      automatic: true,
    })
    const learner = newLearner('dismisses')
    const { token } = await work(learner, items.leaves, 0)
    const [one] = await advice(token, items.leaves)
    await ask(token, 'POST', '/api/advice/shown', { adviceIds: [one.id] })
    for (let times = 0; times < 2; times++) await ask(token, 'POST', `/api/advice/${one.id}/dismiss`)
    expect(await advice(token, items.leaves)).toEqual([])
    const again = await work(learner, items.leaves, 1)
    expect(await advice(again.token, items.leaves)).toEqual([])
    expect(await events('personalization.recommendation.dismissed', await personOf(token))).toHaveLength(1)
    const { rows } = await ask(teacher, 'GET', `/api/placements/${items.leaves.placementId}/advice-report`)
    expect(rows.find((row: Wire) => row.id === one.id)).toMatchObject({
      dismissedAt: expect.any(String),
      before: 0,
      after: expect.closeTo(1 / 3),
    })
    // Several pieces of one learner go by one number, also in a session that has dealt none yet.
    expect(new Set(rows.map((row: Wire) => row.personId)).size).toBeLessThan(rows.length)
    const { token: another } = await launchAs(school, 'teacher1', items.leaves.itemId)
    const unnamed = await ask(another, 'GET', `/api/placements/${items.leaves.placementId}/advice-report?as=pseudonyms`)
    expect(unnamed.rows).toHaveLength(rows.length)
    expect(new Set(unnamed.rows.map((row: Wire) => row.number)).size).toBe(new Set(rows.map((row: Wire) => row.personId)).size)
  })

  it('has a page of their own work in the course, with its topics, and of nothing that the LMS has not opened', async () => {
    const learner = newLearner('own page')
    await work(learner, items.leaves, 1)
    const { token } = await work(learner, items.roots, 3)
    await eventually('the score arrived', async () => {
      const { activities } = await ask(token, 'GET', '/api/my-activities')
      return activities.filter((it: Wire) => it.result?.sync.state === 'accepted').length === 2
    })
    const { activities, topics: again } = await ask(token, 'GET', '/api/my-activities')
    const line = (title: string) => activities.find((it: Wire) => it.title === title)
    expect(line('Leaves')).toMatchObject({ state: 'finished', attempts: 1, result: { score: 1, maxScore: 3 } })
    expect(line('Clip')).toMatchObject({ state: 'not-started', result: null })
    expect(line('Exam of tomorrow')).toBeUndefined()
    expect(again).toEqual([{ id: topics['Light and air'], name: 'Light and air', wrong: 2, asked: 6, activities: ['Leaves'] }])
  })

  it('hears nothing of topics while the answers may not be seen', async () => {
    const silent = await placeQuiz('Silent', 'Secrets', { showAnswers: 'never' })
    const { token } = await work(newLearner('silent'), silent, 0)
    await advice(token, silent)
    const { topics: again } = await ask(token, 'GET', '/api/my-activities')
    expect(again).toEqual([])
  })

  it('reads and changes nobody else’s, and no other placement’s', async () => {
    const { token: own } = await work(newLearner('one'), items.leaves, 0)
    const [theirs] = await advice(own, items.leaves)
    const { token } = await launchAs(school, newLearner('other'), items.leaves.itemId)
    for (const deed of ['dismiss', 'follow']) {
      const { status, json } = await callTool(school.origin, token, 'POST', `/api/advice/${theirs.id}/${deed}`)
      expect([status, json.code]).toEqual([404, 'advice_not_found'])
    }
    await ask(token, 'POST', '/api/advice/shown', { adviceIds: [theirs.id] })
    const [row] = await queryAlone<Wire>('select shown_at, dismissed_at from recommendations where id = $1', [theirs.id])
    expect(row).toEqual({ shown_at: null, dismissed_at: null })
    expect((await callTool(school.origin, token, 'GET', `/api/placements/${items.roots.placementId}/advice`)).status).toBe(404)
    expect(JSON.stringify(await ask(token, 'GET', '/api/my-activities'))).not.toContain(theirs.id)
    expect((await callTool(school.origin, token, 'GET', `/api/placements/${items.leaves.placementId}/advice-report`)).status).toBe(403)
    expect((await callTool(school.origin, token, 'GET', planPath(items.leaves))).status).toBe(403)
  })
})
