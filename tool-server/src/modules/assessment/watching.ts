// A page reports what it played: credited by the server's clock, kept, and answered with how far it has come.
import type { Caller, Watched } from '@cuepoint/contracts'
import { now } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/db.ts'
import { AppError, conflict } from '../../kernel/errors.ts'
import { versionOf } from '../content/index.ts'
import { versionIdOf } from './attempt-facts.ts'
import { assertRecords } from './permission.ts'
import { secondsIn, watchedShareOf } from './stretches.ts'
import { isVideo, lengthOf, type VideoVersion } from './video-length.ts'
import { creditedOf, type Refused, unwatched, type WatchReport } from './watch.ts'
import { openWatching, type StoredWatching, watchedBefore, writeWatching } from './watching-rows.ts'

/** Notes of one report, and of one attempt: enough to see what somebody does, and no way to fill a disk. */
const mostNotes = 10
const mostNoted = 500

/** attempt_not_found, attempt_closed, activity_kind_unsupported, placement_read_only. */
export async function reportWatching(caller: Caller, attemptId: string, report: WatchReport): Promise<Watched> {
  assertRecords(caller)
  const version = await versionOf(await versionIdOf(caller, attemptId.toLowerCase()))
  if (!isVideo(version)) throw notVideo()
  const lengthSeconds = await lengthOf(caller.institutionId, version)
  // Each time it is overtaken another report was written: two tabs end after two rounds.
  for (let round = 0; round < 10; round++) {
    const at = now()
    const open = await openWatching(attemptId, at)
    if (!open) throw attemptClosed()
    const before = open.watching ?? (await begun(attemptId, lengthSeconds, version))
    const { after, refused } = creditedOf(before, report, { at: at.getTime(), lengthSeconds, maySkip: before.free })
    const share = watchedShareOf(after.watched, lengthSeconds)
    const free = before.free || freed(version, share)
    const state = { ...before, ...after, lengthSeconds, share, free }
    const outcome = await writeWatching(state, report, notesOf(before, refused), at)
    if (outcome === 'closed') throw attemptClosed()
    if (outcome === 'written') return watchedOf(state)
  }
  throw new AppError('service_unavailable', 'Too many pages report at once. This one may try again.')
}

/** How an attempt begins that was not played yet. */
export async function begun(attemptId: string, lengthSeconds: number, version: VideoVersion, tx?: Tx): Promise<StoredWatching> {
  const { skipping, watchedThreshold } = version.document.settings
  const free = skipping === 'allowed' || (skipping === 'after-first-view' && (await watchedBefore(attemptId, watchedThreshold, tx)))
  return { ...unwatched, attemptId, revision: 0, lengthSeconds, share: 0, free, score: null }
}

function freed(version: VideoVersion, share: number): boolean {
  const { skipping, watchedThreshold } = version.document.settings
  return skipping === 'after-first-view' && share >= watchedThreshold
}

export function watchedOf({ watched, share, positionSeconds, free }: StoredWatching): Watched {
  const creditedSeconds = Math.round(secondsIn(watched) * 1000) / 1000
  return { watched, creditedSeconds, watchedShare: share, positionSeconds, freeToSeek: free }
}

function notesOf({ refused: before }: StoredWatching, refused: readonly Refused[]): readonly Refused[] {
  return before >= mostNoted ? [] : refused.slice(0, mostNotes)
}

export function notVideo(): AppError {
  return new AppError('activity_kind_unsupported', 'This attempt has no video.')
}

export function attemptClosed(): AppError {
  return conflict('attempt_closed', 'This attempt has been handed in, or its time is over.')
}
