// The figures against a published item analysis (LSAT section 6, Bock & Lieberman 1970: 1,000 people, 5 questions; its statistics as
// printed in the manual of R's ltm package), and the sums' promise: order and repeats do not matter, taking back leaves nothing.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Aggregate, emptyAggregate, fold } from './aggregates.ts'
import { type AttemptFact, factOf } from './facts.ts'
import { alertsOf } from './item-alerts.ts'
import { alphaOf, discriminationOf, facilityOf, givenOf, medianSeconds, thirdsOf, wilson } from './item-statistics.ts'
import { type Told, whenPlayed } from './plays.ts'

/** How many had each pattern of right (1) and wrong (0), from 00000 to 11111. */
const patterns = [
  ...[3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15],
  ...[10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298],
]

function attemptFact(marks: readonly number[], id: string, given: readonly string[][] = []): AttemptFact {
  const sum = marks.reduce((all, mark) => all + mark, 0)
  const share = (points: number, of: number) => Math.round((points / of) * 10_000)
  const items = marks.map((mark, at) => ({
    questionId: `q${at + 1}`,
    share: share(mark, 1),
    rest: share(sum - mark, marks.length - 1),
    given: given[at] ?? [String(mark)],
    seconds: 20,
    changes: 0,
  }))
  return {
    attemptId: id,
    versionId: 'v',
    personId: id,
    number: 1,
    watch: null,
    submitted: { share: share(sum, marks.length), seconds: 100, items },
  }
}

const lsat = patterns.flatMap((count, pattern) =>
  Array.from({ length: count }, (_, at) =>
    attemptFact(
      [16, 8, 4, 2, 1].map((bit) => (pattern & bit ? 1 : 0)),
      `${pattern}-${at}`,
    ),
  ),
)
const added = (facts: readonly AttemptFact[]): Aggregate => {
  const aggregate = emptyAggregate()
  for (const fact of facts) fold(aggregate, fact, 1)
  return aggregate
}

describe('A published item analysis comes out the same', () => {
  const aggregate = added(lsat)
  const item = (id: string) => aggregate.items[id] ?? fail()
  const fail = () => {
    throw new Error('no such item')
  }

  it('facility of each question', () => {
    expect(['q1', 'q2', 'q3', 'q4', 'q5'].map((id) => facilityOf(item(id))?.value)).toEqual([0.924, 0.709, 0.553, 0.763, 0.87])
  })
  it('discrimination against the rest of the test', () => {
    const found = ['q1', 'q2', 'q3', 'q4', 'q5'].map((id) => discriminationOf(item(id))?.value ?? 0)
    for (const [at, published] of [0.1128, 0.1532, 0.1728, 0.1444, 0.1216].entries()) expect(found[at]).toBeCloseTo(published, 3)
  })
  it('internal consistency', () => {
    expect(alphaOf(aggregate)).toBeCloseTo(0.295, 3)
  })
})

describe('Sums', () => {
  const facts = fc.array(
    fc.record({ marks: fc.array(fc.constantFrom(0, 0.25, 0.5, 1), { minLength: 4, maxLength: 4 }), id: fc.uuid(), seconds: fc.nat(5000) }),
    { maxLength: 30 },
  )
  const factFrom = ({ marks, id, seconds }: { marks: number[]; id: string; seconds: number }): AttemptFact => {
    const fact = attemptFact(marks, id)
    if (fact.submitted) fact.submitted.seconds = seconds
    fact.watch = {
      lengthSeconds: 120,
      played: [[0, marks[0] ? 100 : 20]],
      sent: marks[2] ? [[10, 15 + (seconds % 50)]] : [],
      pausedAt: [seconds % 120],
      ...{ backTo: [3], aheadTo: [], speeds: { '1': 20.5 }, completed: seconds % 2 === 0, firstTries: { c1: marks[1] === 1 } },
      // Facts of before do not say it.
      ...(marks[3] ? { slowedAt: [seconds % 120] } : {}),
    }
    return fact
  }
  it('do not depend on the order', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const all = given.map(factFrom)
        expect(added(all.toReversed())).toEqual(added(all))
      }),
    )
  })
  it('are empty again when all is taken back', () => {
    fc.assert(
      fc.property(facts, (given) => {
        const all = given.map(factFrom)
        const aggregate = added(all)
        for (const fact of all) fold(aggregate, fact, -1)
        expect(aggregate).toEqual(emptyAggregate())
      }),
    )
  })
})

