// A file goes only where nobody meets it any more: what a published activity or an attempt shows stays, and the refusal names it.
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadConfig } from '../src/kernel/config.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { forgetStorage } from '../src/kernel/storage.ts'
import { deleteUnusedAsset } from '../src/modules/assessment/asset-use.ts'
import { openAttempt } from '../src/modules/assessment/attempts.ts'
import { createActivity, deleteActivity, saveDraft } from '../src/modules/content/authoring.ts'
import { activityOf } from '../src/modules/content/catalogue.ts'
import { publishActivity } from '../src/modules/content/publishing.ts'
import { assetOfCaller } from '../src/modules/media/assets.ts'
import { newSchool, openQuizDatabase, quizOf, textQuestion } from './_quiz.ts'
import { cueOf, newAsset, placeVideo, videoOf } from './_video.ts'

let close: () => Promise<void>
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cuepoint-deleting-'))
  const database = await openQuizDatabase(20)
  loadConfig({ NODE_ENV: 'test', DATABASE_URL: database.url, DATA_DIR: folder })
  forgetStorage()
  close = database.close
})
afterAll(async () => {
  await close()
  await rm(folder, { recursive: true, force: true })
})

const inUse = (words: RegExp) => ({ code: 'asset_in_use', message: expect.stringMatching(words) })

async function published(title = 'A street') {
  const school = await newSchool()
  const assetId = await newAsset(school)
  const activityId = await placeVideo(school, videoOf(assetId, [cueOf(textQuestion('q1'), 5)]), title)
  const publishOther = async () => {
    const { revision } = await activityOf(school.instructor, activityId)
    const document = videoOf(await newAsset(school))
    const saved = await saveDraft(school.instructor, activityId, { revision, title, document })
    await publishActivity(school.instructor, activityId, saved.revision)
  }
  return { school, instructor: school.instructor, assetId, activityId, publishOther }
}

describe('a video', () => {
  it('that a published activity shows is not deleted, and the refusal names the activity', async () => {
    const { instructor, assetId } = await published()
    await expect(deleteUnusedAsset(instructor, assetId)).rejects.toMatchObject(
      inUse(/^Learners meet this file in “A street”\. Take it out/),
    )
    expect(await assetOfCaller(instructor, assetId)).toMatchObject({ state: 'ready' })
  })

  it('may go once the activity was published with another one, or deleted', async () => {
    const one = await published()
    await one.publishOther()
    await deleteUnusedAsset(one.instructor, one.assetId)
    await expect(assetOfCaller(one.instructor, one.assetId)).rejects.toMatchObject({ code: 'asset_not_found' })
    const other = await published()
    await deleteActivity(other.instructor, other.activityId)
    await deleteUnusedAsset(other.instructor, other.assetId)
  })

  it('stays while attempts at an earlier version show it', async () => {
    const { school, instructor, assetId, publishOther } = await published()
    await openAttempt(await school.learner(), school.placementId)
    await publishOther()
    await expect(deleteUnusedAsset(instructor, assetId)).rejects.toMatchObject(inUse(/^Attempts at an earlier version of “A street”/))
  })

  it('that only drafts name may go: the draft says then that it is gone', async () => {
    const school = await newSchool()
    const assetId = await newAsset(school)
    const { id, revision } = await createActivity(school.instructor, { kind: 'video' })
    await saveDraft(school.instructor, id, { revision, title: 'Draft', document: videoOf(assetId) })
    await deleteUnusedAsset(school.instructor, assetId)
    expect((await activityOf(school.instructor, id)).issues.map(({ code }) => code)).toContain('asset_gone')
  })

  it('that a copy in another course shows stays, without telling that course’s titles', async () => {
    const { school, instructor, assetId, activityId } = await published()
    const [row] = await queryAlone<{ id: string }>(
      `insert into courses (id, institution_id, external_id, title) values (gen_random_uuid(), $1, 'other', 'Other') returning id`,
      [school.institutionId],
    )
    await queryAlone('update activities set course_id = $2 where id = $1', [activityId, row?.id])
    await expect(deleteUnusedAsset(instructor, assetId)).rejects.toMatchObject(inUse(/meet this file in an activity of another course\./))
  })

  it('is deleted or published, never both, when both are asked for at once', async () => {
    for (let round = 0; round < 8; round++) {
      const school = await newSchool()
      const { instructor } = school
      const assetId = await newAsset(school)
      const { id, revision } = await createActivity(instructor, { kind: 'video' })
      const saved = await saveDraft(instructor, id, { revision, title: 'Raced', document: videoOf(assetId) })
      const [deleted, out] = await Promise.allSettled([
        deleteUnusedAsset(instructor, assetId),
        publishActivity(instructor, id, saved.revision),
      ])
      expect([deleted.status, out.status].toSorted()).toEqual(['fulfilled', 'rejected'])
      const [row] = await queryAlone(
        'select version_id is null as unpublished, (select deleted_at is null from assets where id = $2) as there from activities where id = $1',
        [id, assetId],
      )
      expect(row).toEqual(out.status === 'fulfilled' ? { unpublished: false, there: true } : { unpublished: true, there: false })
    }
  })
})

it('A picture in a published question stays; one that no question shows any more may go', async () => {
  const school = await newSchool()
  const [shown, unused] = [await newAsset(school, { kind: 'image' }), await newAsset(school, { kind: 'image' })]
  const { id, revision } = await createActivity(school.instructor, { kind: 'quiz' })
  const prompt = `<p>Look: <img data-asset="${shown}" alt="A leaf"></p>`
  const saved = await saveDraft(school.instructor, id, { revision, title: 'Leaves', document: quizOf([textQuestion('q1', { prompt })]) })
  await publishActivity(school.instructor, id, saved.revision)
  await expect(deleteUnusedAsset(school.instructor, shown)).rejects.toMatchObject(inUse(/“Leaves”/))
  await deleteUnusedAsset(school.instructor, unused)
})

it('Nobody deletes the file of another course', async () => {
  const { assetId } = await published()
  const elsewhere = await newSchool()
  await expect(deleteUnusedAsset(elsewhere.instructor, assetId)).rejects.toMatchObject({ code: 'asset_not_found' })
})
