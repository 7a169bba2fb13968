// The dashboards over HTTP: a generated class works through a quiz, and every figure is checked against a computation of its own here.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queryAlone, transaction } from '../src/kernel/db.ts'
import { listenerNamed } from '../src/kernel/events/listeners.ts'
import { recordAll } from '../src/kernel/events/outbox.ts'
import type { Delivery } from '../src/kernel/module.ts'
import { callTool, eventually, startSchool, type TestSchool, type Wire } from './_app.ts'
import { launchAs, placeSample, rightAnswers } from './_journey.ts'

const sample = 'photosynthesis-and-cell-energy'
const size = 14
let school: TestSchool
let placementId: string
let instructor: string
let learnerToken: string

beforeAll(async () => {
  school = await startSchool({ env: { LOG_LEVEL: 'silent' } })
  const { itemId } = await placeSample(school, sample)
  for (let at = 0; at < size; at++) await work(itemId, at)
  await launchAs(school, addLearner('late'), itemId)
  const teacher = await launchAs(school, 'teacher1', itemId)
  instructor = teacher.token
  placementId = teacher.data.session.placement.id
  await eventually('all was counted', async () => (await insight()).version.attempts === size, 60_000)
})
afterAll(() => school?.stop())

function addLearner(name: string): string {
  return school.lms.addPerson({ givenName: 'Learner', familyName: name, courses: { '2': 'learner' } }).id
}

/** A learner of ability `at` looks at each question, changes the first answer once, and hands in what such a one knows. */
async function work(itemId: string, at: number): Promise<void> {
  const { token, data } = await launchAs(school, addLearner(String(at)), itemId)
  learnerToken = token
  const { id, questions } = data.player.current
  const knows = (question: number): boolean => (at * 5 + question * 3) % size < at + 2
  const answers = rightAnswers(sample, questions).map((answer, question) =>
    knows(question) ? answer : { ...answer, value: wrong(answer.value, questions[question]) },
  )
  const { session } = data
  const [row] = await queryAlone<Wire>(
    `select institution_id "institutionId", course_id "courseId", person_id "personId", placement_id "placementId", activity_id "activityId",
       version_id "versionId", number, locale, practice from attempts where id = $1`,
    [id],
  )
  const { institutionId, courseId, personId, placementId: at_, ...about } = row
  const scope = { institutionId, courseId, personId, placementId: session.placement.id ?? at_ }
  const of = { attemptId: id, ...about }
  await transaction((tx) =>
    recordAll(tx, [
      ...questions.map((question: Wire) => ({
        name: 'assessment.question.shown' as const,
        ...scope,
        data: { ...of, questionId: question.id },
      })),
      { name: 'assessment.answer.changed' as const, ...scope, data: { ...of, questionId: questions[0].id, times: 2 } },
    ]),
  )
  const done = await callTool(school.origin, token, 'POST', `/api/attempts/${id}/submit`, { key: randomUUID(), answers })
  if (done.status !== 200) throw new Error(done.text)
}

function wrong(value: Wire, question: Wire): Wire {
  if (value.kind === 'single-choice') return { ...value, choiceId: question.choices.find((it: Wire) => it.id !== value.choiceId).id }
  if (value.kind === 'true-false') return { ...value, value: !value.value }
  if (value.kind === 'multiple-choice') return { ...value, choiceIds: [] }
  if (value.kind === 'ordering') return { ...value, itemIds: [...value.itemIds].reverse() }
  if (value.kind === 'matching') return { ...value, matches: [] }
  return { ...value, text: '4711' }
}

const ask = (path: string, token = instructor) => callTool(school.origin, token, 'GET', path)
async function insight(): Promise<Wire> {
  const { status, json, text } = await ask(`/api/placements/${placementId}/insight/latest`)
  if (status !== 200) throw new Error(text)
  return json
}

