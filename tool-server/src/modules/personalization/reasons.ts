// PURE: the shapes that advice is worked out in. Topics are ids here: what they are called is looked up when somebody reads it.

/** Why, as it is kept. `share` is of what the advice is about; `limit` is what the rule says. */
export type Reason =
  | { readonly code: 'score-below' | 'watched-below' | 'score-from'; readonly share: number; readonly limit: number }
  | { readonly code: 'topic-wrong'; readonly topicId: string; readonly wrong: number }
  | { readonly code: 'chosen-topics'; readonly topicIds: readonly string[]; readonly easier: boolean }
  | { readonly code: 'chosen-next'; readonly easier: boolean }

export interface Span {
  readonly fromSeconds: number
  readonly toSeconds: number
}

/** One piece of advice. `mark`: reason and target without figures; the same mark is the same advice, even when its figures have moved. */
export interface Advised {
  readonly mark: string
  readonly reason: Reason
  readonly activityId: string
  readonly span: Span | null
}

/** An activity that is placed in the course, as one person stands to it. */
export interface InCourse {
  readonly activityId: string
  readonly kind: 'quiz' | 'video'
  /** Of the whole and of its questions. */
  readonly topicIds: readonly string[]
  /** Mean share that first attempts of the class earned; null = too few. */
  readonly facility: number | null
  /** Its dates let it be taken now. */
  readonly takesAttempts: boolean
  /** Some learner of the course has begun it: no advice tells of what the LMS has not opened yet. */
  readonly begun: boolean
  /** When this person last handed it in, in milliseconds; null = never. */
  readonly doneAt: number | null
  /** What counts; null = nothing, or it has no points. */
  readonly share: number | null
  readonly watch: { readonly lengthSeconds: number; readonly watched: readonly (readonly [number, number])[] } | null
}

/** One person's progress in a course. */
export interface Progress {
  /** In the order of the course. */
  readonly activities: readonly InCourse[]
  /** By topic: how many questions earned less than half of their points, as far as this person may know it. */
  readonly wrong: ReadonlyMap<string, number>
}
