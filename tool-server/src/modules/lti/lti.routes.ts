// Addresses that an LMS or its pages call, and the calls that exist only because an LMS opened us.
import {
  type Caller,
  choosePlacementActivity,
  getLaunch,
  getPlacementOrigin,
  type LaunchData,
  listMissingScores,
  refreshRoster,
  resendMyScore as resendMyScoreCall,
  resendScores as resendScoresCall,
  resumeLaunch,
  returnDeepLinkProblem,
  returnDeepLinks,
  settlePlacementOrigin,
  takeBackShare,
} from '@cuepoint/contracts'
import { canvasConfiguration } from '@cuepoint/lti-config'
import type { Request, Response } from 'express'
import { newToken } from '../../kernel/clock.ts'
import { config } from '../../kernel/config.ts'
import { transaction } from '../../kernel/db.ts'
import { AppError, notFound } from '../../kernel/errors.ts'
import { implement, page } from '../../kernel/http/implement.ts'
import { html, sendPage } from '../../kernel/http/page.ts'
import { overviewShown, playerViewFor, teaches } from '../assessment/index.ts'
import { isActivityOfCourse } from '../content/index.ts'
import { callerOf, placementOf, pointPlacement, renewToken, sessionOf } from '../identity/index.ts'
import { noteRelink, settleOrigin, takeShareBack } from './copies/settling.ts'
import { originFor } from './copies/showing.ts'
import { recorded } from './flight/recorded.ts'
import { browserOf } from './launch/browser-binding.ts'
import { framersOf } from './launch/framers.ts'
import { receiveLaunch } from './launch/launch.ts'
import { islandOf, sendFrame } from './launch/launch-page.ts'
import { beginAgain, beginFromRequest, goOnUnstored } from './launch/login.ts'
import { receiveNotices } from './notices/receiving.ts'
import { noticesPath } from './notices/subscribing.ts'
import { publishedKeys } from './platforms/keys.ts'
import { registrationRoutes } from './platforms/registration.routes.ts'
import { registrationDeskRoutes } from './platforms/registration-desk.routes.ts'
import { offerOf, returnForm, returnProblem } from './services/deep-linking.ts'
import { missingScores } from './services/missing-scores.ts'
import { refreshRosterNow } from './services/roster.ts'
import { resendMyScore, resendScores } from './services/sending-again.ts'

const form = { maxBytes: 131_072 }
const parameter = (request: Request, name: string): string => String(request.params[name] ?? '')

/** The first paint of a session, as the launch page carried it. */
async function launchData(caller: Caller): Promise<LaunchData> {
  const session = await sessionOf(caller)
  const { placementId, activityId } = caller
  const player = placementId && activityId && !teaches(caller) ? await playerViewFor(caller, { id: placementId, activityId }) : null
  const overview = placementId && teaches(caller) && !caller.review ? await overviewShown(caller, placementId) : null
  const island = islandOf(caller, player !== null)
  return { session, island, player, overview, review: caller.review ?? null, deepLinking: await offerOf(caller, session.platform.name) }
}

const login = recorded('login', beginFromRequest, true)

