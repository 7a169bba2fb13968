// What may be stored as a draft: sanitised, its topics known in the course. Also the empty draft that a new activity starts with.
import type { ActivityDocument, ActivityKind, Caller, QuizDocument, VideoDocument } from '@cuepoint/contracts'
import { RichText } from '@cuepoint/contracts'
import type { Tx } from '../../kernel/db.ts'
import { invalid } from '../../kernel/errors.ts'
import { assetOf } from '../media/index.ts'
import { questionsOf, withQuestions } from './document-parts.ts'
import { withRichText } from './document-text.ts'
import { withOwnInlineAssets } from './inline-assets.ts'
import { safeRichText } from './rich-text.ts'
import { topicIdsOf } from './topics.ts'

type Scope = Pick<Caller, 'institutionId' | 'courseId'>

/** The document as it may be written. Topics and a video that the course does not have (deleted, another course's) are left out. */
export async function storableDocument(scope: Scope, document: ActivityDocument, tx?: Tx): Promise<ActivityDocument> {
  const own = document.kind === 'video' ? await storableVideo(scope, document, tx) : document
  const safe = await withOwnInlineAssets(
    scope,
    withRichText(own, (html, path) => fitting(safeRichText(html), path)),
    tx,
  )
  const named = (safe.topicIds?.length ?? 0) + questionsOf(safe).reduce((sum, question) => sum + question.topicIds.length, 0)
  if (named === 0) return safe
  const known = await topicIdsOf(scope.courseId, tx)
  const kept = (topicIds: readonly string[]) => [...new Set(topicIds)].filter((id) => known.has(id))
  const about = withQuestions(safe, (question) => ({ ...question, topicIds: kept(question.topicIds) }))
  return { ...about, topicIds: kept(safe.topicIds ?? []) }
}

/** In the order of time, to the millisecond. */
async function storableVideo(scope: Scope, document: VideoDocument, tx?: Tx): Promise<VideoDocument> {
  const { assetId } = document
  const reached = assetId !== null && (await assetOf(scope, assetId, tx)) !== null
  const cues = document.cues.map((cue) => ({
    ...cue,
    atSeconds: toMillisecond(cue.atSeconds),
    backToSeconds: cue.backToSeconds === null ? null : toMillisecond(cue.backToSeconds),
  }))
  const chapters = document.chapters.map((chapter) => ({ ...chapter, atSeconds: toMillisecond(chapter.atSeconds) }))
  return { ...document, assetId: reached ? assetId : null, cues: byTime(cues), chapters: byTime(chapters) }
}

/** Those of the same moment keep the order that their author gave them. */
function byTime<T extends { atSeconds: number }>(list: readonly T[]): T[] {
  return list.toSorted((a, b) => a.atSeconds - b.atSeconds)
}

function toMillisecond(seconds: number): number {
  return Math.round(seconds * 1000) / 1000
}

/** Escaping makes text longer: what no longer fits its shape would make every later reply fail. */
function fitting(html: string, path: string): string {
  if (RichText.safeParse(html).success) return html
  throw invalid('A text is too long.', [{ path: `document.${path}`, code: 'too_long', message: 'This text is too long.' }])
}

/** A new activity's draft. */
export function emptyDocument(kind: ActivityKind): ActivityDocument {
  return kind === 'quiz' ? emptyQuiz() : emptyVideo()
}

function emptyQuiz(): QuizDocument {
  return {
    kind: 'quiz',
    intro: '',
    questions: [],
    settings: {
      attemptsAllowed: 1,
      counting: 'best',
      shuffleQuestions: false,
      shuffleChoices: true,
      showAnswers: 'after-submit',
      timeLimitSeconds: null,
    },
  }
}

function emptyVideo(): VideoDocument {
  return {
    kind: 'video',
    intro: '',
    assetId: null,
    cues: [],
    chapters: [],
    settings: {
      attemptsAllowed: 1,
      counting: 'best',
      showAnswers: 'after-submit',
      skipping: 'after-first-view',
      watchedThreshold: 0.9,
      watchPoints: 1,
    },
  }
}
