// Rules over any progress: each piece of advice has a reason that is true, and nobody is sent where they have been or cannot go.
import type { AdvicePlan, AdviceRule } from '@cuepoint/contracts'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InCourse, Progress } from './reasons.ts'
import { adviceFor } from './rules.ts'
import { coveredShare, longestGap, watchedShare } from './unwatched.ts'

const quiz = (activityId: string, over: Partial<InCourse> = {}): InCourse => ({
  ...{ activityId, kind: 'quiz', topicIds: [], facility: null, takesAttempts: true, begun: true, doneAt: null, share: null, watch: null },
  ...over,
})
const done = (activityId: string, share: number, over: Partial<InCourse> = {}) => quiz(activityId, { share, doneAt: 100, ...over })
const course = (activities: InCourse[], wrong: Record<string, number> = {}): Progress => ({
  activities,
  wrong: new Map(Object.entries(wrong)),
})
const by = (...rules: AdviceRule[]): AdvicePlan => ({ rules, automatic: true })
const chosen: AdvicePlan = { rules: [], automatic: true }
const below = (
  share: number,
  activityIds: string[] = ['b'],
  span: { activityId?: string | null; fromSeconds: number; toSeconds: number } | null = null,
) => ({ when: 'score-below', share, activityIds, span }) as const
const targets = (progress: Progress, plan: AdvicePlan) => adviceFor(progress, 'a', plan).map(({ activityId }) => activityId)

describe('a rule on a score', () => {
  it('holds below its limit and not at it', () => {
    expect(targets(course([done('a', 0.59), quiz('b')]), by(below(0.6)))).toEqual(['b'])
    expect(targets(course([done('a', 0.1 + 0.2 + 0.3), quiz('b')]), by(below(0.6)))).toEqual([])
    expect(targets(course([quiz('a'), quiz('b')]), by(below(0.6)))).toEqual([])
  })
  it('names the part of the video, cut to its length, before other activities', () => {
    const watch = { lengthSeconds: 90, watched: [] }
    const [part, other] = adviceFor(
      course([done('a', 0.2, { kind: 'video', watch }), quiz('b')]),
      'a',
      by(below(0.6, ['b'], { fromSeconds: 60, toSeconds: 120 })),
    )
    expect(part).toMatchObject({ activityId: 'a', span: { fromSeconds: 60, toSeconds: 90 }, reason: { share: 0.2, limit: 0.6 } })
    expect(other?.span).toBeNull()
  })
  it('names the part of another video of the course, unless that was handed in since, or may not be opened', () => {
    const rule = by(below(0.6, [], { activityId: 'v', fromSeconds: 60, toSeconds: 120 }))
    const led = (over: Partial<InCourse>) => adviceFor(course([done('a', 0.2), quiz('v', { kind: 'video', ...over })]), 'a', rule)
    expect(led({ begun: false })).toMatchObject([{ activityId: 'v', span: { fromSeconds: 60, toSeconds: 120 }, reason: { share: 0.2 } }])
    expect(led({ takesAttempts: false })).toEqual([])
    const watch = { lengthSeconds: 90, watched: [] }
    expect(led({ watch, doneAt: 99, takesAttempts: false })).toMatchObject([{ span: { fromSeconds: 60, toSeconds: 90 } }])
    expect(led({ watch, doneAt: 101 })).toEqual([])
    expect(led({ kind: 'quiz' })).toEqual([])
  })
  it('is done with once its activity was handed in since', () => {
    expect(targets(course([done('a', 0.2), done('b', 0.3, { doneAt: 99 })]), by(below(0.6)))).toEqual(['b'])
    expect(targets(course([done('a', 0.2), done('b', 0.3, { doneAt: 101 })]), by(below(0.6)))).toEqual([])
  })
  it('names what nobody has begun yet, for the instructor wanted it, but nothing that is closed', () => {
    expect(targets(course([done('a', 0.2), quiz('b', { begun: false })]), by(below(0.6)))).toEqual(['b'])
    expect(targets(course([done('a', 0.2), quiz('b', { takesAttempts: false })]), by(below(0.6)))).toEqual([])
  })
})

