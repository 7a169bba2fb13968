// The figures of the dashboards after a run, against two others: counted anew from all events at once, and counted from what the learners did.
import type { LearningEvent } from '@cuepoint/contracts'
import { queryAlone } from '../../src/kernel/db.ts'
import { type Aggregate, emptyAggregate, fold } from '../../src/modules/analytics/insight/aggregates.ts'
import { type AttemptFact, factOf } from '../../src/modules/analytics/insight/facts.ts'
import { cueId, questionIds } from './learner.ts'
import type { Site } from './site.ts'
import { eventsAt, text } from './told.ts'

export async function figuresWrong(site: Site): Promise<string[]> {
  const events = await eventsAt(site.school.institutionId)
  const quiz = await sumsAt(site.quiz)
  const video = await sumsAt(site.video)
  return [
    ...(await recountApart(site.quiz, quiz, events)),
    ...(await recountApart(site.video, video, events)),
    ...apart('of the quiz', quizDone(site), quizCounted(quiz)),
    ...apart('of the video', videoDone(site), videoCounted(video)),
  ]
}

async function sumsAt(placementId: string): Promise<Aggregate> {
  const rows = await queryAlone<{ sums: Aggregate }>('select sums from insight_sums where placement_id = $1', [placementId])
  return rows[0]?.sums ?? emptyAggregate()
}

async function recountApart(placementId: string, sums: Aggregate, events: readonly LearningEvent[]): Promise<string[]> {
  const byAttempt = new Map<string, LearningEvent[]>()
  for (const event of events) {
    const { attemptId } = event.data as { attemptId?: string }
    if (event.placementId !== placementId || !attemptId || event.name === 'assessment.result.changed') continue
    byAttempt.set(attemptId, [...(byAttempt.get(attemptId) ?? []), event])
  }
  const counted = emptyAggregate()
  const facts: AttemptFact[] = []
  for (const [attemptId, told] of byAttempt) {
    const fact = factOf(
      attemptId,
      told[0]?.personId ?? '',
      told.map((event, sequence) => ({ ...event, sequence, data: event.data as unknown as Record<string, unknown> })),
    )
    if (!fact) continue
    facts.push(fact)
    fold(counted, fact, 1)
  }
  const held = await queryAlone<{ fact: AttemptFact }>('select fact from insight_facts where placement_id = $1', [placementId])
  const listed = (all: readonly AttemptFact[]): string => all.map(text).sort().join()
  return [
    ...apart('of the sums, recounted', counted, sums),
    ...(listed(facts) === listed(held.map(({ fact }) => fact)) ? [] : ['the facts of attempts are others than the events tell']),
  ]
}

function apart(what: string, wanted: unknown, there: unknown): string[] {
  return text(wanted) === text(there) ? [] : [`the figures ${what}: ${text(there)} instead of ${text(wanted)}`.slice(0, 600)]
}

function quizDone({ learners }: Site) {
  const all = learners.flatMap(({ tally }) => tally.quizzes)
  const first = all.filter(({ number }) => number === 1)
  const count = (at: number, is: boolean | null): number => first.filter(({ marks }) => marks[at] === is).length
  const items = questionIds.map((id, at) => [id, first.length === 0 ? 0 : first.length, count(at, true), count(at, null)])
  return { submitted: all.length, first: first.length, items }
}

function quizCounted({ submitted, first, items }: Aggregate) {
  return { submitted, first, items: questionIds.map((id) => [id, items[id]?.n ?? 0, items[id]?.right ?? 0, items[id]?.blank ?? 0]) }
}

function videoDone({ learners }: Site) {
  const all = learners.flatMap(({ tally }) => tally.videos)
  const paused: Record<number, number> = {}
  for (const at of all.flatMap(({ pausedAt }) => pausedAt)) paused[at] = (paused[at] ?? 0) + 1
  return { views: all.length, paused, tries: all.length, wrong: all.filter(({ right }) => !right).length }
}

function videoCounted({ watch }: Aggregate) {
  const tries = watch?.firstTries[cueId] ?? { n: 0, wrong: 0 }
  const paused = Object.fromEntries((watch?.paused ?? []).flatMap((count, at) => (count === 0 ? [] : [[at, count]])))
  return { views: watch?.attempts ?? 0, paused, tries: tries.n, wrong: tries.wrong }
}
