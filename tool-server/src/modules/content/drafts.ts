// What may be stored as a draft: sanitised, its topics known in the course. Also the empty draft that a new activity starts with.
import type { ActivityDocument, ActivityKind, QuizDocument, VideoDocument } from '@cuepoint/contracts'
import { RichText } from '@cuepoint/contracts'
import type { Tx } from '../../kernel/db.ts'
import { invalid } from '../../kernel/errors.ts'
import { questionsOf, withQuestions } from './document-parts.ts'
import { withRichText } from './document-text.ts'
import { safeRichText } from './rich-text.ts'
import { topicIdsOf } from './topics.ts'

/** The document as it may be written. Topics that the course does not have (deleted, another course's) are left out. */
export async function storableDocument(courseId: string, document: ActivityDocument, tx?: Tx): Promise<ActivityDocument> {
  const safe = withRichText(document, (html, path) => fitting(safeRichText(html), path))
  const named = (safe.topicIds?.length ?? 0) + questionsOf(safe).reduce((sum, question) => sum + question.topicIds.length, 0)
  if (named === 0) return safe
  const known = await topicIdsOf(courseId, tx)
  const kept = (topicIds: readonly string[]) => [...new Set(topicIds)].filter((id) => known.has(id))
  const about = withQuestions(safe, (question) => ({ ...question, topicIds: kept(question.topicIds) }))
  return { ...about, topicIds: kept(safe.topicIds ?? []) }
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