it('who is ready for the next is sent there, from the limit on', () => {
  const rule = { when: 'score-from', share: 0.8, activityId: 'b' } as const
  expect(targets(course([done('a', 0.8), quiz('b')]), by(rule))).toEqual(['b'])
  expect(targets(course([done('a', 0.79), quiz('b')]), by(rule))).toEqual([])
  expect(targets(course([done('a', 0.9), done('b', 0.1, { doneAt: 1 })]), by(rule))).toEqual([])
})

describe('a rule on a topic', () => {
  const rule = { when: 'topic-wrong', topicId: 'roots', times: 2 } as const
  const carrying = [
    done('a', 0.9),
    quiz('b', { topicIds: ['stems'] }),
    quiz('c', { topicIds: ['roots', 'stems'] }),
    done('d', 1, { topicIds: ['roots'], doneAt: 5 }),
  ]
  it('counts over the course, and leads to what carries the topic, the undone first', () => {
    expect(targets(course(carrying, { roots: 1 }), by(rule))).toEqual([])
    expect(targets(course(carrying, { roots: 2 }), by(rule))).toEqual(['c', 'd'])
  })
  it('that names none means those of the activity', () => {
    const any = { ...rule, topicId: null }
    expect(targets(course(carrying, { roots: 3 }), by(any))).toEqual([])
    expect(targets(course([done('a', 0.9, { topicIds: ['roots'] }), ...carrying.slice(1)], { roots: 3 }), by(any))).toEqual(['c', 'd'])
  })
})

