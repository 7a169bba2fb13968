// Statements of a whole quiz and a whole video, judged by Learning Locker's validator and by the rules of the profile, neither of which
// knows how they are made.
import { type AnswerValue, type EventData, type EventName, eventKind, type LearningEvent, type Question } from '@cuepoint/contracts'
import { describe, expect, it } from 'vitest'
import { findingsIn, orderFindingsIn } from '../../../../../fixtures/xapi/profile.ts'
import { warningsOf } from '../../../../tests/_xapi-warnings.ts'
import type { Facts } from './context.ts'
import type { Statement } from './statement.ts'
import { statementsOf } from './statements-of.ts'

const uuid = (last: number) => `6c1d3d6e-2c2f-4a52-8c3a-${String(last).padStart(12, '0')}`
const common = { points: 1, topicIds: [], feedback: { right: '', wrong: '' } }
const choice = (id: string, correct: boolean) => ({ id, text: `<p>Choice ${id}</p>`, correct, feedback: '' })

const questions: Question[] = [
  { ...common, id: 'single', kind: 'single-choice', prompt: '<p>Which <b>one</b>?</p>', choices: [choice('a', false), choice('b', true)] },
  {
    ...common,
    id: 'several',
    kind: 'multiple-choice',
    prompt: 'Which are prime?',
    scoring: 'right-minus-wrong',
    points: 2,
    choices: [choice('c1', true), choice('c2', false), choice('c3', true)],
  },
  { ...common, id: 'truth', kind: 'true-false', prompt: 'True?', correct: true, choiceFeedback: { true: '', false: '' } },
  {
    ...common,
    id: 'word',
    kind: 'short-text',
    prompt: 'Say it.',
    accepted: [
      { text: 'chlorophyll', feedback: '' },
      { text: 'leaf green', feedback: '' },
    ],
    caseSensitive: false,
    accentSensitive: true,
  },
  { ...common, id: 'g', kind: 'number', prompt: 'g?', value: 9.81, tolerance: { kind: 'absolute', amount: 0.1 }, unit: 'm/s²' },
  {
    ...common,
    id: 'order',
    kind: 'ordering',
    prompt: 'In order.',
    items: ['z', 'k', 'm'].map((id) => ({ id, text: id })),
    scoring: 'each-right',
  },
  {
    ...common,
    id: 'pairs',
    kind: 'matching',
    prompt: 'Match.',
    pairs: ['p', 'q'].map((id) => ({ id, text: id, match: { id: `m${id}`, text: id } })),
    distractors: [{ id: 'md', text: 'none' }],
    scoring: 'each-right',
  },
]

const given: Record<string, AnswerValue> = {
  single: { kind: 'single-choice', choiceId: 'b' },
  several: { kind: 'multiple-choice', choiceIds: ['c3', 'c1'] },
  truth: { kind: 'true-false', value: false },
  word: { kind: 'short-text', text: ' Chlorophyll ' },
  g: { kind: 'number', text: '9,8 m/s²' },
  order: { kind: 'ordering', itemIds: ['z', 'm', 'k'] },
  pairs: {
    kind: 'matching',
    matches: [
      { promptId: 'q', matchId: 'md' },
      { promptId: 'p', matchId: 'mp' },
    ],
  },
}

const settings = {
  attemptsAllowed: null,
  counting: 'best',
  shuffleQuestions: false,
  shuffleChoices: false,
  showAnswers: 'after-submit',
  timeLimitSeconds: null,
} as const
const facts: Facts = {
  base: 'https://tool.example.org',
  actor: { objectType: 'Agent', account: { homePage: 'https://lms.example.edu', name: 'sub-1' } },
  target: '',
  course: { id: uuid(50), externalId: '55', title: 'Biology' },
  sections: [{ id: uuid(51), name: 'Group A' }],
  version: {
    id: uuid(3),
    activityId: uuid(2),
    number: 4,
    title: 'Cells',
    maxScore: 8,
    document: { kind: 'quiz', intro: '', questions, settings },
  },
  activityTitle: 'Cells',
}
const attempt = { attemptId: uuid(1), activityId: uuid(2), versionId: uuid(3), number: 2, locale: 'de', practice: false }

let minted = 100
function event<N extends EventName>(name: N, data: EventData<N>, over: Partial<LearningEvent<N>> = {}): LearningEvent<N> {
  const kind = eventKind(name)
  const scope = { institutionId: uuid(90), courseId: uuid(50), personId: uuid(91), placementId: uuid(92) }
  const occurredAt = new Date(Date.UTC(2026, 10, 22, 16, 0, 0) + ++minted * 1000)
  return { id: uuid(minted), name, version: kind.version, occurredAt, ...scope, data: kind.data.parse(data) as EventData<N>, ...over }
}