it('Who goes no further is counted at that moment; who has seen the end is not', () => {
  const watching = (until: number, completed: boolean): AttemptFact => ({
    ...attemptFact([1], `${until}`),
    watch: {
      lengthSeconds: 10,
      played: [[0, until]],
      ...{ sent: [], pausedAt: [], backTo: [], aheadTo: [], speeds: {}, firstTries: {} },
      completed,
    },
  })
  const { watch } = added([watching(3, false), watching(3.5, false), watching(10, true), watching(10, false)])
  expect(watch?.leftAt).toEqual([0, 0, 1, 1, 0, 0, 0, 0, 0, 1])
  expect([watch?.attempts, watch?.completed]).toEqual([4, 1])
})

it('What a question sends its learner back to is watched again by nobody’s wish; whoever had skipped it sees it for the first time', () => {
  const watching = (played: [number, number][], sent: [number, number][], id: string): AttemptFact => ({
    ...attemptFact([1], id),
    watch: { lengthSeconds: 4, played, sent, ...{ pausedAt: [], backTo: [], aheadTo: [], speeds: {}, firstTries: {} }, completed: true },
  })
  const { watch } = added([
    watching([[0, 4]], [[1, 3]], 'all'),
    watching(
      [[2, 4]],
      [
        [1, 3],
        [1, 3],
      ],
      'skipped',
    ),
  ])
  expect([watch?.plays, watch?.viewers, watch?.sent]).toEqual([
    [1, 4, 5, 2],
    [1, 2, 2, 2],
    [0, 2, 3, 0],
  ])
})

describe('Small classes', () => {
  it('get wide intervals, and no discrimination', () => {
    expect(wilson(1, 3)).toMatchObject({ value: 1, high: 1 })
    expect(wilson(1, 3).low).toBeLessThan(0.5)
    expect(discriminationOf(added(lsat.slice(0, 9)).items.q1 ?? fail())).toBeNull()
    function fail(): never {
      throw new Error('no item')
    }
  })
})

/** So many attempts with a total, who give `option` to the question q1. */
const choosing = (count: number, mark: number, option: string, others: number, from: number) =>
  Array.from({ length: count }, (_, at) => attemptFact([mark, others, others, others], `${from + at}`, [[option], [], [], []]))
const judge = (facts: readonly AttemptFact[], right: string, options: readonly string[]) => {
  const aggregate = added(facts)
  const sums = aggregate.items.q1
  if (!sums) throw new Error('no item')
  const thirds = thirdsOf(aggregate.totals)
  return alertsOf(sums, {
    given: givenOf(sums, thirds),
    thirds,
    right: new Set([right]),
    options,
    typicalSeconds: medianSeconds(sums.seconds),
  })
}

describe('Alerts', () => {
  it('doubt a key that the strong did not choose', () => {
    const facts = [...choosing(12, 0, 'b', 1, 0), ...choosing(12, 1, 'a', 0, 100), ...choosing(6, 0, 'c', 0, 200)]
    expect(judge(facts, 'a', ['a', 'b', 'c']).map(({ code, what }) => [code, what])).toContainEqual(['key-may-be', 'b'])
  })
  it('leave a good question alone', () => {
    const facts = [
      ...choosing(14, 1, 'a', 1, 0),
      ...choosing(6, 1, 'a', 0, 50),
      ...choosing(8, 0, 'b', 0, 100),
      ...choosing(6, 0, 'c', 0, 200),
    ]
    expect(judge(facts, 'a', ['a', 'b', 'c'])).toEqual([])
  })
  it('name an option that nobody chose, once there are enough', () => {
    const facts = [...choosing(20, 1, 'a', 1, 0), ...choosing(15, 0, 'b', 0, 100)]
    expect(judge(facts, 'a', ['a', 'b', 'd']).map(({ code, what }) => [code, what])).toContainEqual(['never-chosen', 'd'])
    expect(judge(facts.slice(0, 8), 'a', ['a', 'b', 'd'])).toEqual([])
  })
})

