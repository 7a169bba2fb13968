// A video with questions for the demo: its file is encoded in the background while the class takes its quiz, then it is published.
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Question, VideoDocument } from '@cuepoint/contracts'
import { home } from '../../kernel/config.ts'
import { transaction } from '../../kernel/db.ts'
import { createActivity, publishActivity, publishedVersionOf, saveDraft, type Version } from '../../modules/content/index.ts'
import { pointPlacement } from '../../modules/identity/index.ts'
import { addFile, assetOf } from '../../modules/media/index.ts'
import { enterAs, type Placed, type Seat } from './example-class.ts'
import type { Film } from './habit.ts'

const clip = join(home, 'fixtures/media/people-on-a-square.mp4')
const patienceMs = 300_000

const question = (id: string, prompt: string, correct: boolean, why: string): Question => ({
  id,
  kind: 'true-false',
  prompt: `<p>${prompt}</p>`,
  points: 1,
  topicIds: [],
  feedback: { right: '', wrong: `<p>${why}</p>` },
  correct,
  choiceFeedback: { true: '', false: '' },
})

const cues: VideoDocument['cues'] = [
  {
    id: 'c1',
    atSeconds: 8,
    required: true,
    triesAllowed: 2,
    backToSeconds: 2,
    question: question('q1', 'Several people cross the square at once.', true, 'Look once more at the left and the right of the picture.'),
  },
  {
    id: 'c2',
    atSeconds: 18,
    required: true,
    triesAllowed: null,
    backToSeconds: null,
    question: question(
      'q2',
      'A camera that counts people has an easy task where people hide each other.',
      false,
      'Who is hidden cannot be counted in that moment.',
    ),
  },
]

/** null: the placement leads to an activity already. */
export async function seedVideo(
  institutionId: string,
  teacher: Seat,
  placed: Placed,
): Promise<{ publish(): Promise<{ version: Version; film: Film } | null> } | null> {
  const caller = await enterAs(institutionId, teacher)
  const { placementId } = caller
  if (caller.activityId !== null || placementId === null) return null
  await placed(placementId)
  const assetId = await addFile(caller, 'people-on-a-square.mp4', clip)
  const made = await createActivity(caller, { kind: 'video', title: 'People on a square' })
  if (made.document.kind !== 'video') throw new Error('the draft of a video is no video')
  const chapters = [
    { id: 'h1', atSeconds: 0, title: 'The square' },
    { id: 'h2', atSeconds: 12, title: 'What makes it hard' },
  ]
  const document = { ...made.document, assetId, cues, chapters, intro: '<p>Half a minute of a real square, with two questions.</p>' }
  const draft = await saveDraft(caller, made.id, { revision: made.revision, title: made.title, document })
  return {
    async publish() {
      for (const end = Date.now() + patienceMs; (await assetOf(caller, assetId))?.state === 'processing' && Date.now() < end; )
        await sleep(500)
      await publishActivity(caller, made.id, draft.revision)
      await transaction((tx) => pointPlacement(tx, caller, placementId, made.id))
      const lengthSeconds = (await assetOf(caller, assetId))?.durationSeconds
      if (!lengthSeconds) return null
      const version = await publishedVersionOf(made.id, caller.courseId)
      return { version, film: { lengthSeconds, cues: cues.map(({ atSeconds }) => atSeconds), hard: [11, 17] } }
    },
  }
}
