// Changes to a video's document. Pure; cues and chapters always stand in the order of their moments.
import type { Chapter, Cue, Question, VideoDocument, VideoSettings } from '@cuepoint/contracts'
import { copyOf } from '../draft/edits.ts'
import { localId } from '../draft/local-id.ts'

const byTime = <T extends { atSeconds: number }>(list: readonly T[]): T[] => [...list].sort((a, b) => a.atSeconds - b.atSeconds)
const tenth = (seconds: number) => Math.round(seconds * 10) / 10

export function withCue(document: VideoDocument, cue: Cue): VideoDocument {
  return { ...document, cues: byTime([...document.cues.filter(({ id }) => id !== cue.id), cue]) }
}

export function withoutCue(document: VideoDocument, id: string): VideoDocument {
  return { ...document, cues: document.cues.filter((one) => one.id !== id) }
}

/** A question at its moment. Moving it before the moment it leads back to takes that with it. */
export function movedCue(cue: Cue, atSeconds: number): Cue {
  const at = tenth(Math.max(0, atSeconds))
  return { ...cue, atSeconds: at, backToSeconds: cue.backToSeconds !== null && cue.backToSeconds >= at ? null : cue.backToSeconds }
}

export function newCue(question: Question, atSeconds: number): Cue {
  return { id: localId(), atSeconds: tenth(atSeconds), question, required: true, triesAllowed: 3, backToSeconds: null }
}

/** A copy a little later, within the video. */
export function copiedCue(cue: Cue, lengthSeconds: number): Cue {
  const at = Math.min(cue.atSeconds + 5, Math.max(cue.atSeconds, lengthSeconds))
  return { ...cue, id: localId(), atSeconds: tenth(at), question: copyOf(cue.question) }
}

export function withChapter(document: VideoDocument, chapter: Chapter): VideoDocument {
  return { ...document, chapters: byTime([...document.chapters.filter(({ id }) => id !== chapter.id), chapter]) }
}

export function withoutChapter(document: VideoDocument, id: string): VideoDocument {
  return { ...document, chapters: document.chapters.filter((one) => one.id !== id) }
}

export function withVideoSettings(document: VideoDocument, change: Partial<VideoSettings>): VideoDocument {
  return { ...document, settings: { ...document.settings, ...change } }
}

export function withoutTopic(document: VideoDocument, topicId: string): VideoDocument {
  if (!document.cues.some(({ question }) => question.topicIds.includes(topicId))) return document
  const cues = document.cues.map((cue) => ({
    ...cue,
    question: { ...cue.question, topicIds: cue.question.topicIds.filter((id) => id !== topicId) },
  }))
  return { ...document, cues }
}

/** Points of all questions; rounded to hide floating dust. */
export function questionPoints(document: VideoDocument): number {
  return Math.round(document.cues.reduce((sum, { question }) => sum + question.points, 0) * 1e6) / 1e6
}
