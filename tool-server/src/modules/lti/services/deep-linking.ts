// The picker's choice goes back to the LMS: content items with a stable activity id, signed, posted once by the browser.
import { type Caller, type DeepLinkOffer, Id, type LinkChoice, type LinkGrading, type ReturnProblem } from '@cuepoint/contracts'
import { now } from '../../../kernel/clock.ts'
import { config } from '../../../kernel/config.ts'
import { queryAlone } from '../../../kernel/db.ts'
import { AppError, conflict, notFound } from '../../../kernel/errors.ts'
import { summariesOf } from '../../content/index.ts'
import type { DeepLinkingSettings } from '../launch/claims.ts'
import { lmsOf } from '../lms/index.ts'
import { signDeepLinkingResponse } from '../ltijs.ts'
import { originAllowed, type Registration, registrationById } from '../platforms/registry.ts'
import { contentItem } from './deep-linking-items.ts'
import { signProblem } from './deep-linking-problem.ts'

interface Asked {
  registration: Registration
  deploymentId: string
  /** Approved for the deployment. */
  origins: readonly string[]
  settings: DeepLinkingSettings
  used: boolean
}

async function asked(caller: Caller): Promise<Asked> {
  const [row] = await queryAlone<{
    registration_id: string
    deployment_id: string
    origins: string[]
    deep_linking: DeepLinkingSettings
    deep_linking_used_at: Date | null
  }>(
    `select l.registration_id, d.deployment_id, d.origins, l.deep_linking, l.deep_linking_used_at from launches l
     join deployments d on d.id = l.deployment_id where l.session_id = $1`,
    [caller.sessionId],
  )
  const registration = row && (await registrationById(row.registration_id))
  if (!registration) throw notFound()
  return {
    registration,
    deploymentId: row.deployment_id,
    origins: row.origins,
    settings: row.deep_linking,
    used: row.deep_linking_used_at !== null,
  }
}

/** What the LMS takes back; null for a session that was not opened to choose. */
export async function offerOf(caller: Caller, platformName: string): Promise<DeepLinkOffer | null> {
  if (caller.purpose !== 'choose') return null
  const { settings, registration } = await asked(caller)
  return offerFrom(settings, registration, platformName)
}

/** The settings in the picker's words. */
export function offerFrom(settings: DeepLinkingSettings, registration: Registration, platformName: string): DeepLinkOffer {
  const { acceptsMultiple, acceptsLineItem, title, activityId } = settings
  return {
    acceptsMultiple,
    acceptsLineItem: acceptsLineItem !== false,
    grading: gradingOf(settings),
    platformName,
    title: lmsOf(registration.lms).titleIsToolName ? '' : title,
    activityId: Id.safeParse(activityId).success ? (activityId as string) : null,
  }
}

function gradingOf({ acceptsLineItem, scoresGranted }: DeepLinkingSettings): LinkGrading {
  if (acceptsLineItem === false) return 'none'
  if (scoresGranted === false) return 'not_granted'
  return acceptsLineItem ? 'column' : 'perhaps'
}

interface Form {
  action: string
  fields: Record<string, string>
}

/** The form that the browser posts to the LMS. Empty choice = cancelled. A session returns once. */
export async function returnForm(caller: Caller, choices: readonly LinkChoice[]): Promise<Form> {
  const all = await returnable(caller)
  const { registration, deploymentId, settings } = all
  if (choices.length > 1 && !settings.acceptsMultiple)
    throw new AppError('deep_linking_refused', 'This place of your course takes one activity at a time.')
  const items = await contentItems(caller, choices, settings)
  const words =
    choices.length === 0
      ? 'Nothing was added.'
      : choices.length === 1
        ? 'The activity was added.'
        : `${choices.length} activities were added.`
  const jwt = await signDeepLinkingResponse(registration, deploymentId, settings, items, {
    message: words,
    log: choices.length === 0 ? 'cuepoint: cancelled' : `cuepoint: returned ${choices.length} item(s)`,
  })
  return handedOver(caller, settings, jwt)
}

/** The same with an error in place of the choice. It, too, ends what this session may return. */
export async function returnProblem(caller: Caller, problem: ReturnProblem): Promise<Form> {
  const { registration, deploymentId, settings } = await returnable(caller)
  return handedOver(caller, settings, await signProblem(registration, deploymentId, settings, problem))
}

async function returnable(caller: Caller): Promise<Asked> {
  const all = await asked(caller)
  if (all.used)
    throw conflict(
      'deep_linking_used',
      'These activities have been handed over already. To add more, use the add button of your course again.',
    )
  if (!originAllowed(all.registration, all.settings.returnUrl, all.origins))
    throw new AppError('deep_linking_refused', 'Your LMS named a return address outside its own site.')
  return all
}

/** Of two tabs that return at once, one does. */
async function handedOver(caller: Caller, settings: DeepLinkingSettings, jwt: string): Promise<Form> {
  const taken = await queryAlone(
    'update launches set deep_linking_used_at = $2 where session_id = $1 and deep_linking_used_at is null returning 1',
    [caller.sessionId, now()],
  )
  if (taken.length === 0) throw conflict('deep_linking_used', 'These activities have been handed over already.')
  return { action: settings.returnUrl, fields: { JWT: jwt } }
}

async function contentItems(caller: Caller, choices: readonly LinkChoice[], settings: DeepLinkingSettings): Promise<object[]> {
  const ids = choices.map((it) => it.activityId)
  const known = new Map((await summariesOf(caller, ids)).map((it) => [it.id, it]))
  const allowed = { publicUrl: config().publicUrl, lineItem: settings.acceptsLineItem !== false }
  return choices.map((choice) => {
    const activity = known.get(choice.activityId)
    if (!activity) throw new AppError('activity_not_found', `“${choice.title}” does not exist in this course any more.`)
    if (!activity.published) throw new AppError('activity_unpublished', `“${activity.title}” is a draft. Publish it first.`)
    return contentItem(choice, activity, allowed)
  })
}
