// The rules of an activity in a course that has it from another: copied or shared.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AdvisedSchool, planPath, startAdvisedSchool } from './_advice.ts'
import { eventually, launchDataIn, type TestSchool, type Wire } from './_app.ts'
import { launchAs } from './_journey.ts'

let school: TestSchool
let teacher: string
let { topics, items, ask, work, advice, newLearner } = {} as AdvisedSchool
beforeAll(async () => {
  ;({ school, teacher, topics, items, ask, work, advice, newLearner } = await startAdvisedSchool())
})
afterAll(() => school?.stop())

describe('rules of an activity that is shared with a copied course', () => {
  it('are followed there as they are in the course that owns it, also when they change, until they are saved there', async () => {
    const rule = { when: 'score-below', share: 0.6, activityIds: [items.roots.activityId], span: null }
    const later = { when: 'score-below', share: 0.6, activityIds: [items.leaves.activityId], span: null }
    const hidden = planPath(items.hidden)
    await ask(teacher, 'PUT', hidden, { rules: [rule], automatic: false })
    const copy = await school.lms.copyCourse('2', { title: 'Biology, spring' })
    const itemCalled = (title: string) => [...school.lms.state.items.values()].find((it) => it.courseId === copy.id && it.title === title)
    const share = async (title: string) => {
      const { token, data } = await launchAs(school, 'teacher1', itemCalled(title)?.id ?? '')
      const { placement } = data.session
      await ask(token, 'PUT', `/api/placements/${placement.id}/origin`, { decision: 'share', all: false })
      return { token, itemId: itemCalled(title)?.id ?? '', placementId: placement.id as string }
    }
    const exam = await share('Exam of tomorrow')
    const there = planPath(exam)
    expect(await ask(exam.token, 'GET', there)).toMatchObject({
      plan: { rules: [], automatic: false },
      cameFrom: { courseTitle: 'Introduction to Biology', by: 'share', missing: ['Roots'] },
    })
    await share('Roots')
    expect(await ask(exam.token, 'GET', there)).toMatchObject({ plan: { rules: [rule] }, cameFrom: { missing: [] } })
    const { token } = await work(newLearner('of spring', copy.id), exam, 0)
    expect((await advice(token, exam)).map((it) => it.target.title)).toEqual(['Roots'])

    await share('Leaves')
    await ask(teacher, 'PUT', hidden, { rules: [later], automatic: false })
    await eventually('who has handed it in there is advised by what changed', async () => {
      const [one] = await advice(token, exam)
      return one?.target.title === 'Leaves'
    })
    // Its own from now on.
    expect(await ask(exam.token, 'PUT', there, { rules: [rule], automatic: false })).toMatchObject({ cameFrom: null })
    await ask(teacher, 'PUT', hidden, { rules: [], automatic: false })
    expect(await ask(exam.token, 'GET', there)).toMatchObject({ plan: { rules: [rule] }, cameFrom: null })
  })
})

describe('rules of an activity that is copied into another course', () => {
  it('come along; what they name is looked for there, found when it is copied later, and said where it is not', async () => {
    const { token: elsewhere } = launchDataIn(
      await (
        (await school.lms.journey.walkLaunch({ person: 'teacher1', deepLink: { course: '3' }, launch: true })).response as Response
      ).text(),
    ) as Wire
    const rule = { when: 'score-below', share: 0.6, activityIds: [items.roots.activityId], span: null }
    await ask(teacher, 'PUT', planPath(items.leaves), {
      rules: [
        { ...rule, span: { activityId: items.clip.activityId, fromSeconds: 20, toSeconds: 40 } },
        { when: 'score-from', share: 0.9, activityId: items.hidden.activityId },
        { when: 'topic-wrong', topicId: topics['Light and air'], times: 2 },
      ],
      automatic: false,
    })
    const from = (await ask(elsewhere, 'GET', '/api/other-courses')).courses.find((it: Wire) =>
      it.activities.some((one: Wire) => one.id === items.leaves.activityId),
    )
    const copy = (activityId: string) => ask(elsewhere, 'POST', `/api/other-courses/${from.id}/activities/${activityId}/copy`)
    const leaves = await copy(items.leaves.activityId)
    const item = school.lms.addItem({
      ...{ course: '3', title: 'Leaves', custom: { cuepoint_activity_id: leaves.id } },
      url: `${school.origin}/lti/activities/${leaves.id}`,
    })
    const { token, data } = await launchAs(school, 'teacher1', item.id)
    const path = planPath({ placementId: data.session.placement.id })
    await eventually('the rules came along', async () => (await ask(token, 'GET', path)).cameFrom !== null)
    const first = await ask(token, 'GET', path)
    const [topic] = first.topics
    expect(topic).toMatchObject({ name: 'Light and air' })
    expect(topic.id).not.toBe(topics['Light and air'])
    expect(first.plan).toEqual({ rules: [{ when: 'topic-wrong', topicId: topic.id, times: 2 }], automatic: false })
    expect(first.cameFrom).toMatchObject({ courseTitle: from.title, by: 'copy' })
    expect([...first.cameFrom.missing].sort()).toEqual(['Clip', 'Exam of tomorrow', 'Roots'])

    const [roots, clip] = [await copy(items.roots.activityId), await copy(items.clip.activityId)]
    const later = await ask(token, 'GET', path)
    expect(later.cameFrom.missing).toEqual(['Exam of tomorrow'])
    expect(later.plan.rules[0]).toEqual({
      ...{ ...rule, activityIds: [roots.id] },
      span: { activityId: clip.id, fromSeconds: 20, toSeconds: 40 },
    })
    // A learner there is advised by them.
    const there = await launchAs(school, newLearner('elsewhere', '3'), item.id)
    await ask(there.token, 'POST', `/api/attempts/${there.data.player.current.id}/submit`, { key: randomUUID(), answers: [] })
    expect((await advice(there.token, { placementId: data.session.placement.id })).map((it) => it.target.activityId)).toEqual(
      expect.arrayContaining([clip.id, roots.id]),
    )
    const saved = await ask(token, 'PUT', path, later.plan)
    expect(saved).toMatchObject({ plan: later.plan, cameFrom: null })
    await copy(items.hidden.activityId)
    expect(await ask(token, 'GET', path)).toMatchObject({ plan: later.plan, cameFrom: null })
  })
})