const marks = (answers: Record<string, AnswerValue | null>) =>
  questions.map((one) => ({
    questionId: one.id,
    kind: one.kind,
    topicIds: [],
    score: one.id === 'several' ? 2 : 0.5,
    maxScore: one.points,
    answer: answers[one.id] ?? null,
  }))
const submitted = (over: Partial<EventData<'assessment.attempt.submitted'>> = {}) =>
  event('assessment.attempt.submitted', {
    ...attempt,
    startedAt: '2026-11-22T16:00:00.000Z',
    submittedAt: '2026-11-22T16:10:14.200Z',
    timeUp: false,
    score: 5,
    maxScore: 8,
    questions: marks(given),
    answersShown: true,
    passShare: 0.5,
    ...over,
  })
const opened = () => event('assessment.attempt.opened', { ...attempt, startedAt: '2026-11-22T16:00:00.000Z', deadlineAt: null })

/** Both judges; answers with the statements as an LRS gets them. */
function judged(statements: Statement[]): Statement[] {
  for (const one of statements) expect({ verb: one.verb.id, warnings: warningsOf(one) }).toEqual({ verb: one.verb.id, warnings: [] })
  expect(findingsIn(statements)).toEqual([])
  return JSON.parse(JSON.stringify(statements)) as Statement[]
}
const verbsOf = (statements: Statement[]) => statements.map(({ verb }) => verb.id.split('/').at(-1))
const answeredOf = (statements: Statement[]) =>
  new Map(
    statements
      .filter(({ verb }) => verb.id.endsWith('/answered'))
      // biome-ignore lint/suspicious/noExplicitAny: the test says what it expects of it
      .map((one: any) => [one.object.id.split('/').at(-1), one]),
  )

describe('a quiz that is handed in', () => {
  it('is attempted; each answer, completed, passed and terminated follow in order', () => {
    const statements = judged([...statementsOf(opened(), facts), ...statementsOf(submitted(), facts)])
    expect(verbsOf(statements)).toEqual(['attempted', ...questions.map(() => 'answered'), 'completed', 'passed', 'terminated'])
    expect(new Set(statements.map(({ context }) => context.registration))).toEqual(new Set([attempt.attemptId]))
    expect(statements[0]?.context).toMatchObject({ language: 'de', platform: 'Cuepoint' })
    expect(statements.at(-3)?.result).toEqual({
      completion: true,
      score: { scaled: 0.625, raw: 5, min: 0, max: 8 },
      duration: 'PT614.2S',
    })
    expect(statements.at(-2)?.result?.success).toBe(true)
  })
  it('fails below the mark, and neither passes nor fails where the author set none', () => {
    expect(verbsOf(statementsOf(submitted({ score: 3 }), facts))).toContain('failed')
    const without = verbsOf(statementsOf(submitted({ passShare: null }), facts))
    expect(without).not.toContain('passed')
    expect(without).not.toContain('failed')
  })
  it('says each answer in the form of its interaction, with the pattern that the key makes', () => {
    const said = answeredOf(judged(statementsOf(submitted(), facts)))
    const form = (id: string) => {
      const { object, result } = said.get(id)
      return [object.definition.interactionType, result.response, object.definition.correctResponsesPattern]
    }
    expect(form('single')).toEqual(['choice', 'b', ['b']])
    expect(form('several')).toEqual(['choice', 'c1[,]c3', ['c1[,]c3']])
    expect(form('truth')).toEqual(['true-false', 'false', ['true']])
    expect(form('word')).toEqual(['fill-in', 'Chlorophyll', ['{case_matters=false}chlorophyll', '{case_matters=false}leaf green']])
    expect(form('g')).toEqual(['numeric', '9.8', ['9.71[:]9.91']])
    expect(form('order')).toEqual(['sequencing', 'z[,]m[,]k', ['z[,]k[,]m']])
    expect(form('pairs')).toEqual(['matching', 'p[.]mp[,]q[.]md', ['p[.]mp[,]q[.]mq']])
    expect(said.get('several').result).toMatchObject({ success: true, score: { scaled: 1, raw: 2, min: 0, max: 2 } })
    // Half points: scaled alone.
    expect(said.get('single').result).toMatchObject({ success: false, score: { scaled: 0.5 } })
    expect(said.get('single').object.definition.description).toEqual({ und: 'Which one?' })
  })
  it('withholds every pattern, and the order of what was to be put in order, while answers may not be seen', () => {
    const said = answeredOf(judged(statementsOf(submitted({ answersShown: false }), facts)))
    expect(said.size).toBe(questions.length)
    expect(JSON.stringify([...said.values()])).not.toContain('correctResponsesPattern')
    const ids = said.get('order').object.definition.choices.map((one: { id: string }) => one.id)
    expect(ids).toEqual(['k', 'm', 'z'])
    // An event of the release before says nothing of it: withheld.
    const { answersShown: _, ...before } = submitted().data
    expect(JSON.stringify(statementsOf({ ...submitted(), data: before }, facts))).not.toContain('correctResponsesPattern')
  })
  it('says nothing of a question that was left out, and what was typed where it is no number', () => {
    const answers = { g: { kind: 'number', text: 'about ten' }, several: { kind: 'multiple-choice', choiceIds: [] } } as const
    const said = answeredOf(
      judged(statementsOf(submitted({ questions: marks({ g: answers.g, several: { kind: 'multiple-choice', choiceIds: [] } }) }), facts)),
    )
    expect([...said.keys()]).toEqual(['g'])
    expect(said.get('g').result.response).toBeUndefined()
    expect(Object.values(said.get('g').result.extensions)).toEqual(['about ten'])
  })
  it('is nobody’s learning where a teacher tries it out, or nobody is known', () => {
    expect(statementsOf(submitted({ practice: true }), facts)).toEqual([])
    expect(statementsOf({ ...submitted(), personId: null }, facts)).toEqual([])
  })
})

