// PURE: from the payload of a verified id_token to a Launch in our words, or a Refusal. LTI 1.3 core, Deep Linking 2.0, AGS, NRPS.
import type { Role } from '@cuepoint/contracts'
import { type OtherServices, otherServicesFrom } from './other-services.ts'
import { type SaidGroups, saidGroupsFrom } from './said-groups.ts'

export type Payload = Record<string, unknown>

/** Why a launch is refused: our HTTP status and a reason code; `words` is for people. */
export interface Refusal {
  status: 400 | 401
  reason: string
  words: string
}

export interface Launch {
  message: 'resource' | 'deep-linking' | 'review'
  deploymentId: string
  /** LTI `sub`; null = anonymous. */
  subject: string | null
  role: Role
  /** A teacher who looks at it as a student does (Canvas's Student View): nothing counts. */
  testing: boolean
  name: string
  givenName: string
  familyName: string
  email: string
  /** The school's own id for them (LIS); '' where it is not sent. */
  sourcedId: string
  /** The school's own ids for the course and for the section that they come from (LIS); '' where it is not sent. */
  offeringSourcedId: string
  sectionSourcedId: string
  /** BCP 47 */
  locale: string
  context: { id: string; label: string; title: string } | null
  resourceLink: { id: string; title: string } | null
  targetLinkUri: string | null
  returnUrl: string | null
  platform: { guid: string; name: string; family: string }
  custom: Record<string, string>
  grades: { lineItemUrl: string | null; lineItemsUrl: string | null; scopes: string[] } | null
  membershipsUrl: string | null
  /** Services that not every LMS has. */
  others: OtherServices
  /** Sections and groups of this person, as custom parameters tell them. */
  groups: SaidGroups
  deepLinking: DeepLinkingSettings | null
  /** `sub` of the learner whose work is reviewed. */
  forSubject: string | null
}

export interface DeepLinkingSettings {
  returnUrl: string
  acceptsMultiple: boolean
  /** null: the LMS does not say (Deep Linking 2.0: no assumption can be made). */
  acceptsLineItem: boolean | null
  title: string
  data: string | null
  /** May we send scores in this course? null: the launch does not say. */
  scoresGranted?: boolean | null
  /** The link that is being edited leads here; unchecked. */
  activityId?: string | null
}

const lti = 'https://purl.imsglobal.org/spec/lti/claim/'
const ags = 'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint'
const nrps = 'https://purl.imsglobal.org/spec/lti-nrps/claim/namesroleservice'
const dl = 'https://purl.imsglobal.org/spec/lti-dl/claim/deep_linking_settings'
const mostRoles = 200

const messages = {
  LtiResourceLinkRequest: 'resource',
  LtiDeepLinkingRequest: 'deep-linking',
  LtiSubmissionReviewRequest: 'review',
} as const

