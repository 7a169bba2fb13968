// Why an uploaded video is not being made ready: what its author is told.
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { queryAlone } from '../src/kernel/db.ts'
import { encodeWaitOf } from '../src/modules/media/transcode/waiting.ts'
import { type MediaRoom, openMediaRoom } from './_videos.ts'

let room: MediaRoom
beforeAll(async () => {
  room = await openMediaRoom()
})
afterAll(() => room.close())

/** A video that is planned, as its planner would leave it. */
async function planned(): Promise<string> {
  const id = randomUUID()
  await queryAlone(
    `insert into assets (id, institution_id, course_id, kind, name, bytes, state) values ($1, $2, $3, 'video', 'clip.mp4', 1, 'processing')`,
    [id, room.institutionId, room.courseId],
  )
  await queryAlone(
    `insert into transcodes (asset_id, generation, event_id, state, ladder_version, plan) values ($1, 1, $2, 'encoding', 1, '{}')`,
    [id, randomUUID()],
  )
  await queryAlone(`insert into transcode_chunks (asset_id, generation, task, chunk, planned) values ($1, 1, 'lead', 0, true)`, [id])
  return id
}
const begin = (id: string) => queryAlone('update transcode_chunks set begun_at = now() where asset_id = $1', [id])

test('A video waits for a worker where none serves media, for its turn while others are made, for room on a full disk, else for nothing', async () => {
  const [mine, other, third] = [await planned(), await planned(), await planned()]
  expect(await encodeWaitOf(mine)).toEqual({ for: 'worker', ahead: 0 })
  const serve = (listens: string[]) =>
    queryAlone('insert into worker_processes (id, host, pid, listens) values ($1, $2, 1, $3)', [randomUUID(), 'here', listens])
  await serve(['lti.*'])
  expect(await encodeWaitOf(mine)).toEqual({ for: 'worker', ahead: 0 })
  await serve(['media.*'])
  expect(await encodeWaitOf(mine)).toBeNull()
  await begin(other)
  await begin(third)
  expect(await encodeWaitOf(mine)).toEqual({ for: 'turn', ahead: 2 })
  expect(await encodeWaitOf(other)).toBeNull()
  await begin(mine)
  expect(await encodeWaitOf(mine)).toBeNull()
  await queryAlone(`update transcodes set waits_for = 'room' where asset_id = $1`, [mine])
  expect(await encodeWaitOf(mine)).toEqual({ for: 'room', ahead: 0 })
  await queryAlone(`update worker_processes set seen_at = now() - interval '1 minute'`, [])
  expect(await encodeWaitOf(other)).toEqual({ for: 'worker', ahead: 0 })
})
