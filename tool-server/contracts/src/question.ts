// The seven question kinds: what an author writes, what a learner sees (no keys), what a learner answers.
import { z } from 'zod'

/** HTML of the safe subset; the server sanitises it whenever it is written. */
export const RichText = z.string().max(60_000)
/** An id inside a document: unique there, carries no meaning (a telling id would give an order or a match away). */
export const LocalId = z.string().regex(/^[A-Za-z0-9_-]{1,40}$/)

export const QuestionKind = z.enum(['single-choice', 'multiple-choice', 'true-false', 'short-text', 'number', 'ordering', 'matching'])
export type QuestionKind = z.infer<typeof QuestionKind>

const finite = z.number().refine(Number.isFinite)

const common = {
  id: LocalId,
  prompt: RichText,
  /** What a fully right answer earns. */
  points: finite.min(0).max(1000),
  topicIds: z.array(z.uuid()).max(20),
  /** Shown with the outcome, when answers may be shown. Empty = none. */
  feedback: z.object({ right: RichText, wrong: RichText }),
}

const Choice = z.object({ id: LocalId, text: RichText, correct: z.boolean(), feedback: RichText })

export const SingleChoice = z.object({
  ...common,
  kind: z.literal('single-choice'),
  choices: z.array(Choice).max(30),
})

/**
 * How ticked options become points.
 * all-or-nothing: every right option and no other, else 0.
 * right-minus-wrong: (right ticked - wrong ticked) / right options, never below 0.
 * each-option: share of options whose state (ticked or not) is right; nothing ticked is 0.
 */
export const MultipleChoiceScoring = z.enum(['all-or-nothing', 'right-minus-wrong', 'each-option'])
export const MultipleChoice = z.object({
  ...common,
  kind: z.literal('multiple-choice'),
  choices: z.array(Choice).max(30),
  scoring: MultipleChoiceScoring,
})

export const TrueFalse = z.object({
  ...common,
  kind: z.literal('true-false'),
  correct: z.boolean(),
  /** Per choice: shown to who chose true, and to who chose false. */
  choiceFeedback: z.object({ true: RichText, false: RichText }),
})

export const ShortText = z.object({
  ...common,
  kind: z.literal('short-text'),
  /** Alternatives; white space at the ends and repeated inside never matters. */
  accepted: z.array(z.object({ text: z.string().max(500), feedback: RichText })).max(50),
  caseSensitive: z.boolean(),
  accentSensitive: z.boolean(),
})

export const NumberQuestion = z.object({
  ...common,
  kind: z.literal('number'),
  /** null: not written yet; no Version has that. */
  value: finite.nullable(),
  /** absolute: |given - value| <= amount; relative: |given - value| <= amount * |value|, so 0.05 is 5 %. */
  tolerance: z.object({ kind: z.enum(['absolute', 'relative']), amount: finite.min(0) }),
  /** Shown after the input field, e.g. "m/s". Not graded. */
  unit: z.string().max(40),
})

/** all-or-nothing, or the share of items that stand in their right place. */
export const PartialScoring = z.enum(['all-or-nothing', 'each-right'])
export const Ordering = z.object({
  ...common,
  kind: z.literal('ordering'),
  /** In the right order. */
  items: z.array(z.object({ id: LocalId, text: RichText })).max(30),
  scoring: PartialScoring,
})

export const Matching = z.object({
  ...common,
  kind: z.literal('matching'),
  pairs: z.array(z.object({ id: LocalId, text: RichText, match: z.object({ id: LocalId, text: z.string().max(500) }) })).max(30),
  /** Offered beside the right matches, right for nothing. */
  distractors: z.array(z.object({ id: LocalId, text: z.string().max(500) })).max(30),
  scoring: PartialScoring,
})

/** A question as its author writes it, key included. Leaves the server only towards instructors. */
export const Question = z.discriminatedUnion('kind', [
  SingleChoice,
  MultipleChoice,
  TrueFalse,
  ShortText,
  NumberQuestion,
  Ordering,
  Matching,
])
export type Question = z.infer<typeof Question>
export type QuestionOf<K extends QuestionKind> = Extract<Question, { kind: K }>

const seen = { id: LocalId, prompt: RichText, points: finite }
const Option = z.object({ id: LocalId, text: RichText })

/** A question as a learner sees it: options already in this attempt's order, nothing that tells the key. */
export const QuestionView = z.discriminatedUnion('kind', [
  z.object({ ...seen, kind: z.literal('single-choice'), choices: z.array(Option) }),
  z.object({ ...seen, kind: z.literal('multiple-choice'), choices: z.array(Option) }),
  z.object({ ...seen, kind: z.literal('true-false') }),
  z.object({ ...seen, kind: z.literal('short-text') }),
  z.object({ ...seen, kind: z.literal('number'), unit: z.string() }),
  z.object({ ...seen, kind: z.literal('ordering'), items: z.array(Option) }),
  z.object({
    ...seen,
    kind: z.literal('matching'),
    prompts: z.array(Option),
    matches: z.array(z.object({ id: LocalId, text: z.string() })),
  }),
])
export type QuestionView = z.infer<typeof QuestionView>
export type QuestionViewOf<K extends QuestionKind> = Extract<QuestionView, { kind: K }>

/** What a learner gave. An answer taken back is sent as the empty value of its kind, so that it is saved too. */
export const AnswerValue = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('single-choice'), choiceId: LocalId.nullable() }),
  z.object({ kind: z.literal('multiple-choice'), choiceIds: z.array(LocalId).max(30) }),
  z.object({ kind: z.literal('true-false'), value: z.boolean().nullable() }),
  z.object({ kind: z.literal('short-text'), text: z.string().max(2000) }),
  /** As typed: `7,5`, `7.5`, `1e3`; read by the session's locale. */
  z.object({ kind: z.literal('number'), text: z.string().max(100) }),
  z.object({ kind: z.literal('ordering'), itemIds: z.array(LocalId).max(30) }),
  z.object({
    kind: z.literal('matching'),
    matches: z.array(z.object({ promptId: LocalId, matchId: LocalId })).max(30),
  }),
])
export type AnswerValue = z.infer<typeof AnswerValue>
export type AnswerValueOf<K extends QuestionKind> = Extract<AnswerValue, { kind: K }>

/** How right an answer was. */
export const Verdict = z.enum(['right', 'partly', 'wrong', 'unanswered'])
export type Verdict = z.infer<typeof Verdict>
