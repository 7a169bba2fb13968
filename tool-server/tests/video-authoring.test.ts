// A video activity on its way to its Version: what it needs, what it warns of, what a copy takes along.
import { randomUUID } from 'node:crypto'
import type { VideoDocument } from '@cuepoint/contracts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { queryAlone, transaction } from '../src/kernel/db.ts'
import { createActivity, saveDraft } from '../src/modules/content/authoring.ts'
import { activityOf, summariesOf } from '../src/modules/content/catalogue.ts'
import { copyActivity, publishedVersionOf } from '../src/modules/content/index.ts'
import { publishActivity } from '../src/modules/content/publishing.ts'
import { newSchool, openQuizDatabase, quizOf, type School, textQuestion } from './_quiz.ts'
import { cueOf, newAsset, placeVideo, videoOf } from './_video.ts'

let close: () => Promise<void>
let school: School
beforeAll(async () => {
  close = (await openQuizDatabase()).close
  school = await newSchool()
})
afterAll(() => close())

async function drafted(document: VideoDocument) {
  const { id, revision } = await createActivity(school.instructor, { kind: 'video' })
  const saved = await saveDraft(school.instructor, id, { revision, title: 'Clip', document })
  return { id, ...saved, codes: saved.issues.map(({ code }) => code) }
}

describe('a video cannot be published', () => {
  it('before it is chosen, and says so from the start', async () => {
    const empty = await createActivity(school.instructor, { kind: 'video' })
    expect(empty).toMatchObject({ kind: 'video', title: 'Untitled video', questionCount: 0, maxScore: 1 })
    expect(empty.issues.map(({ code }) => code)).toEqual(['asset_missing'])
    await expect(publishActivity(school.instructor, empty.id, empty.revision)).rejects.toMatchObject({ code: 'activity_incomplete' })
  })

  it('while it is uploaded or made ready, or where that failed, with the reason', async () => {
    for (const [state, code] of [
      ['uploading', 'asset_uploading'],
      ['processing', 'asset_not_ready'],
      ['cancelled', 'asset_cancelled'],
    ] as const)
      expect((await drafted(videoOf(await newAsset(school, { state, seconds: null })))).codes).toEqual([code])
    const failed = await drafted(videoOf(await newAsset(school, { state: 'failed', failure: 'The file ends in the middle.' })))
    expect(failed.issues).toEqual([
      { questionId: null, code: 'asset_failed', message: 'The video could not be made ready. The file ends in the middle.' },
    ])
    expect((await drafted(videoOf(await newAsset(school, { kind: 'image', seconds: null })))).codes).toEqual(['asset_unfit'])
  })

  it('with a question beyond its end, without words or key, twice the same, or leading forward', async () => {
    const assetId = await newAsset(school)
    const found = async (...cues: Parameters<typeof cueOf>[]) =>
      (
        await drafted(
          videoOf(
            assetId,
            cues.map((cue) => cueOf(...cue)),
          ),
        )
      ).issues.map(({ questionId, code }) => [questionId, code])
    expect(await found([textQuestion('q1'), 100.5])).toEqual([['q1', 'cue_beyond_end']])
    expect(await found([textQuestion('q1'), 100])).toEqual([])
    expect(await found([textQuestion('q1', { prompt: '', accepted: [] }), 5])).toEqual([
      ['q1', 'prompt_missing'],
      ['q1', 'accepted_missing'],
    ])
    expect(await found([textQuestion('q1'), 5], [textQuestion('q1'), 6])).toEqual([
      ['q1', 'cue_id_twice'],
      ['q1', 'question_id_twice'],
    ])
    expect(await found([textQuestion('q1'), 5, { backToSeconds: 5 }])).toEqual([['q1', 'back_not_before']])
  })

  it('with chapters that say nothing, begin together or lie beyond the end; nor where nothing earns a point', async () => {
    const assetId = await newAsset(school)
    const chapters = [
      { id: 'a', atSeconds: 0, title: 'Start' },
      { id: 'b', atSeconds: 0, title: ' ' },
      { id: 'c', atSeconds: 100, title: 'Late' },
    ]
    const { codes } = await drafted({ ...videoOf(assetId, [], { watchPoints: 0 }), chapters })
    expect(codes).toEqual(['chapter_title_missing', 'chapter_twice', 'chapter_beyond_end', 'points_missing'])
  })

  it('with a video of another course or school: it is taken out of the draft', async () => {
    const elsewhere = await newSchool()
    const { id, codes } = await drafted(videoOf(await newAsset(elsewhere)))
    expect(codes).toEqual(['asset_missing'])
    expect((await activityOf(school.instructor, id)).document).toMatchObject({ assetId: null })
    expect((await drafted(videoOf(randomUUID()))).codes).toEqual(['asset_missing'])
  })
})

