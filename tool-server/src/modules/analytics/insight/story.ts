// One learner at one placement: what happened, in order, and why a word may help.
import type { Caller, EventName, LearnerStory, LearningEvent, Question, TimelineEntry } from '@cuepoint/contracts'
import { nowMs } from '../../../kernel/clock.ts'
import { queryAlone } from '../../../kernel/db.ts'
import { classFiguresOf, learnerPageOf } from '../../assessment/index.ts'
import { questionsOf, versionOf } from '../../content/index.ts'
import { behindPseudonym, type Naming, noteLook } from '../../identity/index.ts'
import { concernsOf } from './concerns.ts'
import { givenIn } from './facts.ts'
import { watchedShares } from './insights.ts'
import { optionWordsOf } from './option-words.ts'
import { isByVideo } from './plays.ts'

/** What a timeline tells; the chatter of a player that says no more than these is left out. */
const shown: readonly EventName[] = [
  ...(['identity.session.opened', 'assessment.attempt.opened', 'assessment.attempt.submitted', 'assessment.attempt.expired'] as const),
  ...(['assessment.question.shown', 'assessment.answer.changed', 'assessment.cue.shown', 'assessment.cue.checked'] as const),
  ...(['assessment.video.played'] as const),
  ...(['assessment.video.paused', 'assessment.video.seeked', 'assessment.video.completed', 'assessment.result.changed'] as const),
  ...(['assessment.override.set', 'assessment.time.granted', 'assessment.attempt.granted'] as const),
  ...(['gradebook.score.accepted', 'gradebook.score.refused'] as const),
  ...(['personalization.recommendation.shown', 'personalization.recommendation.followed'] as const),
  ...(['personalization.recommendation.dismissed'] as const),
]
const most = 500

/** `id`: a person's, or of a session that sees no names a pseudonym's. resource_not_found, learner_not_found. */
export async function storyOf(caller: Caller, placementId: string, id: string, naming: Naming): Promise<LearnerStory> {
  if (naming === 'names') {
    const story = await storyWithName(caller, placementId, id)
    await noteLook(caller, { what: 'story', personId: story.personId, placementId })
    return story
  }
  const { personId, number } = await behindPseudonym(caller, id)
  return { ...(await storyWithName(caller, placementId, personId)), personId: id, name: '', number, attempts: [] }
}

async function storyWithName(caller: Caller, placementId: string, personId: string): Promise<LearnerStory> {
  const page = await learnerPageOf(caller, placementId, personId)
  const [rows, figures, watched] = await Promise.all([
    eventsOf(caller.institutionId, page.placementId, page.person.id),
    page.activity ? classFiguresOf(caller, page.placementId, page.activity.id) : [],
    watchedShares(page.placementId, page.person.id),
  ])
  const mine = figures.find((row) => row.personId === page.person.id)
  const dueAt = page.settings.dueAt
  const asked = await questionsAsked(rows)
  const watchedShare = watched.get(page.person.id) ?? null
  return {
    personId: page.person.id,
    name: page.person.name,
    number: null,
    concerns: mine ? concernsOf(mine, { now: nowMs(), dueAt: dueAt === null ? null : Date.parse(dueAt), watchedShare }) : [],
    attempts: page.attempts,
    timeline: rows
      .slice(0, most)
      .reverse()
      .map((row) => entryOf(row, asked)),
    more: rows.length > most,
  }
}

interface Row {
  name: EventName
  occurred_at: Date
  data: Record<string, unknown>
}

/** The latest first, one more than is shown. */
function eventsOf(institutionId: string, placementId: string, personId: string): Promise<Row[]> {
  return queryAlone<Row & Record<string, unknown>>(
    `select name, occurred_at, data from events
     where placement_id = $1 and person_id = $2 and institution_id = $3 and name = any($4::text[])
       -- That the player stopped for a question, the question says.
       and not (name = 'assessment.video.paused' and data->>'by' is not distinct from 'video')
     order by occurred_at desc, sequence desc limit $5`,
    [placementId, personId, institutionId, shown, most + 1],
    'insight-story',
  )
}

interface Asked {
  number: number
  question: Question
}

/** Of each Version that occurs: the questions by their ids and those of their cues, with the number that each has in it. */
async function questionsAsked(rows: readonly Row[]): Promise<Map<string, Asked>> {
  const versions = new Set(rows.flatMap(({ data }) => (typeof data.versionId === 'string' ? [data.versionId] : [])))
  const asked = new Map<string, Asked>()
  for (const id of versions) {
    const { document } = await versionOf(id)
    for (const [at, question] of questionsOf(document).entries()) asked.set(question.id, { number: at + 1, question })
    if (document.kind === 'video')
      for (const [at, { id: cueId, question }] of document.cues.entries()) asked.set(cueId, { number: at + 1, question })
  }
  return asked
}

type SubmittedData = LearningEvent<'assessment.attempt.submitted'>['data']
function marksOf({ questions }: SubmittedData, asked: ReadonlyMap<string, Asked>): TimelineEntry['marks'] {
  return questions.flatMap(({ questionId, kind, answer, score, maxScore }) => {
    const one = asked.get(questionId)
    const { wordsOf } = one ? optionWordsOf(one.question) : { wordsOf: (it: string) => it }
    return one ? [{ question: one.number, kind, given: givenIn(answer).map(wordsOf), score, maxScore }] : []
  })
}

function entryOf({ name, occurred_at, data }: Row, asked: ReadonlyMap<string, Asked>): TimelineEntry {
  const number = (value: unknown): number | null => (typeof value === 'number' ? value : null)
  return {
    at: occurred_at.toISOString(),
    what: name,
    attempt: number(data.number),
    question: asked.get(String(data.questionId ?? data.cueId))?.number ?? null,
    seconds: number(data.seconds ?? data.toSeconds),
    score: number(data.score),
    maxScore: number(data.maxScore),
    byVideo: isByVideo({ data }),
    marks: name === 'assessment.attempt.submitted' ? marksOf(data as unknown as SubmittedData, asked) : null,
  }
}