/** The graded attempts as they stand in the database, and the plain textbook formulas over them. */
async function byHand() {
  const attempts = await queryAlone<{ person_id: string; graded: { questionId: string; score: number }[]; points: Record<string, number> }>(
    `select a.person_id, a.graded, (select jsonb_object_agg(q->>'id', (q->>'points')::float8) from jsonb_array_elements(v.document->'questions') q) points
     from attempts a join versions v on v.id = a.version_id where a.placement_id = $1 and a.state = 'submitted' and not a.practice`,
    [placementId],
  )
  const of = (questionId: string) => {
    const pairs = attempts.map(({ graded, points }) => {
      const max = Object.values(points).reduce((sum, it) => sum + it, 0)
      const all = graded.reduce((sum, it) => sum + it.score, 0)
      const score = graded.find((it) => it.questionId === questionId)?.score ?? 0
      const own = points[questionId] ?? 0
      return { x: score / own, rest: (all - score) / (max - own) }
    })
    const mean = (values: number[]) => values.reduce((sum, it) => sum + it, 0) / values.length
    const [mx, mr] = [mean(pairs.map((it) => it.x)), mean(pairs.map((it) => it.rest))]
    const covariance = mean(pairs.map((it) => (it.x - mx) * (it.rest - mr)))
    const deviation = (values: number[], m: number) => Math.sqrt(mean(values.map((it) => (it - m) ** 2)))
    const spread =
      deviation(
        pairs.map((it) => it.x),
        mx,
      ) *
      deviation(
        pairs.map((it) => it.rest),
        mr,
      )
    return { facility: mx, discrimination: spread === 0 ? null : covariance / spread, right: pairs.filter((it) => it.x === 1).length }
  }
  return { attempts, of }
}

