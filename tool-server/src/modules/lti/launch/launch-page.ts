// The page in the frame: the session exchange and the first paint in one, under the CSP of its registration.
import type { Caller, LaunchData, LaunchPageData, Session } from '@cuepoint/contracts'
import type { Response } from 'express'
import { clientHead } from '../../../kernel/http/assets.ts'
import { Html, html, jsonForHtml, sendPage } from '../../../kernel/http/page.ts'
import { openForLaunch, overviewShown, teaches } from '../../assessment/index.ts'
import type { Entered } from '../../identity/index.ts'
import { withInlineMedia } from '../../media/index.ts'
import type { Registration } from '../platforms/registry.ts'
import { offerFrom } from '../services/deep-linking.ts'
import type { Launch } from './claims.ts'
import type { Landed } from './land.ts'

/** Which island a session lights; `plays`: there is something to play. */
export function islandOf(caller: Caller, plays: boolean): LaunchData['island'] {
  if (caller.purpose === 'choose') return 'picker'
  if (teaches(caller)) return caller.review ? 'review' : 'overview'
  return plays ? 'player' : 'empty'
}

function sessionFrom({ caller, courseTitle }: Entered, launch: Launch, platformName: string, returnUrl: string | null): Session {
  return {
    id: caller.sessionId,
    person: caller.personId ? { id: caller.personId, name: launch.name } : null,
    course: { id: caller.courseId, title: courseTitle },
    placement: caller.placementId
      ? { id: caller.placementId, title: launch.resourceLink?.title ?? '', activityId: caller.activityId }
      : null,
    role: caller.role,
    purpose: caller.purpose,
    locale: caller.locale,
    platform: { name: platformName, returnUrl },
    expiresAt: caller.expiresAt.toISOString(),
  }
}

export async function sendLaunchPage(response: Response, registration: Registration, landed: Landed): Promise<void> {
  const { launch, entered } = landed
  const { caller } = entered
  const { placementId, activityId } = caller
  // After the launch is written: what follows may open an attempt, or take an instructor's time, in a transaction of its own.
  const player = landed.standing && placementId ? await openForLaunch(caller, { id: placementId, activityId }, landed.standing) : null
  const data: LaunchPageData = {
    token: entered.token,
    session: sessionFrom(entered, launch, landed.platformName, landed.returnUrl),
    island: islandOf(caller, player !== null),
    player,
    overview: teaches(caller) && caller.placementId && !caller.review ? await overviewShown(caller, caller.placementId) : null,
    review: caller.review ?? null,
    deepLinking: launch.deepLinking && offerFrom(launch.deepLinking, registration, landed.platformName),
  }
  const json = JSON.stringify(data)
  const dressed = await withInlineMedia(caller, json)
  sendFrame(response, landed.origins, dressed === json ? data : (JSON.parse(dressed) as LaunchPageData))
}

// Until the scripts are here: said after a moment only, and after a long one with what can be done (shell.css).
const waiting = html`<div class="cp"><p class="cp-loading">Loading…</p><p class="cp-loading cp-loading-long">This takes longer than usual. Check your connection, then reload this page, or open it again from your course.</p></div>`

/** The shell of the client; `data` is null for a reload, whose tab then finds its session by itself. */
export function sendFrame(response: Response, framedBy: readonly string[], data: LaunchPageData | null): void {
  sendPage(response, {
    title: data?.session.placement?.title || 'Cuepoint',
    framedBy,
    // The deep-linking form goes back to the LMS.
    formTo: framedBy.length > 0 ? framedBy.join(' ') : "'none'",
    kind: 'app',
    language: 'en',
    // A launch that opens on a video comes by the player's smaller door, as client/src/islands/islands.ts has it.
    head: () => clientHead(data?.player?.current?.video ? 'player/video' : (data?.island ?? 'player')),
    body: html`<div id="root">${waiting}</div>${data ? html`<script type="application/json" id="launch">${jsonForHtml(data)}</script>` : new Html('')}`,
  })
}