describe('a rule on watching', () => {
  const rule = { when: 'watched-below', share: 0.8 } as const
  it('names the longest part that was missed', () => {
    const watch = {
      lengthSeconds: 100,
      watched: [
        [0, 10],
        [20, 50],
      ] as [number, number][],
    }
    const [advice] = adviceFor(course([done('a', 1, { kind: 'video', watch })]), 'a', by(rule))
    expect(advice).toMatchObject({ span: { fromSeconds: 50, toSeconds: 100 }, reason: { code: 'watched-below', share: 0.4, limit: 0.8 } })
  })
  it('finds a gap that nothing watched touches, and none longer', () => {
    const length = 100
    const watched = fc
      .array(fc.tuple(fc.double({ min: 0, max: length, noNaN: true }), fc.double({ min: 0, max: length, noNaN: true })), { maxLength: 12 })
      .map((all) => {
        const merged: [number, number][] = []
        for (const [a, b] of all.map(([x, y]): [number, number] => [Math.min(x, y), Math.max(x, y)]).sort((x, y) => x[0] - y[0])) {
          const last = merged.at(-1)
          if (last && a <= last[1]) last[1] = Math.max(last[1], b)
          else merged.push([a, b])
        }
        return merged
      })
    fc.assert(
      fc.property(watched, (stretches) => {
        const gap = longestGap({ lengthSeconds: length, watched: stretches })
        const ends = [0, ...stretches.flat(), length]
        const longest = Math.max(...ends.flatMap((end, at) => (at % 2 === 0 ? [(ends[at + 1] ?? end) - end] : [])))
        if (!gap) {
          expect(longest).toBeLessThan(3)
          return
        }
        expect(gap.toSeconds - gap.fromSeconds).toBeCloseTo(longest, 6)
        expect(coveredShare(stretches, gap)).toBeCloseTo(0, 6)
        expect(watchedShare({ lengthSeconds: length, watched: stretches })).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('without a rule', () => {
  it('what shares topics that went wrong comes first, then what shares topics, then the order of the course', () => {
    const about = done('a', 0.4, { topicIds: ['roots', 'stems'] })
    const [roots, stems, other] = [quiz('r', { topicIds: ['roots'] }), quiz('s', { topicIds: ['stems'] }), quiz('o')]
    expect(targets(course([other, stems, roots, about], { roots: 1 }), chosen)).toEqual(['r'])
    expect(targets(course([other, stems, about], { roots: 1 }), chosen)).toEqual(['s'])
    expect(targets(course([quiz('x'), about, other]), chosen)).toEqual(['o'])
    expect(adviceFor(course([other, roots, about], { roots: 1 }), 'a', chosen)[0]?.reason).toEqual({
      ...{ code: 'chosen-topics', topicIds: ['roots'], easier: false },
    })
  })
  it('who did badly gets the easiest, who did well what is about as hard; and only what is easier is said to be', () => {
    const others = [quiz('hard', { facility: 0.3 }), quiz('same', { facility: 0.6 }), quiz('easy', { facility: 0.9 })]
    const [easy] = adviceFor(course([done('a', 0.2, { facility: 0.55 }), ...others]), 'a', chosen)
    expect(easy).toMatchObject({ activityId: 'easy', reason: { code: 'chosen-next', easier: true } })
    expect(targets(course([done('a', 0.9, { facility: 0.55 }), ...others]), chosen)).toEqual(['same'])
  })
  it('nothing is chosen that no learner has begun, and nothing at all where the instructor wants none', () => {
    expect(targets(course([done('a', 0.4), quiz('b', { begun: false })]), chosen)).toEqual([])
    expect(targets(course([done('a', 0.4), quiz('b')]), { rules: [], automatic: false })).toEqual([])
  })
})

it('whatever the progress and the plan: advice is true, names nothing twice, and leads nobody where they cannot go', () => {
  const ids = ['a', 'b', 'c', 'd', 'e']
  const topics = ['t', 'u', 'v']
  const unit = fc.double({ min: 0, max: 1, noNaN: true })
  const activity = (activityId: string) =>
    fc.record<InCourse>({
      activityId: fc.constant(activityId),
      kind: fc.constantFrom('quiz' as const, 'video' as const),
      topicIds: fc.subarray(topics),
      facility: fc.option(unit),
      takesAttempts: fc.boolean(),
      begun: fc.boolean(),
      doneAt: fc.option(fc.integer({ min: 1, max: 9 })),
      share: fc.option(unit),
      watch: fc.option(
        fc.constantFrom({ lengthSeconds: 60, watched: [[0, 20]] as [number, number][] }, { lengthSeconds: 60, watched: [] }),
      ),
    })
  const rule = fc.oneof<fc.Arbitrary<AdviceRule>[]>(
    fc.record({
      when: fc.constant('score-below' as const),
      share: unit,
      activityIds: fc.subarray(ids),
      span: fc.constantFrom(null, { fromSeconds: 5, toSeconds: 900 }),
    }),
    fc.record({ when: fc.constant('watched-below' as const), share: unit }),
    fc.record({
      when: fc.constant('topic-wrong' as const),
      topicId: fc.constantFrom(null, ...topics),
      times: fc.integer({ min: 1, max: 4 }),
    }),
    fc.record({ when: fc.constant('score-from' as const), share: unit, activityId: fc.constantFrom(...ids) }),
  )
  const plan = fc.record({ rules: fc.array(rule, { maxLength: 6 }), automatic: fc.boolean() })
  const wrong = fc.dictionary(fc.constantFrom(...topics), fc.integer({ min: 1, max: 5 }))
  fc.assert(
    fc.property(fc.tuple(...ids.map(activity)), plan, wrong, (activities, set, went) => {
      const progress = course(activities, went)
      const about = activities[0] as InCourse
      const advice = adviceFor(progress, 'a', set)
      if (about.doneAt === null) expect(advice).toEqual([])
      expect(new Set(advice.map(({ mark }) => mark)).size).toBe(advice.length)
      expect(advice.length).toBeLessThanOrEqual(5)
      expect(adviceFor(progress, 'a', set)).toEqual(advice)
      for (const { activityId, span, reason } of advice) {
        const target = activities.find((it) => it.activityId === activityId)
        if (span) expect([activityId, span.toSeconds > span.fromSeconds, span.toSeconds <= 60]).toEqual(['a', true, true])
        else expect([activityId !== 'a', target?.takesAttempts]).toEqual([true, true])
        if (reason.code === 'score-below' || reason.code === 'watched-below') expect(reason.share).toBeLessThan(reason.limit)
        if (reason.code === 'score-from') expect(reason.share).toBeGreaterThanOrEqual(reason.limit - 1e-9)
        if (reason.code === 'topic-wrong') expect(went[reason.topicId]).toBe(reason.wrong)
        if (reason.code.startsWith('chosen')) expect([set.rules, target?.begun, target?.doneAt]).toEqual([[], true, null])
      }
    }),
    { numRuns: 400 },
  )
})
