// What a draft lacks; and that ids of copies and Versions tell nothing.
import type { ActivityDocument, Question, QuestionOf } from '@cuepoint/contracts'
import { describe, expect, it } from 'vitest'
import { questionsOf } from './document-parts.ts'
import { emptyDocument } from './drafts.ts'
import { issuesOf } from './issues.ts'
import { freshIds, opaqueIds } from './option-ids.ts'
import { maxScoreOf } from './scores.ts'

const common = { id: 'q', prompt: '<p>Which?</p>', points: 1, topicIds: [], feedback: { right: '', wrong: '' } }
const choice = (id: string, text: string, correct = false) => ({ id, text, correct, feedback: '' })
const single: QuestionOf<'single-choice'> = { ...common, kind: 'single-choice', choices: [choice('a', 'A', true), choice('b', 'B')] }
const matching: QuestionOf<'matching'> = {
  ...common,
  kind: 'matching',
  scoring: 'each-right',
  distractors: [],
  pairs: ['a', 'b'].map((id) => ({ id, text: id, match: { id: `${id}-match`, text: `<${id}>` } })),
}
const ordering: QuestionOf<'ordering'> = {
  ...common,
  kind: 'ordering',
  scoring: 'each-right',
  items: ['1', '2'].map((id) => ({ id, text: id })),
}
const text: QuestionOf<'short-text'> = {
  ...common,
  kind: 'short-text',
  accepted: [{ text: 'x', feedback: '' }],
  caseSensitive: false,
  accentSensitive: false,
}
const number: QuestionOf<'number'> = { ...common, kind: 'number', value: 2, tolerance: { kind: 'absolute', amount: 0 }, unit: '' }
const documentOf = (...questions: Question[]): ActivityDocument => ({ ...emptyDocument('quiz'), questions }) as ActivityDocument
const codes = (...questions: Question[]) => issuesOf(documentOf(...questions)).map((issue) => issue.code)

describe('issues', () => {
  it('are none for complete questions', () => {
    expect(codes(single, { ...matching, id: 'q2' }, { ...ordering, id: 'q3' }, { ...text, id: 'q4' }, { ...number, id: 'q5' })).toEqual([])
  })
  it.each([
    ['questions_missing', []],
    ['points_missing', [{ ...single, points: 0 }]],
    ['prompt_missing', [{ ...single, prompt: '<p>&nbsp; <br /></p>' }]],
    ['question_id_twice', [single, single]],
    ['choices_missing', [{ ...single, choices: [choice('a', 'A', true)] }]],
    ['right_choice_missing', [{ ...single, choices: [choice('a', 'A'), choice('b', 'B')] }]],
    ['right_choice_many', [{ ...single, choices: [choice('a', 'A', true), choice('b', 'B', true)] }]],
    ['choice_twice', [{ ...single, choices: [choice('a', '<p>A</p>', true), choice('b', ' A ')] }]],
    ['choice_empty', [{ ...single, choices: [choice('a', 'A', true), choice('b', '')] }]],
    ['choice_id_twice', [{ ...single, choices: [choice('a', 'A', true), choice('a', 'B')] }]],
    ['accepted_missing', [{ ...text, accepted: [] }]],
    [
      'accepted_empty',
      [
        {
          ...text,
          accepted: [
            { text: 'x', feedback: '' },
            { text: ' ', feedback: '' },
          ],
        },
      ],
    ],
    ['value_missing', [{ ...number, value: null }]],
    ['tolerance_void', [{ ...number, value: 0, tolerance: { kind: 'relative', amount: 0.1 } }]],
    ['items_missing', [{ ...ordering, items: [{ id: '1', text: '1' }] }]],
    ['pairs_missing', [{ ...matching, pairs: matching.pairs.slice(1) }]],
    ['match_twice', [{ ...matching, distractors: [{ id: 'd', text: '<a>' }] }]],
  ] satisfies [string, Question[]][])('%s', (code, questions) => expect(codes(...questions)).toEqual([code]))
  it('name what is empty or the same as the editor does, all of it in one sentence', () => {
    const said = (...questions: Question[]) => issuesOf(documentOf(...questions)).map((issue) => issue.message)
    const options = [choice('a', 'A', true), choice('b', ''), choice('c', ' '), choice('d', ' ')]
    expect(said({ ...single, choices: options.slice(0, 2) })).toEqual(['Option 2 is empty.'])
    expect(said({ ...single, choices: options })).toEqual(['Options 2, 3 and 4 are empty.'])
    expect(said({ ...single, choices: [choice('a', 'A', true), choice('b', 'A')] })).toEqual(['Options 1 and 2 say the same.'])
    const blank = matching.pairs.map((pair) => ({ ...pair, text: '', match: { ...pair.match, text: '' } }))
    expect(said({ ...matching, pairs: blank })).toEqual([
      'Left sides of pairs 1 and 2 are empty.',
      'Right sides of pairs 1 and 2 are empty.',
    ])
    expect(said({ ...matching, distractors: [{ id: 'd', text: '<a>' }] })).toEqual(['Right side of pair 1 and false match 1 say the same.'])
  })
  it('are about a question by its id, and do not repeat its number', () => {
    const [issue] = issuesOf(documentOf(single, { ...single, id: 'second', prompt: '' }))
    expect(issue).toEqual({ questionId: 'second', code: 'prompt_missing', message: 'Write the question.' })
  })
})

describe('ids', () => {
  const document = documentOf(single, { ...matching, id: 'q2' }, { ...ordering, id: 'q3' })
  const tell = /^(a|b|q\d?|1|2|[ab]-match)$/
  const idsIn = (it: ActivityDocument) => [...JSON.stringify(it).matchAll(/"id":"([^"]+)"/g)].map((found) => found[1] as string)

  it('of a Version tell nothing, stay what they were for the same activity, and differ for another', () => {
    const opaque = opaqueIds(document, 'salt')
    expect(opaque).toEqual(opaqueIds(document, 'salt'))
    expect(opaque).not.toEqual(opaqueIds(document, 'pepper'))
    expect(questionsOf(opaque).map((question) => question.id)).toEqual(['q', 'q2', 'q3'])
    expect(new Set(idsIn(opaque)).size).toBe(idsIn(document).length)
    for (const id of idsIn(opaque).filter((one) => !one.startsWith('q'))) expect(id).toMatch(/^[A-Za-z0-9_-]{12}$/)
  })
  it('of a Version in their own order are not in the right order', () => {
    let telling = 0
    for (let salt = 0; salt < 600; salt++) {
      const [, , last] = questionsOf(
        opaqueIds(documentOf(single, matching, { ...ordering, items: ['1', '2', '3'].map((id) => ({ id, text: id })) }), String(salt)),
      )
      const ids = last?.kind === 'ordering' ? last.items.map((item) => item.id) : []
      if (ids.toSorted().join() === ids.join()) telling++
    }
    // A sixth by chance: 100 of 600.
    expect(Math.abs(telling - 100)).toBeLessThan(50)
  })
  it('of a copy are all new', () => {
    const copy = freshIds(document)
    expect(idsIn(copy).filter((id) => tell.test(id))).toEqual([])
    expect(maxScoreOf(copy)).toBe(3)
  })
})