describe('a video that has all', () => {
  it('is stored in the order of time, published, and worth its questions and its watching', async () => {
    const late = cueOf(textQuestion('late', { points: 2 }), 60.00049)
    const early = cueOf(textQuestion('early', { points: 3 }), 10)
    const chapters = [
      { id: 'b', atSeconds: 50, title: 'Second' },
      { id: 'a', atSeconds: 0, title: 'First' },
    ]
    const document = { ...videoOf(await newAsset(school), [late, early], { watchPoints: 5 }), chapters }
    const { id, revision, codes } = await drafted(document)
    expect(codes).toEqual([])
    const published = await publishActivity(school.instructor, id, revision)
    expect(published).toMatchObject({ questionCount: 2, maxScore: 10, published: { number: 1, maxScore: 10 } })
    const version = await publishedVersionOf(id, school.courseId)
    expect(version.document).toMatchObject({
      cues: [
        { atSeconds: 10, question: { id: 'early' } },
        { atSeconds: 60, question: { id: 'late' } },
      ],
      chapters: [{ title: 'First' }, { title: 'Second' }],
    })
    expect(await summariesOf(school.instructor, [id])).toMatchObject([{ kind: 'video', maxScore: 10 }])
  })

  it('keeps its Version when the draft goes on', async () => {
    const id = await placeVideo(school, videoOf(await newAsset(school), [cueOf(textQuestion('q1'), 5)]))
    const { revision } = await activityOf(school.instructor, id)
    await saveDraft(school.instructor, id, { revision, title: 'Video', document: videoOf(await newAsset(school)) })
    expect((await publishedVersionOf(id, school.courseId)).document).toMatchObject({ cues: [{ atSeconds: 5 }] })
    expect(await activityOf(school.instructor, id)).toMatchObject({ draftAhead: true, questionCount: 0 })
  })

  it('warns of personal data in file name and captions, and can be published all the same', async () => {
    const findings = [
      { kind: 'email', where: 'name', captionId: null, atSeconds: null, excerpt: 'jo@school.example' },
      { kind: 'phone', where: 'caption', captionId: randomUUID(), atSeconds: 65.4, excerpt: 'call 01 234 5678' },
    ]
    const { id, revision, codes, warnings } = await drafted(videoOf(await newAsset(school, { findings })))
    expect(codes).toEqual([])
    expect(warnings.map(({ message }) => message)).toEqual([
      "The file's name holds what looks like a mail address: “jo@school.example”. Learners will see it.",
      'A caption at 1:05 holds what looks like a phone number: “call 01 234 5678”. Learners will see it.',
    ])
    expect((await publishActivity(school.instructor, id, revision)).warnings).toEqual(warnings)
  })

  it('stays a video: a quiz is not saved over it', async () => {
    const { id, revision } = await drafted(videoOf(null))
    await expect(saveDraft(school.instructor, id, { revision, title: 'x', document: quizOf([textQuestion('q1')]) })).rejects.toMatchObject({
      code: 'body_invalid',
      issues: [{ code: 'kind_differs' }],
    })
    expect((await activityOf(school.instructor, id)).revision).toBe(revision)
  })
})

describe('a copy', () => {
  it('in its course has ids of its own for questions, moments and chapters', async () => {
    const chapters = [{ id: 'chapter', atSeconds: 0, title: 'Start' }]
    const one = await drafted({ ...videoOf(await newAsset(school), [cueOf(textQuestion('q1'), 5)]), chapters })
    const copy = await createActivity(school.instructor, { kind: 'video', copyOf: one.id })
    expect(copy).toMatchObject({ title: 'Clip (copy)', issues: [], questionCount: 1 })
    expect(JSON.stringify(copy.document)).not.toMatch(/"(q1|cue-q1|chapter)"/)
  })

  it('in another course brings its video along, for that course alone', async () => {
    const [target, third] = [await courseBeside(school), await courseBeside(school)]
    const assetId = await newAsset(school)
    const from = await placeVideo(school, videoOf(assetId, [cueOf(textQuestion('q1'), 5)]))
    const copied = await transaction((tx) => copyActivity(tx, target, { courseId: school.courseId, activityId: from }))
    const copy = await activityOf(target, copied)
    expect(copy).toMatchObject({ issues: [], published: { number: 1 }, document: { assetId } })
    const again = await saveDraft(target, copied, { revision: copy.revision, title: 'Mine', document: copy.document })
    expect(again.issues).toEqual([])
    const other = await createActivity(third, { kind: 'video' })
    const kept = await saveDraft(third, other.id, { revision: other.revision, title: 'x', document: copy.document })
    expect(kept.issues.map(({ code }) => code)).toContain('asset_missing')
  })
})

/** Another course of the same school, as its instructor meets it. */
async function courseBeside({ institutionId, instructor }: School) {
  const courseId = randomUUID()
  await queryAlone('insert into courses (id, institution_id, external_id, title) values ($1, $2, $3, $4)', [
    courseId,
    institutionId,
    courseId,
    'Beside',
  ])
  return { ...instructor, courseId }
}