describe('The fact of an attempt', () => {
  const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 10, 0, seconds))
  const about = { versionId: 'v', number: 1, attemptId: 'a' }
  const told = (id: string, name: string, seconds: number, data: Record<string, unknown> = {}): Told => ({
    ...{ id, name: name as Told['name'], occurredAt: at(seconds), sequence: Number.parseInt(id, 36), data: { ...about, ...data } },
  })
  const question = (questionId: string, score: number, choiceId: string | null) => ({
    ...{ questionId, score, maxScore: 1, kind: 'single-choice', topicIds: [] },
    answer: choiceId === null ? null : { kind: 'single-choice', choiceId },
  })
  const events: Told[] = [
    told('1', 'assessment.question.shown', 0, { questionId: 'q1' }),
    told('2', 'assessment.answer.changed', 5, { questionId: 'q1', times: 1 }),
    told('3', 'assessment.question.shown', 10, { questionId: 'q2' }),
    told('4', 'assessment.question.shown', 40, { questionId: 'q1' }),
    told('5', 'assessment.answer.changed', 45, { questionId: 'q1', times: 2 }),
    told('6', 'assessment.attempt.submitted', 60, {
      ...{ startedAt: at(0).toISOString(), submittedAt: at(60).toISOString(), score: 1, maxScore: 2 },
      questions: [question('q1', 1, 'x'), question('q2', 0, null)],
    }),
  ]
  it('says how long each question was on show, and how often its answer changed', () => {
    expect(factOf('a', 'p', events)?.submitted).toEqual({
      share: 5000,
      seconds: 60,
      items: [
        { questionId: 'q1', share: 10_000, rest: 0, given: ['x'], seconds: 30, changes: 2 },
        { questionId: 'q2', share: 0, rest: 10_000, given: [], seconds: 30, changes: 0 },
      ],
    })
  })
  it('says nothing of the questions where the server closed it with nothing in it', () => {
    const closed = events.map((one) => (one.name === 'assessment.attempt.submitted' ? { ...one, data: { ...one.data, empty: true } } : one))
    expect(factOf('a', 'p', closed)).toMatchObject({ number: 1, submitted: null })
  })
  it('is the same in any order and with events that came twice', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...events, ...events], { minLength: 12 }), (mixed) => {
        expect(factOf('a', 'p', mixed)).toEqual(factOf('a', 'p', events))
      }),
    )
  })
  it('knows what was played, page by page, repeats included', () => {
    const video = (id: string, name: string, seconds: number, data: Record<string, unknown>, viewId = 'w1') =>
      told(id, `assessment.video.${name}`, seconds, { viewId, lengthSeconds: 100, ...data })
    const fact = factOf('a', 'p', [
      video('1', 'initialized', 0, {}),
      video('2', 'played', 1, { seconds: 0 }),
      video('3', 'seeked', 11, { fromSeconds: 10, toSeconds: 4 }),
      video('4', 'paused', 17, { seconds: 10 }),
      video('5', 'played', 20, { seconds: 10 }),
      video('6', 'terminated', 30, { seconds: 20 }),
      video('7', 'played', 31, { seconds: 50 }, 'w2'),
      video('8', 'paused', 36, { seconds: 60 }, 'w2'),
    ])
    expect(fact?.watch).toMatchObject({ pausedAt: [10, 60], backTo: [4], lengthSeconds: 100 })
    expect(fact?.watch?.played).toEqual([
      [0, 10],
      [4, 10],
      [10, 20],
      [50, 60],
    ])
  })
  it('knows where the speed was turned down, and not where it was turned up or begins anew', () => {
    const video = (id: string, name: string, seconds: number, data: Record<string, unknown>, viewId = 'w1') =>
      told(id, `assessment.video.${name}`, seconds, { viewId, lengthSeconds: 100, ...data })
    const turned = (id: string, seconds: number, speed: number) =>
      video(id, 'interacted', seconds, { seconds, what: 'speed', state: { speed } })
    const fact = factOf('a', 'p', [
      video('1', 'initialized', 0, { state: { speed: 1 } }),
      video('2', 'played', 0, { seconds: 0, speed: 1 }),
      turned('3', 4, 1.5),
      turned('4', 7, 0.75),
      video('5', 'interacted', 8, { seconds: 8, what: 'volume', state: { speed: 0.75, volume: 1 } }),
      turned('6', 9, 0.5),
      video('7', 'paused', 10, { seconds: 10 }),
      video('8', 'initialized', 20, { state: { speed: 0.5 } }, 'w2'),
      video('9', 'played', 21, { seconds: 20, speed: 0.5 }, 'w2'),
    ])
    expect(fact?.watch?.slowedAt).toEqual([7, 9])
    const sums = emptyAggregate()
    if (fact) fold(sums, fact, 1)
    expect(sums.watch?.slowed?.flatMap((count, at) => (count > 0 ? [at] : []))).toEqual([7, 9])
  })
  it('tells the player’s own stops and ways back from what its viewer wished', () => {
    const video = (id: string, name: string, seconds: number, data: Record<string, unknown>) =>
      told(id, `assessment.video.${name}`, seconds, { viewId: 'w1', lengthSeconds: 100, ...data })
    const by = 'video'
    const fact = factOf('a', 'p', [
      video('1', 'played', 0, { seconds: 0 }),
      video('2', 'paused', 30, { seconds: 30, by }),
      // The answer was wrong: back to 0:20, on to the question again, and past it.
      video('3', 'seeked', 40, { fromSeconds: 30, toSeconds: 20, by }),
      video('4', 'played', 41, { seconds: 20 }),
      video('5', 'paused', 46, { seconds: 25 }),
      video('6', 'played', 47, { seconds: 25 }),
      video('7', 'paused', 52, { seconds: 30, by }),
      video('8', 'played', 60, { seconds: 30 }),
      video('9', 'seeked', 70, { fromSeconds: 40, toSeconds: 35 }),
      // A move that was not allowed, undone by the player.
      video('a', 'seeked', 80, { fromSeconds: 45, toSeconds: 90 }),
      video('b', 'seeked', 81, { fromSeconds: 90, toSeconds: 45, by }),
      video('c', 'terminated', 91, { seconds: 55 }),
    ])
    expect(fact?.watch).toMatchObject({ pausedAt: [25], backTo: [35] })
    expect(fact?.watch?.sent).toEqual([
      [20, 25],
      [25, 30],
    ])
    expect(fact?.watch?.played).toEqual([
      [0, 30],
      [30, 40],
      [35, 45],
      [45, 55],
    ])
  })
  it('says by when enough of a part was played, each second once and on whatever page', () => {
    const video = (id: string, name: string, seconds: number, at: number, viewId: string) =>
      told(id, `assessment.video.${name}`, seconds, { viewId, seconds: at })
    const events = [
      video('1', 'played', 0, 10, 'w1'),
      video('2', 'paused', 14, 24, 'w1'),
      video('3', 'played', 20, 20, 'w2'),
      video('4', 'paused', 24, 24, 'w2'),
      video('5', 'played', 30, 24, 'w2'),
      video('6', 'terminated', 37, 31, 'w2'),
    ]
    const part = { fromSeconds: 20, toSeconds: 40 }
    expect(whenPlayed(part, events, 0.5)).toEqual(at(37))
    expect(whenPlayed(part, events.slice(0, 4), 0.5)).toBeNull()
    expect(whenPlayed(part, events, 0.6)).toBeNull()
  })
  it('knows of each question in a video whether its first try was right', () => {
    const checked = (id: string, seconds: number, cueId: string, score: number) =>
      told(id, 'assessment.cue.checked', seconds, { cueId, questionId: cueId, score, maxScore: 1 })
    const opened = told('1', 'assessment.video.initialized', 0, { viewId: 'w1', lengthSeconds: 100 })
    const fact = factOf('a', 'p', [opened, checked('4', 30, 'c1', 1), checked('2', 10, 'c1', 0), checked('3', 20, 'c2', 1)])
    expect(fact?.watch?.firstTries).toEqual({ c1: false, c2: true })
  })
})