/** Reads the claims; the token itself (signature, nonce, times) has been checked before. */
export function launchFrom(payload: Payload): Launch | Refusal {
  const type = payload[`${lti}message_type`]
  if (typeof type !== 'string' || type === '')
    return malformed('message_type_missing', 'The launch does not say what kind of message it is.')
  const message = Object.hasOwn(messages, type) ? messages[type as keyof typeof messages] : undefined
  if (!message) return malformed('message_type_unknown', `Cuepoint does not know messages of the type ${type.slice(0, 60)}.`)
  const version = payload[`${lti}version`]
  if (version !== '1.3.0')
    return malformed(version === undefined ? 'version_missing' : 'version_unknown', 'The launch is not of LTI version 1.3.0.')
  const deploymentId = payload[`${lti}deployment_id`]
  if (typeof deploymentId !== 'string' || deploymentId === '' || deploymentId.length > 255)
    return malformed('deployment_id_invalid', 'The launch does not name its deployment.')
  const roles = payload[`${lti}roles`]
  if (!Array.isArray(roles) || roles.length > mostRoles)
    return malformed('roles_invalid', 'The launch does not say the roles of its person.')
  const { sub } = payload
  if (sub !== undefined && (typeof sub !== 'string' || sub === '' || sub.length > 255))
    return malformed('sub_invalid', 'The launch does not say who launches.')
  const link = objectOf(payload[`${lti}resource_link`])
  const linkId = text(link?.id, 255)
  if (message !== 'deep-linking' && !linkId) return malformed('resource_link_invalid', 'The launch does not name its link.')
  const target = payload[`${lti}target_link_uri`]
  if (message === 'resource' && typeof target !== 'string')
    return malformed('target_link_uri_missing', 'The launch does not say where it goes.')
  if (target !== undefined && typeof target !== 'string')
    return malformed('target_link_uri_invalid', 'The launch does not say where it goes.')
  const deepLinking = message === 'deep-linking' ? settingsFrom(objectOf(payload[dl])) : null
  if (deepLinking && 'reason' in deepLinking) return deepLinking
  const grades = gradesFrom(objectOf(payload[ags]))
  const forSubject = text(objectOf(payload[`${lti}for_user`])?.user_id, 255)
  if (message === 'review' && !forSubject) return malformed('for_user_missing', 'The review does not say whose work it is for.')
  if (message === 'review' && !grades?.lineItemUrl) return malformed('line_item_missing', 'The review does not say which grade it is for.')
  const context = objectOf(payload[`${lti}context`])
  const presentation = objectOf(payload[`${lti}launch_presentation`])
  const platform = objectOf(payload[`${lti}tool_platform`])
  const custom = customFrom(objectOf(payload[`${lti}custom`]))
  const lis = objectOf(payload[`${lti}lis`])
  return {
    message,
    deploymentId,
    subject: sub ?? null,
    role: roleFrom(roles, sub !== undefined),
    testing: roles.some(isTestUser),
    name: text(payload.name, 300) || [text(payload.given_name, 150), text(payload.family_name, 150)].filter(Boolean).join(' '),
    givenName: text(payload.given_name, 150),
    familyName: text(payload.family_name, 150),
    email: text(payload.email, 320),
    sourcedId: text(lis?.person_sourcedid, 255),
    offeringSourcedId: text(lis?.course_offering_sourcedid, 255),
    sectionSourcedId: text(lis?.course_section_sourcedid, 255),
    locale: localeFrom(presentation?.locale ?? payload.locale),
    context: text(context?.id, 255)
      ? { id: text(context?.id, 255), label: text(context?.label, 255), title: text(context?.title, 500) }
      : null,
    resourceLink: linkId ? { id: linkId, title: text(link?.title, 500) } : null,
    targetLinkUri: target ?? null,
    returnUrl: text(presentation?.return_url, 2000) || null,
    platform: { guid: text(platform?.guid, 255), name: platformName(platform), family: text(platform?.product_family_code, 255) },
    custom,
    grades,
    membershipsUrl: text(objectOf(payload[nrps])?.context_memberships_url, 2000) || null,
    others: otherServicesFrom(payload),
    groups: saidGroupsFrom(custom),
    deepLinking: deepLinking && {
      ...deepLinking,
      scoresGranted: grades?.scopes.some((it) => it.endsWith('/scope/score')) ?? null,
      activityId: custom.cuepoint_activity_id ?? null,
    },
    forSubject: forSubject || null,
  }
}

function malformed(reason: string, words: string): Refusal {
  return { status: 400, reason, words }
}

/** Moodle's `name` is the site's short name; people know the full one, its description. */
function platformName(platform: Record<string, unknown> | undefined): string {
  const description = text(platform?.description, 100)
  return text(platform?.product_family_code, 255) === 'moodle' && description ? description : text(platform?.name, 255)
}

function objectOf(value: unknown): Record<string, unknown> | undefined {
  return value && typeof value === 'object' && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
}

function text(value: unknown, longest: number): string {
  return typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '').trim().slice(0, longest) : ''
}

