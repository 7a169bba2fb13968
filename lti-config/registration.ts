// The client registration that we send to an LMS (LTI Dynamic Registration 1.0, section 3.5), shaped by what it says it has.
import { tool } from './tool.ts'

export interface PlatformOffer {
  /** Name of the adapter, e.g. canvas. */
  lms: string
  /** `scopes_supported`; empty = it does not say. */
  scopes: readonly string[]
  /** `messages_supported` */
  messages: readonly { type: string; placements: readonly string[] }[]
}

const configurationClaim = 'https://purl.imsglobal.org/spec/lti-tool-configuration'

/** The body of the registration request; `origin` without a slash at the end. */
export function registrationBody(origin: string, offer: PlatformOffer): object {
  const target = `${origin}${tool.paths.launch}`
  return {
    application_type: 'web',
    response_types: ['id_token'],
    grant_types: ['implicit', 'client_credentials'],
    initiate_login_uri: `${origin}${tool.paths.login}`,
    redirect_uris: [target],
    client_name: tool.title,
    client_uri: origin,
    jwks_uri: `${origin}${tool.paths.keys}`,
    token_endpoint_auth_method: 'private_key_jwt',
    scope: wantedScopes(offer).join(' '),
    [configurationClaim]: {
      domain: new URL(origin).host,
      description: tool.description,
      target_link_uri: target,
      custom_parameters: tool.custom,
      claims: tool.claims,
      messages: offer.lms === 'canvas' ? canvasMessages(target, offer) : messages(target, offer),
      // Without it Canvas sends neither name nor mail address.
      ...(offer.lms === 'canvas'
        ? {
            'https://canvas.instructure.com/lti/privacy_level': tool.canvasPrivacyLevel,
            'https://canvas.instructure.com/lti/tool_id': tool.canvasToolId,
          }
        : {}),
    },
  }
}

/** An LMS that lists its scopes is asked for no others: some refuse the whole registration for one that they do not know. */
export function wantedScopes({ scopes }: PlatformOffer): readonly string[] {
  if (scopes.length === 0) return tool.scopes
  return [...tool.scopes, ...tool.optionalScopes].filter((it) => scopes.includes(it))
}

/** Canvas wants a placement with every message, and each label its own. */
function canvasMessages(target: string, offer: PlatformOffer): object[] {
  const offered = offer.messages.find((it) => it.type === 'LtiDeepLinkingRequest')?.placements ?? []
  return Object.entries(tool.canvasPlacements)
    .filter(([placement]) => offered.length === 0 || offered.includes(placement))
    .map(([placement, label]) => ({ type: 'LtiDeepLinkingRequest', target_link_uri: target, label, placements: [placement] }))
}

function messages(target: string, offer: PlatformOffer): object[] {
  const offered = (type: string): boolean => offer.messages.length === 0 || offer.messages.some((it) => it.type === type)
  const deepLinking = offer.messages.find((it) => it.type === 'LtiDeepLinkingRequest')
  return [
    ...(offered('LtiDeepLinkingRequest')
      ? [
          {
            type: 'LtiDeepLinkingRequest',
            target_link_uri: target,
            label: 'Cuepoint activity',
            ...(deepLinking?.placements.includes('ContentArea') ? { placements: ['ContentArea'] } : {}),
          },
        ]
      : []),
    // A review is not asked for blindly: an LMS that does not know it may refuse everything.
    ...(offer.messages.some((it) => it.type === 'LtiSubmissionReviewRequest')
      ? [{ type: 'LtiSubmissionReviewRequest', target_link_uri: target }]
      : []),
  ]
}
