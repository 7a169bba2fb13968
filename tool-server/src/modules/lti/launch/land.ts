// A verified launch lands: identity is filled, protocol data kept, the placement pointed at its activity, the first paint read.
import { Id } from '@cuepoint/contracts'
import { commit, query, type Tx } from '../../../kernel/db.ts'
import { AppError } from '../../../kernel/errors.ts'
import { readyToRecord, record } from '../../../kernel/events/outbox.ts'
import { log } from '../../../kernel/log.ts'
import { type Standing, standingOf, teaches } from '../../assessment/index.ts'
import { isActivityOfCourse } from '../../content/index.ts'
import { type Entered, type Entry, enter, pointPlacement } from '../../identity/index.ts'
import { findOrigin } from '../copies/finding.ts'
import { settleAsDecided } from '../copies/settling.ts'
import { lmsOf } from '../lms/index.ts'
import { subscribe } from '../notices/subscribing.ts'
import type { Deployment } from '../platforms/deployments.ts'
import { originAllowed, originsOf } from '../platforms/registry.ts'
import { sendAgainAtLaunch } from '../services/sending-again.ts'
import type { Launch } from './claims.ts'
import { groupsToKeep } from './keeping-groups.ts'
import { keepServices, markOf, type Said, takesScores } from './keeping-services.ts'
import { reviewing } from './review.ts'

export interface Landing extends Said {
  institutionId: string
  /** Lasting binding of the browser, for reloads. */
  browser: string
  /** Fails when the launch has not the login that it says: nothing may be committed before it is kept. */
  loginRight: Promise<void>
}

export interface Landed {
  entered: Entered
  launch: Launch
  platformName: string
  returnUrl: string | null
  /** Who may frame the page. */
  origins: readonly string[]
  /** Where a learner stands, read in the launch itself; null where there is nothing to play. */
  standing: Standing | null
}

export async function land(tx: Tx, landing: Landing): Promise<Landed> {
  const { launch, registration, institutionId } = landing
  if (launch.message === 'deep-linking' && launch.role !== 'instructor')
    throw new AppError('role_not_allowed', 'Only teachers can add activities to a course.', { reason: 'deep_linking_role' })
  const returnUrl = launch.returnUrl && originAllowed(registration, launch.returnUrl, landing.deployment.origins) ? launch.returnUrl : null
  const platformName = launch.platform.name || lmsOf(registration.lms).title
  const entering = enter(tx, {
    institutionId,
    person: launch.subject
      ? {
          externalId: launch.subject,
          name: launch.name,
          givenName: launch.givenName,
          familyName: launch.familyName,
          email: launch.email,
          sourcedId: launch.sourcedId,
        }
      : null,
    course: courseOf(launch, landing.deployment),
    placement:
      launch.message === 'deep-linking'
        ? null
        : {
            externalId: launch.resourceLink?.id ?? '',
            title: launch.resourceLink?.title ?? '',
            takesScores: takesScores(launch, registration),
            mark: markOf(landing),
          },
    role: launch.role,
    sectionSourcedId: launch.sectionSourcedId,
    testing: launch.testing,
    purpose: launch.message === 'deep-linking' ? 'choose' : launch.message === 'review' ? 'review' : 'activity',
    locale: launch.locale,
    platformName,
    returnUrl,
    binding: landing.browser,
  })
  const [entered] = await Promise.all([entering, landing.loginRight])
  const caller = await reviewing(tx, launch, await pointed(tx, launch, entered))
  const { courseId, personId, placementId } = caller
  const data = { sessionId: caller.sessionId, role: caller.role, purpose: caller.purpose }
  const opened = { name: 'identity.session.opened', institutionId, courseId, personId, placementId, data } as const
  const tellOpened = await readyToRecord(tx, [opened])
  const { activityId } = caller
  const plays = placementId !== null && activityId !== null && !teaches(caller)
  // None of these waits for another, and nothing follows them: their statements and COMMIT share a round trip.
  const [standing] = await Promise.all([
    plays ? standingOf(caller, placementId, activityId, tx) : null,
    entered.placementChanged && placementId ? keepServices(tx, landing, placementId) : null,
    launch.deepLinking ? keepDeepLinking(tx, landing, caller.sessionId) : null,
    tellOpened(),
    commit(tx),
  ])
  // Nobody waits for it, and a warm launch of a learner whose score arrived asks nothing.
  const columnBack = caller.role === 'instructor' || entered.placementChanged
  if (columnBack || standing?.result?.syncState === 'refused')
    tx.afterCommit(
      () => void sendAgainAtLaunch(caller, columnBack).catch((error: unknown) => log.warn({ err: error }, 'scores were not sent again')),
    )
  if (entered.placementChanged && launch.others.noticesUrl)
    tx.afterCommit(
      () => void subscribe(landing.deployment.id).catch((error: unknown) => log.warn({ err: error }, 'notices were not subscribed to')),
    )
  const keepGroups = groupsToKeep(launch, caller)
  if (keepGroups)
    tx.afterCommit(() => void keepGroups().catch((error: unknown) => log.warn({ err: error }, 'sections of a launch were not kept')))
  return {
    entered: { ...entered, caller },
    launch,
    platformName,
    returnUrl,
    origins: originsOf(registration, landing.deployment.origins),
    standing,
  }
}

/** A launch without a context is a course of its own link (the claim is optional). */
function courseOf(launch: Launch, deployment: Deployment): Entry['course'] {
  const sourcedId = launch.offeringSourcedId
  if (launch.context) return { externalId: launch.context.id, label: launch.context.label, title: launch.context.title, sourcedId }
  const externalId = `link:${deployment.id}:${launch.resourceLink?.id ?? ''}`
  return { externalId, label: '', title: launch.resourceLink?.title ?? '', sourcedId }
}

/** What is needed to hand the choice back. */
async function keepDeepLinking(tx: Tx, { launch, registration, deployment }: Landing, sessionId: string): Promise<void> {
  await query(
    tx,
    'insert into launches (session_id, registration_id, deployment_id, deep_linking) values ($1, $2, $3, $4)',
    [sessionId, registration.id, deployment.id, JSON.stringify(launch.deepLinking)],
    'keep-deep-linking',
  )
}

/** The first launch of a deep-linked placement tells which activity it is for: by custom parameter, else by the address. */
async function pointed(tx: Tx, launch: Launch, entered: Entered): Promise<Entered['caller']> {
  const { caller } = entered
  if (!caller.placementId) return caller
  if (entered.placementAdded) {
    const { institutionId, courseId, personId, placementId } = caller
    await record(tx, {
      name: 'identity.placement.added',
      institutionId,
      courseId,
      personId,
      placementId,
      data: { title: launch.resourceLink?.title ?? '', activityId: null },
    })
  }
  if (caller.activityId) return caller
  const named = activityNamed(launch)
  if (named && (await isActivityOfCourse(tx, named, caller.courseId))) {
    await pointPlacement(tx, caller, caller.placementId, named)
    return { ...caller, activityId: named }
  }
  // Another course's: never taken silently, only as a teacher of this one has decided.
  const found = await findOrigin(tx, launch, caller, named)
  return found ? { ...caller, activityId: await settleAsDecided(tx, caller, caller.placementId) } : caller
}

function activityNamed(launch: Launch): string | undefined {
  const inPath = launch.targetLinkUri ? /\/lti\/activities\/([0-9a-f-]{36})$/.exec(new URL(launch.targetLinkUri).pathname)?.[1] : undefined
  return [launch.custom.cuepoint_activity_id, inPath].find((it) => Id.safeParse(it).success)
}
