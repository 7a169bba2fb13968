// PURE: services beside grades and names that a launch may offer: Course Groups (LTI-GS 1.0) and notices (Platform Notification
// Service 1.0). Without the scope the service is as good as not there.

const groupsScope = 'https://purl.imsglobal.org/spec/lti-gs/scope/contextgroup.readonly'
const noticesScope = 'https://purl.imsglobal.org/spec/lti/scope/noticehandlers'

export interface OtherServices {
  groupsUrl: string | null
  /** Names of the sets that groups belong to; not every groups service has it. */
  groupSetsUrl: string | null
  noticesUrl: string | null
  /** Notices that the LMS can send. */
  noticeTypes: string[]
}

export function otherServicesFrom(payload: Readonly<Record<string, unknown>>): OtherServices {
  const groups = payload['https://purl.imsglobal.org/spec/lti-gs/claim/groupsservice'] as Claim
  const notices = payload['https://purl.imsglobal.org/spec/lti/claim/platformnotificationservice'] as Claim
  const noticesUrl = addressIn(notices?.platform_notification_service_url, notices?.scope, noticesScope)
  return {
    groupsUrl: addressIn(groups?.context_groups_url, groups?.scope, groupsScope),
    groupSetsUrl: addressIn(groups?.context_group_sets_url, groups?.scope, groupsScope),
    noticesUrl,
    noticeTypes: noticesUrl === null ? [] : words(notices?.notice_types_supported).slice(0, 20),
  }
}

type Claim = Record<string, unknown> | null | undefined

function addressIn(address: unknown, scopes: unknown, scope: string): string | null {
  const granted = words(scopes)
  const usable = typeof address === 'string' && address.length <= 2000 && URL.canParse(address)
  // A claim that lists no scopes leaves it to the token request.
  return usable && (granted.length === 0 || granted.includes(scope)) ? address : null
}

function words(list: unknown): string[] {
  return Array.isArray(list) ? list.filter((it): it is string => typeof it === 'string' && it.length <= 200) : []
}
