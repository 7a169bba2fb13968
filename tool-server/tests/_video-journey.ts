// The steps of a video over HTTP: made, published and linked by its teacher, played by the clock of the test.
import { randomUUID } from 'node:crypto'
import type { VideoDocument } from '@cuepoint/contracts'
import { queryAlone } from '../src/kernel/db.ts'
import { callTool, type TestSchool, type Wire } from './_app.ts'
import { newAsset } from './_video.ts'

export interface PlacedVideo {
  itemId: string
  activityId: string
  assetId: string
}

/** Makes the video in the instructor's course, publishes it, and lets the LMS link it in its course with a column. */
export async function placeVideoItem(
  { origin, lms }: TestSchool,
  instructor: string,
  lmsCourse: string,
  documentWith: (assetId: string) => VideoDocument,
): Promise<PlacedVideo> {
  const ask = async (method: string, path: string, body?: unknown) => {
    const { status, json, text } = await callTool(origin, instructor, method, path, body)
    if (status !== 200) throw new Error(text)
    return json
  }
  const { course } = await ask('GET', '/api/session')
  const [row] = await queryAlone<{ id: string }>('select institution_id as id from courses where id = $1', [course.id])
  const assetId = await newAsset({ institutionId: row?.id ?? '', courseId: course.id })
  const { id, revision } = await ask('POST', '/api/activities', { kind: 'video' })
  const draft = { revision, title: 'Clip', document: documentWith(assetId) }
  const saved = await ask('PUT', `/api/activities/${id}/draft`, draft)
  const { maxScore } = await ask('POST', `/api/activities/${id}/publish`, { revision: saved.revision })
  const item = lms.addItem({
    course: lmsCourse,
    title: 'Clip',
    custom: { cuepoint_activity_id: id },
    url: `${origin}/lti/activities/${id}`,
    lineItem: { scoreMaximum: maxScore },
  })
  return { itemId: item.id, activityId: id, assetId }
}

/** One page that plays: reports as the player does, each under its next number. */
export class View {
  readonly viewId = randomUUID()
  seq = 0
  #report: (body: object) => Promise<Wire>

  constructor(report: (body: object) => Promise<Wire>) {
    this.#report = report
  }

  /** Answers as the server does; without a stretch it says that playing begins. */
  tell(stretch: [number, number] | null = null, over: object = {}): Promise<Wire> {
    const intervals = stretch ? [{ from: stretch[0], to: stretch[1], speed: 1 }] : []
    const { viewId } = this
    return this.#report({ viewId, seq: ++this.seq, intervals, positionSeconds: stretch?.[1] ?? 0, playing: true, ...over })
  }
}