function settingsFrom(settings: Record<string, unknown> | undefined): DeepLinkingSettings | Refusal {
  if (!settings) return malformed('deep_linking_settings_missing', 'The LMS does not say how content is to be returned.')
  const returnUrl = text(settings.deep_link_return_url, 2000)
  if (!URL.canParse(returnUrl)) return malformed('deep_linking_return_invalid', 'The LMS does not say where content is to be returned to.')
  const types = settings.accept_types
  if (!Array.isArray(types) || !types.includes('ltiResourceLink'))
    return malformed(
      'deep_linking_types_unsupported',
      'This place of the LMS takes no LTI links, so no activity can be added here. Choose another place, such as a course module or an assignment.',
    )
  return {
    returnUrl,
    // Both may come as text; absent accept_multiple means one (Deep Linking 2.0, 3.3.1).
    acceptsMultiple: settings.accept_multiple === true || settings.accept_multiple === 'true',
    acceptsLineItem: booleanFrom(settings.accept_lineitem),
    title: text(settings.title, 255),
    data: typeof settings.data === 'string' ? settings.data : null,
  }
}

function booleanFrom(value: unknown): boolean | null {
  return value === true || value === 'true' ? true : value === false || value === 'false' ? false : null
}

function gradesFrom(endpoint: Record<string, unknown> | undefined): Launch['grades'] {
  if (!endpoint) return null
  const scopes = Array.isArray(endpoint.scope) ? endpoint.scope.filter((it): it is string => typeof it === 'string').slice(0, 20) : []
  return { lineItemUrl: text(endpoint.lineitem, 2000) || null, lineItemsUrl: text(endpoint.lineitems, 2000) || null, scopes }
}

function customFrom(custom: Record<string, unknown> | undefined): Record<string, string> {
  const entries = Object.entries(custom ?? {}).slice(0, 100)
  return Object.fromEntries(
    entries.filter((it): it is [string, string] => typeof it[1] === 'string').map(([key, value]) => [key, text(value, 2000)]),
  )
}

function localeFrom(locale: unknown): string {
  const tag = text(locale, 35).replaceAll('_', '-')
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? 'en'
  } catch {
    return 'en'
  }
}

/**
 * Context roles decide; who has none in the context but administers the institution or the system acts as an instructor.
 * Canvas's Student View (TestUser) is a learner; a teaching assistant, who in Canvas is sent as an instructor, too, changes nothing.
 * An unknown or empty list is a learner: the least that can take part.
 */
export function roleFrom(roles: readonly unknown[], named: boolean): Role {
  if (!named) return 'viewer'
  const words = roles.filter((it): it is string => typeof it === 'string' && it.length <= 300)
  if (words.some(isTestUser)) return 'learner'
  const inContext = words.flatMap((it) => {
    const found = /^(?:https?:\/\/purl\.imsglobal\.org\/vocab\/lis\/v2\/)?(?:membership#|membership\/(\w+)#)?(\w+)$/.exec(it)
    return found ? [found[1] ?? found[2] ?? ''] : []
  })
  const edits = inContext.some((it) => ['ContentDeveloper', 'Administrator', 'Manager', 'Officer'].includes(it))
  if (!edits && words.some(isAssistant)) return 'assistant'
  if (edits || inContext.includes('Instructor')) return 'instructor'
  if (inContext.some((it) => it === 'Mentor')) return 'viewer'
  if (inContext.length > 0) return 'learner'
  return words.some((it) => /(institution\/person|system\/person)#(Administrator|SysAdmin|AccountAdmin)$/.test(it))
    ? 'instructor'
    : 'learner'
}

function isTestUser(role: unknown): boolean {
  return typeof role === 'string' && role.endsWith('#TestUser')
}

/** Sub-roles of Instructor who help and grade (LTI 1.3, A.2.3.1), and the short words for them that are sent instead. */
function isAssistant(role: string): boolean {
  return /^(?:https?:\/\/purl\.imsglobal\.org\/vocab\/lis\/v2\/)?(?:membership\/Instructor#|membership#|Instructor\/)?(?:TeachingAssistant\w*|Grader|NonEditingTeacher)$/i.test(
    role,
  )
}
