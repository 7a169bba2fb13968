// PURE: what documents of every kind have, wherever they keep it. A video keeps each question in the cue of its moment.
import type { ActivityDocument, Question } from '@cuepoint/contracts'

/** All questions, in the order in which they are asked. */
export function questionsOf(document: ActivityDocument): readonly Question[] {
  switch (document.kind) {
    case 'quiz':
      return document.questions
    case 'video':
      return document.cues.map(({ question }) => question)
  }
}

/** The document with `change` applied to each of its questions. */
export function withQuestions(document: ActivityDocument, change: (question: Question, at: number) => Question): ActivityDocument {
  switch (document.kind) {
    case 'quiz':
      return { ...document, questions: document.questions.map(change) }
    case 'video':
      return { ...document, cues: document.cues.map((cue, at) => ({ ...cue, question: change(cue.question, at) })) }
  }
}

/** Seconds that an attempt may take; null = any: a video has no such limit. */
export function timeLimitOf(document: ActivityDocument): number | null {
  return document.kind === 'quiz' ? document.settings.timeLimitSeconds : null
}