describe('The dashboard of a class', () => {
  it('has facility and discrimination of each question as the formulas say', async () => {
    const { items } = await insight()
    const hand = await byHand()
    expect(items.length).toBe(8)
    for (const item of items) {
      const mine = hand.of(item.questionId)
      expect(item.n).toBe(size)
      expect(item.right).toBe(mine.right)
      expect(item.facility.value).toBeCloseTo(mine.facility, 3)
      if (mine.discrimination === null) expect(item.discrimination).toBeNull()
      else expect(item.discrimination.value).toBeCloseTo(mine.discrimination, 2)
      expect(item.facility.low).toBeLessThan(item.facility.value + 0.001)
      expect(item.facility.high).toBeGreaterThan(item.facility.value - 0.001)
    }
  })

  it('tells who gave what, by thirds of ability, and knows the key', async () => {
    const { items, thirds } = await insight()
    expect(thirds.reduce((sum: number, it: number) => sum + it, 0)).toBe(size)
    for (const item of items.filter((it: Wire) => it.kind === 'single-choice' || it.kind === 'true-false')) {
      const counts = item.given.map((it: Wire) => it.count)
      expect(counts.reduce((sum: number, it: number) => sum + it, 0)).toBe(size - item.blank)
      for (const row of item.given) expect(row.thirds.reduce((sum: number, it: number) => sum + it, 0)).toBe(row.count)
      expect(item.given.filter((it: Wire) => it.right).map((it: Wire) => it.count)).toEqual([item.right])
    }
  })

  it('knows of what was typed whether it is right', async () => {
    const typed = (await insight()).items.filter((it: Wire) => ['number', 'short-text'].includes(it.kind))
    expect(typed.length).toBeGreaterThan(0)
    for (const item of typed) {
      expect(item.given.find((it: Wire) => it.text === '4711')).toMatchObject({ right: false })
      const right = item.given.filter((it: Wire) => it.right === true)
      expect(right.reduce((sum: number, it: Wire) => sum + it.count, 0)).toBe(item.right)
    }
  })

  it('counts how often an answer was changed', async () => {
    const { items } = await insight()
    expect(items.reduce((sum: number, it: Wire) => sum + it.changed, 0)).toBe(size)
  })

  it('has the class: who started and finished, the scores by tenths, the state of the gradebook', async () => {
    await eventually('all scores arrived', async () => (await insight()).class.sync.accepted === size, 60_000)
    const { class: it, learners } = await insight()
    expect(it.funnel.finished).toBe(size)
    expect(it.funnel.started).toBe(size + 1)
    expect(it.funnel.enrolled).toBeGreaterThanOrEqual(it.funnel.started)
    const shares = learners.flatMap((one: Wire) => (one.share === null ? [] : [one.share]))
    expect(shares.length).toBe(size)
    const tenths = new Array(10).fill(0)
    for (const share of shares) tenths[Math.min(9, Math.floor(share * 10 + 1e-9))]++
    expect(it.scores).toEqual(tenths)
    expect(it.meanShare).toBeCloseTo(shares.reduce((sum: number, one: number) => sum + one, 0) / size, 6)
  })

  it('knows by events of each launch, placement, hand-in and score that there was', async () => {
    const rows = await queryAlone<{ name: string; n: number }>(
      'select name, count(*)::int n from events where placement_id = $1 group by name',
      [placementId],
    )
    const told = Object.fromEntries(rows.map(({ name, n }) => [name, n]))
    expect(told).toMatchObject({
      'identity.placement.added': 1,
      'assessment.attempt.submitted': size,
      'assessment.attempt.graded': size,
      'gradebook.score.waiting': size,
      'gradebook.score.accepted': size,
    })
    expect(told['identity.session.opened']).toBeGreaterThan(size)
    expect(told['assessment.attempt.opened']).toBeGreaterThan(size)
  })

  it('lists who has not started, and says why somebody may need a word', async () => {
    const { learners } = await insight()
    const codes = (one: Wire) => one.concerns.map((it: Wire) => it.code)
    for (const one of learners.filter((it: Wire) => it.attempts === 0)) expect(codes(one)).toContain('not-started')
    for (const one of learners) expect(codes(one).includes('low-score')).toBe(one.share !== null && one.share < 0.5)
    expect(learners.some((it: Wire) => it.attempts === 0)).toBe(true)
  })

  it('replays what one learner did, in order', async () => {
    const { learners } = await insight()
    const { personId } = learners.find((it: Wire) => it.state === 'finished')
    const { json } = await ask(`/api/placements/${placementId}/learners/${personId}/story`)
    const whats = json.timeline.map((it: Wire) => it.what)
    expect(whats[0]).toBe('identity.session.opened')
    expect(whats.filter((it: string) => it === 'assessment.question.shown').length).toBe(8)
    expect(whats.indexOf('assessment.attempt.opened')).toBeLessThan(whats.indexOf('assessment.attempt.submitted'))
    expect(json.attempts).toHaveLength(1)
    // What was handed in, in the words of the questions, with what it earned.
    const { marks, score } = json.timeline.find((it: Wire) => it.what === 'assessment.attempt.submitted')
    expect(marks.map((it: Wire) => it.question)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
    expect(marks.reduce((sum: number, it: Wire) => sum + it.score, 0)).toBeCloseTo(score, 6)
    const { items } = await insight()
    for (const { question, kind, given } of marks.filter((it: Wire) => it.kind === 'single-choice'))
      expect([kind, items[question - 1].given.map((it: Wire) => it.text)]).toEqual([kind, expect.arrayContaining(given)])
  })

  it('goes into a spreadsheet table by table, and no cell of it runs', async () => {
    const { learners, items } = await insight()
    for (const [table, lines] of [
      ['class', learners.length + 1],
      ['questions', 9],
      ['given', items.reduce((sum: number, it: Wire) => sum + it.given.length, 1)],
      ['funnel', 5],
      ['scores', 11],
      ['sync', 5],
      ['cues', 1],
      ['speeds', 1],
      ['video', 1],
    ] as const) {
      const { json, status } = await ask(`/api/placements/${placementId}/insight/latest/csv/${table}`)
      expect(status).toBe(200)
      expect(json.csv.trim().split('\r\n')).toHaveLength(lines)
      expect(json.csv).not.toMatch(/(^|,)"?[=+@]/m)
    }
    const { personId } = learners.find((it: Wire) => it.state === 'finished')
    const story = (await ask(`/api/placements/${placementId}/learners/${personId}/story`)).json
    const { json } = await ask(`/api/placements/${placementId}/learners/${personId}/story/csv`)
    const rows = json.csv.trim().split('\r\n')
    expect(rows).toHaveLength(story.timeline.length + 8 + 1)
    expect(rows.filter((it: string) => it.includes(',answer,'))).toHaveLength(8)
  })

  it('is for teachers of the course only', async () => {
    for (const path of ['insight/latest', 'insight/latest/csv/class', 'insight-live'])
      expect((await ask(`/api/placements/${placementId}/${path}`, learnerToken)).status).toBe(403)
    expect((await ask(`/api/placements/${randomUUID()}/insight/latest`)).status).toBe(404)
    expect((await ask(`/api/placements/${placementId}/insight/${randomUUID()}`)).status).toBe(404)
  })
})

describe('The sums', () => {
  it('stay as they are when deliveries come again, mixed up', async () => {
    const sums = () => queryAlone('select version_id, sums from insight_sums where placement_id = $1', [placementId])
    const before = await sums()
    const events = await queryAlone<Wire>(
      `select id, name, version, institution_id "institutionId", course_id "courseId", person_id "personId", placement_id "placementId", data,
         occurred_at "occurredAt" from events where placement_id = $1 and name like 'assessment.%' and data ? 'attemptId' order by random()`,
      [placementId],
    )
    const keep = listenerNamed('analytics.keep-insight')
    const heard = events.filter((it) => keep?.hears.includes(it.name as never))
    const batch = [...heard, ...heard].map(
      (event) => ({ id: '0', event, target: '', lane: placementId, attempt: 2, trace: null }) as Delivery,
    )
    expect(batch.length).toBeGreaterThan(200)
    for (let at = 0; at < batch.length; at += 50) await keep?.run(batch.slice(at, at + 50), { signal: AbortSignal.timeout(60_000) })
    expect(await sums()).toEqual(before)
  })

  it('are the same when they are counted anew from the events', async () => {
    const read = () => queryAlone('select version_id, sums from insight_sums where placement_id = $1', [placementId])
    const before = await read()
    await queryAlone('delete from insight_sums where placement_id = $1', [placementId])
    await queryAlone('delete from insight_facts where placement_id = $1', [placementId])
    const [one] = await queryAlone<Wire>(
      `select jsonb_agg(jsonb_build_object('id', id, 'name', name, 'institutionId', institution_id, 'personId', person_id, 'placementId', placement_id, 'data', data)) all
       from events where placement_id = $1 and name = 'assessment.attempt.submitted' and not (data->>'practice')::boolean`,
      [placementId],
    )
    const batch = one.all.map((event: Wire) => ({ id: '0', event, target: '', lane: placementId, attempt: 1, trace: null }))
    await listenerNamed('analytics.keep-insight')?.run(batch, { signal: AbortSignal.timeout(60_000) })
    const finished = (rows: Wire[]) => rows.map(({ sums }) => ({ ...sums, watch: null }))
    expect(finished(await read())).toEqual(finished(before))
  })

  it('tell an open dashboard that they have changed', async () => {
    const answer = await fetch(`${school.origin}/api/placements/${placementId}/insight-live`, {
      headers: { authorization: `Bearer ${instructor}` },
    })
    expect(answer.status).toBe(200)
    const reader = answer.body?.getReader()
    const read = async () => new TextDecoder().decode((await reader?.read())?.value)
    expect(await read()).toContain('"changed":false')
    await work([...school.lms.state.items.keys()].at(-1) ?? '', size)
    expect(await read()).toContain('"changed":true')
    await reader?.cancel()
  })
})
