// What a deep-linking session may hand back, once, and how it reaches the LMS (attack case 22).
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { claim } from '../../fixtures/lms-simulator/index.ts'
import { startSchool, type TestSchool, type Wire } from './_app.ts'
import { claimsOf, openPicker, postToLms } from './_deep-linking.ts'

const sample = { kind: 'quiz', sampleId: 'rivers-and-climate' }
let moodle: TestSchool
beforeAll(async () => {
  moodle = await startSchool({ worker: false })
})
afterAll(() => moodle.stop())

const made = async (picker: { ask: Wire }, body: object = sample): Promise<Wire> => (await picker.ask('POST', '/api/activities', body)).json

describe('a choice', () => {
  it('comes with label, tag, text and windows on the item and on its column, in UTC', async () => {
    const picker = await openPicker(moodle)
    const { id } = await made(picker)
    const choice = {
      activityId: id,
      title: 'Rivers',
      text: 'Before Friday',
      points: 12,
      label: 'Homework 1',
      tag: 'homework',
      available: { startDateTime: '2026-12-01T08:00:00+01:00' },
      submission: { startDateTime: '2026-12-01T08:00:00Z', endDateTime: '2026-12-08T20:00:00-05:00' },
    }
    const form = await picker.ask('POST', '/api/deep-linking/return', { items: [choice] })
    expect(form.status).toBe(200)
    const [item] = claimsOf(form.json)[claim.contentItems]
    const submission = { startDateTime: '2026-12-01T08:00:00.000Z', endDateTime: '2026-12-09T01:00:00.000Z' }
    expect(item).toMatchObject({
      type: 'ltiResourceLink',
      title: 'Rivers',
      text: 'Before Friday',
      custom: { cuepoint_activity_id: id },
      available: { startDateTime: '2026-12-01T07:00:00.000Z' },
      submission,
      lineItem: { label: 'Homework 1', tag: 'homework', scoreMaximum: 12, resourceId: id, ...submission },
    })
    expect(item.url).toBe(`${moodle.origin}/lti/activities/${id}`)
    expect((await postToLms(moodle, form.json)).status).toBe(200)
    const placed = [...moodle.lms.state.items.values()].at(-1)
    expect(placed).toMatchObject({ title: 'Rivers', text: 'Before Friday', submission })
    expect(moodle.lms.state.lineItems.get(placed?.lineItemId ?? '')).toMatchObject({ label: 'Homework 1', tag: 'homework' })
  })

  it.each([
    ['a window that ends before it starts', { submission: { startDateTime: '2026-12-02T00:00:00Z', endDateTime: '2026-12-01T00:00:00Z' } }],
    ['a window that ends as it starts', { available: { startDateTime: '2026-12-01T00:00:00Z', endDateTime: '2026-12-01T01:00:00+01:00' } }],
    ['a time without a zone', { available: { startDateTime: '2026-12-01T00:00:00' } }],
    ['a day without a time', { submission: { endDateTime: '2026-12-01' } }],
    ['points below 0', { points: -1 }],
    ['no title', { title: ' ' }],
  ])('is refused with %s, and the session may still return', async (_what, wrong) => {
    const picker = await openPicker(moodle)
    const { id } = await made(picker)
    const right = { activityId: id, title: 'Rivers', points: 1 }
    expect((await picker.ask('POST', '/api/deep-linking/return', { items: [{ ...right, ...wrong }] })).status).toBe(400)
    expect((await picker.ask('POST', '/api/deep-linking/return', { items: [right] })).status).toBe(200)
  })

  it('of a draft, of another course’s activity or of one that is gone is refused', async () => {
    const picker = await openPicker(moodle)
    const draft = await made(picker, { kind: 'quiz', title: 'Not yet' })
    const gone = await made(picker)
    await picker.ask('DELETE', `/api/activities/${gone.id}`)
    const [, other] = [...moodle.lms.state.courses.keys()]
    const elsewhere = await openPicker(moodle, { person: teacherOf(other as string), course: other as string })
    const foreign = await made(elsewhere)
    const statusOf = async (activityId: string) =>
      (await picker.ask('POST', '/api/deep-linking/return', { items: [{ activityId, title: 'x', points: 1 }] })).json.code
    expect([await statusOf(draft.id), await statusOf(gone.id), await statusOf(foreign.id)]).toEqual([
      'activity_unpublished',
      'activity_not_found',
      'activity_not_found',
    ])
  })

  it('without points makes no column', async () => {
    const picker = await openPicker(moodle)
    const { id } = await made(picker)
    const form = await picker.ask('POST', '/api/deep-linking/return', { items: [{ activityId: id, title: 'Practice', points: 0 }] })
    expect(claimsOf(form.json)[claim.contentItems][0]).not.toHaveProperty('lineItem')
  })
})