it('a question that is shown is experienced, without its pattern', () => {
  const [statement] = judged(statementsOf(event('assessment.question.shown', { ...attempt, questionId: 'g' }), facts))
  expect(statement?.verb.id).toMatch(/experienced$/)
  expect(JSON.stringify(statement)).not.toContain('correctResponsesPattern')
})

it('a score that changed by a teacher’s hand is scored; one that came with a hand-in is not told twice', () => {
  const changed = (recounted: boolean) =>
    event('assessment.result.changed', {
      revision: 2,
      score: 7.5,
      maxScore: 10,
      submittedAt: '2026-11-22T16:10:00.000Z',
      startedAt: '2026-11-22T16:00:00.000Z',
      comment: 'half a point',
      attemptId: attempt.attemptId,
      activityId: attempt.activityId,
      recounted,
    })
  const [statement] = judged(statementsOf(changed(true), facts))
  expect(statement?.result).toEqual({ score: { scaled: 0.75 } })
  expect(JSON.stringify(statement)).not.toContain('half a point')
  expect(statementsOf(changed(false), facts)).toEqual([])
})

describe('a video that is watched', () => {
  const viewId = uuid(60)
  const openedBy = uuid(61)
  const sofar = (played: [number, number][], progress: number) => ({
    ...attempt,
    viewId,
    openedBy,
    lengthSeconds: 100.0004,
    played,
    progress,
    threshold: 0.9,
    elapsedSeconds: 130.5,
  })
  const state = {
    speed: 1.5,
    volume: 0.5,
    captions: 'en',
    fullScreen: false,
    screenSize: '1280x720',
    playbackSize: '640x360',
    quality: 720,
  }
  const story = [
    event(
      'assessment.video.initialized',
      { ...sofar([], 0), state, userAgent: 'A browser', frameRate: 30_000 / 1001, track: 'audio' },
      { id: openedBy },
    ),
    event('assessment.video.played', { ...sofar([], 0), seconds: 0, speed: 1.5 }),
    event('assessment.video.interacted', {
      ...sofar([], 0),
      seconds: 3.00049,
      what: 'captions',
      state: { captions: null },
      captionsWere: 'en',
    }),
    event('assessment.video.interacted', { ...sofar([], 0), seconds: 4, what: 'speed', state: { speed: 2 } }),
    event('assessment.video.paused', { ...sofar([[0, 12.3456]], 0.123456), seconds: 12.3456 }),
    event('assessment.video.seeked', { ...sofar([[0, 12.3456]], 0.123456), fromSeconds: 12.3456, toSeconds: 14 }),
    event('assessment.video.played', { ...sofar([[0, 12.3456]], 0.123456), seconds: 14 }),
    event('assessment.video.completed', {
      ...sofar(
        [
          [14, 100.0004],
          [0, 12.3456],
        ],
        0.98,
      ),
      seconds: 100.0004,
    }),
    event('assessment.video.paused', {
      ...sofar(
        [
          [0, 12.3456],
          [14, 100.0004],
        ],
        0.98,
      ),
      seconds: 100.0004,
    }),
    event('assessment.video.terminated', {
      ...sofar(
        [
          [0, 12.3456],
          [14, 100.0004],
        ],
        0.98,
      ),
      seconds: 100.0004,
    }),
  ]
  const statements = () => judged(story.flatMap((one) => statementsOf(one, facts)))
  it('speaks all seven verbs in the order of the profile', () => {
    const told = statements()
    expect(verbsOf(told)).toEqual([
      'initialized',
      'played',
      'interacted',
      'interacted',
      'paused',
      'seeked',
      'played',
      'completed',
      'paused',
      'terminated',
    ])
    expect(orderFindingsIn(told)).toEqual([])
  })
  it('says each extension that the profile requires or recommends', () => {
    const wanted: Record<string, string[]> = {
      initialized: [
        ...['length', 'session-id', 'completion-threshold', 'cc-enabled', 'cc-subtitle-enabled', 'cc-subtitle-lang', 'frame-rate'],
        ...['full-screen', 'quality', 'screen-size', 'video-playback-size', 'speed', 'track', 'user-agent', 'volume'],
      ],
      played: ['length', 'session-id', 'time'],
      paused: ['length', 'session-id', 'completion-threshold', 'time', 'progress', 'played-segments'],
      seeked: ['length', 'session-id', 'time-from', 'time-to', 'progress', 'played-segments'],
      completed: ['length', 'session-id', 'completion-threshold', 'time', 'progress', 'played-segments'],
      terminated: ['length', 'session-id', 'completion-threshold', 'time', 'progress', 'played-segments'],
      interacted: ['length', 'session-id', 'time'],
    }
    const seen = new Set<string>()
    for (const { verb, context, result } of statements()) {
      const name = verb.id.split('/').at(-1) ?? ''
      seen.add(name)
      const said = Object.keys({ ...context.extensions, ...result?.extensions }).map((one) => one.split('/').at(-1))
      expect(said, name).toEqual(expect.arrayContaining(wanted[name] ?? []))
    }
    expect([...seen].sort()).toEqual(Object.keys(wanted).sort())
  })
  it('names the language of captions that were switched off', () => {
    const off = statements().find(({ verb }) => verb.id.endsWith('interacted'))
    expect(off?.context.extensions).toMatchObject({
      'https://w3id.org/xapi/video/extensions/cc-enabled': false,
      'https://w3id.org/xapi/video/extensions/cc-subtitle-lang': 'en',
    })
  })
  it('has one session-id, the id of initialized', () => {
    const told = statements()
    const ids = told.map(({ context }) => context.extensions?.['https://w3id.org/xapi/video/extensions/session-id'])
    expect(new Set(ids)).toEqual(new Set([told[0]?.id]))
  })
  it('says segments in order and to the millisecond, and the threshold where the profile asks for it', () => {
    const completed = statements().find(({ verb }) => verb.id.endsWith('completed'))
    expect(completed?.result).toMatchObject({ completion: true, duration: 'PT130.5S' })
    expect(completed?.result?.extensions).toMatchObject({
      'https://w3id.org/xapi/video/extensions/played-segments': '0.000[.]12.346[,]14.000[.]100.000',
      'https://w3id.org/xapi/video/extensions/time': 100,
      'https://w3id.org/xapi/video/extensions/progress': 0.98,
    })
    expect(completed?.context.extensions).toMatchObject({ 'https://w3id.org/xapi/video/extensions/completion-threshold': 0.9 })
  })
  it('waits with its statements while nobody knows the length', () => {
    const first = story[0] as LearningEvent<'assessment.video.initialized'>
    expect(statementsOf({ ...first, data: { ...first.data, lengthSeconds: null } }, facts)).toEqual([])
  })
})

describe('an id', () => {
  it('is the same however often the event is told, and another one where the actor is the LRS’s own', () => {
    const one = submitted()
    const ids = (of: Facts) => statementsOf(one, of).map(({ id }) => id)
    expect(ids(facts)).toEqual(ids({ ...facts, activityTitle: 'Renamed' }))
    expect(new Set([...ids(facts), ...ids({ ...facts, target: 'lrs-1' })]).size).toBe(2 * ids(facts).length)
  })
})

it('the validator has something against a broken statement', () => {
  const [good] = statementsOf(opened(), facts)
  expect(warningsOf(good)).toEqual([])
  expect(warningsOf({ ...good, verb: { id: 'answered' } })).not.toEqual([])
  expect(warningsOf({ ...good, actor: { name: 'nobody' } })).not.toEqual([])
})
