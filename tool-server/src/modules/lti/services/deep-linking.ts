// The picker's choice goes back to the LMS: content items with a stable activity id, signed, posted once by the browser.
import type { Caller, DeepLinkOffer } from '@cuepoint/contracts'
import { now } from '../../../kernel/clock.ts'
import { config } from '../../../kernel/config.ts'
import { queryAlone } from '../../../kernel/db.ts'
import { AppError, conflict, notFound } from '../../../kernel/errors.ts'
import { summariesOf } from '../../content/index.ts'
import type { DeepLinkingSettings } from '../launch/claims.ts'
import { lmsOf } from '../lms/index.ts'
import { signDeepLinkingResponse } from '../ltijs.ts'
import { originAllowed, type Registration, registrationById } from '../platforms/registry.ts'

interface Asked {
  registration: Registration
  deploymentId: string
  settings: DeepLinkingSettings
  used: boolean
}

async function asked(caller: Caller): Promise<Asked> {
  const [row] = await queryAlone<{
    registration_id: string
    deployment_id: string
    deep_linking: DeepLinkingSettings
    deep_linking_used_at: Date | null
  }>(
    `select l.registration_id, d.deployment_id, l.deep_linking, l.deep_linking_used_at from launches l
     join deployments d on d.id = l.deployment_id where l.session_id = $1`,
    [caller.sessionId],
  )
  const registration = row && (await registrationById(row.registration_id))
  if (!registration) throw notFound()
  return { registration, deploymentId: row.deployment_id, settings: row.deep_linking, used: row.deep_linking_used_at !== null }
}

/** What the LMS takes back; null for a session that was not opened to choose. */
export async function offerOf(caller: Caller, platformName: string): Promise<DeepLinkOffer | null> {
  if (caller.purpose !== 'choose') return null
  const { settings, registration } = await asked(caller)
  return offerFrom(settings, registration, platformName)
}

/** The settings in the picker's words. */
export function offerFrom(settings: DeepLinkingSettings, registration: Registration, platformName: string): DeepLinkOffer {
  const { acceptsMultiple, acceptsLineItem, title } = settings
  return { acceptsMultiple, acceptsLineItem, platformName, title: lmsOf(registration.lms).titleIsToolName ? '' : title }
}

export interface Choice {
  activityId: string
  title: string
  points: number
}

/** The form that the browser posts to the LMS. Empty choice = cancelled. A session returns once. */
export async function returnForm(caller: Caller, choices: readonly Choice[]): Promise<{ action: string; fields: Record<string, string> }> {
  const { registration, deploymentId, settings, used } = await asked(caller)
  if (used)
    throw conflict(
      'deep_linking_used',
      'These activities have been handed over already. To add more, use the add button of your course again.',
    )
  if (!originAllowed(registration, settings.returnUrl))
    throw new AppError('deep_linking_refused', 'Your LMS named a return address outside its own site.')
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
    log: `Cuepoint returned ${choices.length} item(s)`,
  })
  const taken = await queryAlone(
    'update launches set deep_linking_used_at = $2 where session_id = $1 and deep_linking_used_at is null returning 1',
    [caller.sessionId, now()],
  )
  if (taken.length === 0) throw conflict('deep_linking_used', 'These activities have been handed over already.')
  return { action: settings.returnUrl, fields: { JWT: jwt } }
}

async function contentItems(caller: Caller, choices: readonly Choice[], settings: DeepLinkingSettings): Promise<object[]> {
  const known = new Map(
    (
      await summariesOf(
        caller,
        choices.map((it) => it.activityId),
      )
    ).map((it) => [it.id, it]),
  )
  return choices.map((choice) => {
    const activity = known.get(choice.activityId)
    if (!activity) throw new AppError('activity_not_found', 'One of the activities does not exist in this course any more.')
    if (!activity.published) throw new AppError('activity_unpublished', `“${activity.title}” is a draft. Publish it first.`)
    const url = `${config().publicUrl}/lti/activities/${choice.activityId}`
    return {
      type: 'ltiResourceLink',
      title: choice.title,
      url,
      custom: { cuepoint_activity_id: choice.activityId },
      // A line item needs a positive maximum (Deep Linking 2.0, 3.2.4): no points, no column.
      ...(settings.acceptsLineItem && choice.points > 0
        ? {
            lineItem: {
              scoreMaximum: choice.points,
              label: choice.title,
              resourceId: choice.activityId,
              tag: activity.kind,
            },
          }
        : {}),
      iframe: { width: 1024, height: 720 },
      window: { targetName: 'cuepoint', width: 1024, height: 800 },
    }
  })
}