describe('a session returns once', () => {
  it('also where two tabs return at the same moment', async () => {
    const picker = await openPicker(moodle)
    const { id } = await made(picker)
    const items = [{ activityId: id, title: 'Rivers', points: 1 }]
    const answers = await Promise.all([1, 2, 3].map(() => picker.ask('POST', '/api/deep-linking/return', { items })))
    expect(answers.map((it) => it.status).toSorted()).toEqual([200, 409, 409])
    expect((await picker.ask('POST', '/api/deep-linking/problem', { problem: 'failed' })).json.code).toBe('deep_linking_used')
  })

  it('and its form is taken once by the LMS: replayed, altered or for another deployment it is refused', async () => {
    const picker = await openPicker(moodle)
    const { id } = await made(picker)
    const { json: form } = await picker.ask('POST', '/api/deep-linking/return', { items: [{ activityId: id, title: 'R', points: 1 }] })
    const before = moodle.lms.state.items.size
    const [head, , signature] = form.fields.JWT.split('.')
    const altered = (change: object) => {
      const payload = Buffer.from(JSON.stringify({ ...claimsOf(form), ...change })).toString('base64url')
      return { ...form, fields: { JWT: `${head}.${payload}.${signature}` } }
    }
    for (const change of [{ [claim.deploymentId]: '99' }, { [claim.deepLinkingData]: 'mine' }, { [claim.contentItems]: [] }, { iss: 'me' }])
      expect((await postToLms(moodle, altered(change))).status).toBe(400)
    expect(moodle.lms.state.items.size).toBe(before)
    expect((await postToLms(moodle, form)).status).toBe(200)
    expect((await postToLms(moodle, form)).status).toBe(400)
    expect(moodle.lms.state.items.size).toBe(before + 1)
  })
})

describe('going back without a choice', () => {
  it('tells the LMS so, signed and with msg, when cancelled', async () => {
    const picker = await openPicker(moodle)
    const form = await picker.ask('POST', '/api/deep-linking/return', { items: [] })
    const before = moodle.lms.state.items.size
    expect((await postToLms(moodle, form.json)).status).toBe(200)
    expect(moodle.lms.state.items.size).toBe(before)
    expect(moodle.lms.returns.at(-1)).toEqual({
      message: 'Nothing was added.',
      error: null,
      log: 'cuepoint: cancelled',
      errorLog: null,
      items: [],
    })
  })

  it.each(['activity_gone', 'nothing_to_add', 'failed'])(
    'hands the error %s over with errormsg and errorlog, and the LMS shows it',
    async (problem) => {
      const picker = await openPicker(moodle)
      const form = await picker.ask('POST', '/api/deep-linking/problem', { problem })
      expect(form.status).toBe(200)
      const { status, page } = await postToLms(moodle, form.json)
      expect(status).toBe(200)
      const said = moodle.lms.returns.at(-1)
      expect(said).toMatchObject({ message: null, log: null, items: [], error: expect.stringContaining('Nothing was added') })
      expect(said?.errorLog).toContain(problem)
      const back = /id="onward"[^>]*href="([^"]+)"/.exec(page)?.[1]?.replaceAll('&amp;', '&') ?? ''
      const course = await fetch(new URL(back, moodle.lms.origin), { headers: { cookie: moodle.lms.sessionCookie('teacher1') } })
      expect(await course.text()).toContain(said?.error as string)
    },
  )

  it('echoes `data` exactly where the LMS sent some', async () => {
    const data = 'opaque é / + = " data'
    const change = (claims: Wire) => {
      claims[claim.deepLinkingSettings].data = data
    }
    for (const [path, body] of [
      ['/api/deep-linking/problem', { problem: 'failed' }],
      ['/api/deep-linking/return', { items: [] }],
    ] as const) {
      const picker = await openPicker(moodle, { change })
      expect(claimsOf((await picker.ask('POST', path, body)).json)[claim.deepLinkingData]).toBe(data)
    }
  })
})

describe('before the click', () => {
  const withSettings = (more: object) => (claims: Wire) => Object.assign(claims[claim.deepLinkingSettings], more)
  it.each([
    ['perhaps', () => {}],
    ['column', withSettings({ accept_lineitem: true })],
    ['none', withSettings({ accept_lineitem: false })],
    ['not_granted', (claims: Wire) => Object.assign(claims[claim.ags], { scope: [] })],
  ] as const)('the offer says what becomes of points: %s', async (grading, change) => {
    expect((await openPicker(moodle, { change })).offer).toMatchObject({ grading, acceptsLineItem: grading !== 'none', activityId: null })
  })

  it('one link means one', async () => {
    const picker = await openPicker(moodle, { change: withSettings({ accept_multiple: false }) })
    expect(picker.offer.acceptsMultiple).toBe(false)
    const { id } = await made(picker)
    const twice = { activityId: id, title: 'R', points: 1 }
    expect((await picker.ask('POST', '/api/deep-linking/return', { items: [twice, twice] })).json.code).toBe('deep_linking_refused')
  })

  it('a link that the LMS edits names its activity, and the answer takes its place', async () => {
    const first = await openPicker(moodle)
    const { id } = await made(first)
    const form = await first.ask('POST', '/api/deep-linking/return', { items: [{ activityId: id, title: 'To be edited', points: 3 }] })
    await postToLms(moodle, form.json)
    const placed = [...moodle.lms.state.items.values()].at(-1)
    const count = moodle.lms.state.items.size
    const again = await openPicker(moodle, { edit: placed?.id as string })
    expect(again.offer).toMatchObject({ activityId: id, acceptsMultiple: false })
    const changed = await again.ask('POST', '/api/deep-linking/return', { items: [{ activityId: id, title: 'Edited', points: 5 }] })
    expect((await postToLms(moodle, changed.json)).status).toBe(200)
    expect(moodle.lms.state.items.size).toBe(count)
    expect(moodle.lms.state.items.get(placed?.id as string)).toMatchObject({ title: 'Edited', custom: { cuepoint_activity_id: id } })
  })
})

function teacherOf(courseId: string): string {
  const member = moodle.lms.state.courses.get(courseId)?.members.find((each) => each.role === 'instructor')
  return moodle.lms.state.people.get(member?.personId ?? '')?.username ?? ''
}