export const ltiRoutes = [
  page({
    method: 'GET',
    path: '/',
    says: 'says what this is, to whoever types the address',
    handle: (_request, response) => sendOpenFromCourse(response),
  }),
  page({ method: 'GET', path: '/lti/login', says: 'OIDC third-party login initiation', handle: login }),
  page({ method: 'POST', path: '/lti/login', says: 'OIDC third-party login initiation', form, handle: login }),
  page({
    method: 'GET',
    path: '/lti/again/:state',
    says: 'the same login once more, in a window of its own',
    handle: (request, response) => beginAgain(parameter(request, 'state'), response),
  }),
  page({
    method: 'GET',
    path: '/lti/unstored/:state',
    says: 'a login that the LMS’s storage did not keep: on, if our cookie stayed, else a window of its own',
    handle: recorded('login', goOnUnstored, true),
  }),
  page({
    method: 'POST',
    path: '/lti/launch',
    says: 'the one redirect URI: resource link, deep linking, submission review',
    form,
    handle: recorded('launch', receiveLaunch),
  }),
  page({
    method: 'GET',
    path: '/lti/launch',
    says: 'says that a launch comes from a course',
    handle: (_request, response) => sendOpenFromCourse(response),
  }),
  page({
    method: 'GET',
    path: '/lti/activities/:activityId',
    says: 'target_link_uri of a deep-linked item; by itself says where to open it',
    handle: (_request, response) => sendOpenFromCourse(response),
  }),
  page({
    method: 'POST',
    path: noticesPath,
    says: 'notices of an LMS: a copied course (Platform Notification Service)',
    json: { maxBytes: 262_144 },
    handle: receiveNotices,
  }),
  page({
    method: 'GET',
    path: '/lti/keys',
    says: 'our JWKS',
    handle: async (_request, response) => {
      response.setHeader('cache-control', 'public, max-age=300')
      response.json(await publishedKeys())
    },
  }),
  page({
    method: 'GET',
    path: '/lti/config/canvas.json',
    says: 'Canvas configuration, for "Enter URL"',
    handle: (_request, response) => void response.json(canvasConfiguration(config().publicUrl)),
  }),
  page({
    method: 'GET',
    path: '/a/:launch',
    says: 'the page in the frame, reloaded: holds nothing; its tab has the token, or asks with the binding cookie',
    handle: async (request, response) => sendFrame(response, await framersOf(parameter(request, 'launch')), null),
  }),
  implement(getLaunch, ({ caller }) => launchData(caller)),
  implement(resumeLaunch, async ({ params, request }) => {
    const browser = browserOf(request)
    // A foreign page may not spend the cookie: same-origin requests only.
    if (!browser || request.headers['sec-fetch-site'] !== 'same-origin') throw openAgain()
    const token = newToken()
    const caller = await renewToken(params.launchId, browser, token)
    if (!caller) throw openAgain()
    return { token, ...(await launchData(caller)) }
  }),
  implement(refreshRoster, ({ caller }) => refreshRosterNow(caller)),
  implement(resendScoresCall, ({ caller, params, body }) => resendScores(caller, params.placementId, body.personIds)),
  implement(resendMyScoreCall, ({ caller, params }) => resendMyScore(caller, params.placementId)),
  implement(listMissingScores, ({ caller, params }) => missingScores(caller, params.placementId)),
  implement(returnDeepLinks, ({ caller, body }) => returnForm(caller, body.items)),
  implement(returnDeepLinkProblem, ({ caller, body }) => returnProblem(caller, body.problem)),
  implement(choosePlacementActivity, async ({ caller, params, body, request }) => {
    await placementOf(caller, params.placementId)
    await transaction(async (tx) => {
      if (!(await isActivityOfCourse(tx, body.activityId, caller.courseId)))
        throw notFound('activity_not_found', 'This activity does not exist in this course.')
      await pointPlacement(tx, caller, params.placementId, body.activityId)
      await noteRelink(tx, caller, params.placementId)
    })
    return launchAnew(caller, request)
  }),
  implement(getPlacementOrigin, ({ caller, params }) => originFor(caller, params.placementId)),
  implement(settlePlacementOrigin, async ({ caller, params, body, request }) => {
    await settleOrigin(caller, params.placementId, body.decision, body.all)
    return launchAnew(caller, request)
  }),
  implement(takeBackShare, async ({ caller, params, request }) => {
    await takeShareBack(caller, params.placementId)
    return launchAnew(caller, request)
  }),
  ...registrationRoutes,
  ...registrationDeskRoutes,
]

/** After its placement was pointed elsewhere. */
async function launchAnew(caller: Caller, request: Request): Promise<LaunchData> {
  const fresh = await callerOf((request.headers.authorization ?? '').slice('Bearer '.length))
  return launchData(fresh ?? caller)
}

function openAgain(): AppError {
  return new AppError('session_expired', 'Open this activity again from your course.')
}

function sendOpenFromCourse(response: Response): void {
  sendPage(response, {
    title: 'Open this from your course',
    framedBy: 'anyone',
    kind: 'plain',
    body: html`<main><h1>Open this from your course</h1><p>Cuepoint shows quizzes and videos inside a course. Go to the course in your LMS and open the activity there: the LMS then tells Cuepoint who you are.</p></main>`,
  })
}
