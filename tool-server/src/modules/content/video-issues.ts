// PURE: what a video lacks before it can be published, and what its author should look at first.
import type { Cue, DraftIssue, VideoDocument } from '@cuepoint/contracts'
import type { AssetFacts } from '../media/index.ts'
import { clockOf } from './clock-words.ts'
import type { Lack } from './question-issues.ts'

/** Of the video itself and its chapters; those of the questions are asked apart. */
export function videoIssues(document: VideoDocument, asset: AssetFacts | null): DraftIssue[] {
  return [...assetIssues(document, asset), ...chapterIssues(document, asset?.durationSeconds ?? null)].map((lack) => ({
    questionId: null,
    ...lack,
  }))
}

function assetIssues({ assetId }: VideoDocument, asset: AssetFacts | null): Lack[] {
  if (assetId === null) return [{ code: 'asset_missing', message: 'Choose a video.' }]
  if (asset === null) return [{ code: 'asset_gone', message: 'The video is not in this course any more. Choose another.' }]
  if (asset.kind !== 'video' && asset.kind !== 'audio')
    return [{ code: 'asset_unfit', message: 'This file is no video. Choose a video or a sound recording.' }]
  switch (asset.state) {
    case 'ready':
      return []
    case 'uploading':
      return [{ code: 'asset_uploading', message: 'The video is still being uploaded.' }]
    case 'processing':
      return [{ code: 'asset_not_ready', message: 'The video is still being made ready to play. You can publish when that is done.' }]
    case 'failed':
      return [{ code: 'asset_failed', message: `The video could not be made ready. ${asset.failureMessage ?? 'Upload it again.'}` }]
    case 'cancelled':
      return [{ code: 'asset_cancelled', message: 'Making the video ready was stopped. Start it again or choose another.' }]
  }
}

function chapterIssues({ chapters }: VideoDocument, length: number | null): Lack[] {
  const issues: Lack[] = []
  const named = (at: number) => `Chapter ${at + 1}`
  chapters.forEach(({ title, atSeconds }, at) => {
    if (title.trim() === '') issues.push({ code: 'chapter_title_missing', message: `${named(at)} has no title.` })
    if (length !== null && atSeconds >= length)
      issues.push({ code: 'chapter_beyond_end', message: `${named(at)} begins after the end of the video (${clockOf(length)}).` })
    if (chapters.findIndex((other) => other.atSeconds === atSeconds) < at)
      issues.push({ code: 'chapter_twice', message: `${named(at)} begins at the same moment as the one before it.` })
  })
  if (new Set(chapters.map(({ id }) => id)).size < chapters.length)
    issues.push({ code: 'chapter_id_twice', message: 'Two chapters have the same id. Delete one and write it again.' })
  return issues
}

/** Of the cue that holds a question: its moment, and where a wrong answer leads. */
export function cueIssues({ atSeconds, backToSeconds }: Cue, length: number | null): Lack[] {
  const issues: Lack[] = []
  if (length !== null && atSeconds > length)
    issues.push({
      code: 'cue_beyond_end',
      message: `It stands at ${clockOf(atSeconds)}, after the end of the video (${clockOf(length)}).`,
    })
  if (backToSeconds !== null && backToSeconds >= atSeconds)
    issues.push({ code: 'back_not_before', message: 'A wrong answer must lead back to a moment before the question.' })
  return issues
}

const called = {
  email: 'a mail address',
  phone: 'a phone number',
  'id-number': 'an identity number',
  'card-number': 'a card number',
  'bank-account': 'a bank account',
}

/** Personal data seen in the file's name or its captions: does not keep it from being published, but is said before. */
export function personalDataWarnings(asset: AssetFacts | null): DraftIssue[] {
  return (asset?.findings ?? []).map(({ kind, where, atSeconds, excerpt }) => {
    const place = where === 'name' ? "The file's name" : `A caption${atSeconds === null ? '' : ` at ${clockOf(atSeconds)}`}`
    return {
      questionId: null,
      code: 'personal_data',
      message: `${place} holds what looks like ${called[kind]}: “${excerpt}”. Learners will see it.`,
    }
  })
}
