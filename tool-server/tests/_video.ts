// Videos to watch, for the tests of content and assessment: assets that are ready without a file behind them.
import { randomUUID } from 'node:crypto'
import type { Cue, Question, VideoDocument, VideoSettings } from '@cuepoint/contracts'
import { queryAlone } from '../src/kernel/db.ts'
import { createActivity, saveDraft } from '../src/modules/content/authoring.ts'
import { publishActivity } from '../src/modules/content/publishing.ts'
import type { School } from './_quiz.ts'

interface AssetOver {
  kind?: string
  name?: string
  state?: string
  failure?: string
  seconds?: number | null
  findings?: unknown[]
}

/** An asset of the school's course, ready to be played and 100 seconds long unless said otherwise. */
export async function newAsset(
  { institutionId, courseId }: Pick<School, 'institutionId' | 'courseId'>,
  over: AssetOver = {},
): Promise<string> {
  const id = randomUUID()
  const { kind = 'video', name = 'clip.mp4', state = 'ready', failure = null, seconds = 100, findings = [] } = over
  await queryAlone(
    `insert into assets (id, institution_id, course_id, kind, name, bytes, state, failure_code, failure_message, duration_seconds,
       width, height, has_audio, has_video, generation, playable, findings)
     values ($1, $2, $3, $4, $5, 1000, $6, $7, $8, $9, 640, 360, true, true, 1, true, $10)`,
    [id, institutionId, courseId, kind, name, state, failure && 'broken', failure, seconds, JSON.stringify(findings)],
  )
  return id
}

const settings: VideoSettings = {
  attemptsAllowed: null,
  counting: 'best',
  showAnswers: 'after-submit',
  skipping: 'allowed',
  watchedThreshold: 1,
  watchPoints: 10,
}

export function cueOf(question: Question, atSeconds: number, over: Partial<Cue> = {}): Cue {
  return { id: `cue-${question.id}`, atSeconds, question, required: true, triesAllowed: 1, backToSeconds: null, ...over }
}

export function videoOf(assetId: string | null, cues: Cue[] = [], over: Partial<VideoSettings> = {}): VideoDocument {
  return { kind: 'video', intro: '', assetId, cues, chapters: [], settings: { ...settings, ...over } }
}

/** Publishes a video in the school and points its placement there. */
export async function placeVideo(school: School, document: VideoDocument, title = 'Video'): Promise<string> {
  const { id, revision } = await createActivity(school.instructor, { kind: 'video', title })
  const saved = await saveDraft(school.instructor, id, { revision, title, document })
  await publishActivity(school.instructor, id, saved.revision)
  await queryAlone('update placements set activity_id = $2 where id = $1', [school.placementId, id])
  return id
}
