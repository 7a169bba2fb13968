// PURE: which step a reason code belongs to, and which rows of the conformance table (shared lti.md, B01-B58).
const table: Record<string, readonly [step: string, ...cases: string[]]> = {
  iss_missing: ['login', 'B01'],
  login_hint_missing: ['login', 'B02'],
  issuer_unknown: ['registration', 'B04'],
  client_unknown: ['registration', 'B05'],
  client_id_missing: ['registration', 'B06'],
  registration_pending: ['registration', 'B08'],
  registration_retired: ['registration', 'B08'],
  storage_target_invalid: ['login', 'B09'],
  id_token_missing: ['token', 'B10'],
  state_missing: ['state', 'B11'],
  state_unknown: ['state', 'B12'],
  state_expired: ['state', 'B13'],
  state_used: ['state', 'B14', 'B41', 'B42'],
  browser_differs: ['browser', 'B15'],
  registration_differs: ['state', 'B16'],
  token_malformed: ['token', 'B18'],
  kid_missing: ['token', 'B20'],
  kid_unknown: ['keys', 'B21'],
  algorithm_not_allowed: ['token', 'B22', 'B23', 'B24'],
  signature_invalid: ['signature', 'B25', 'B26', 'B27'],
  platform_keys_unreachable: ['keys', 'B28'],
  issuer_differs: ['claims', 'B29'],
  audience_differs: ['registration', 'B30', 'B31'],
  azp_missing: ['claims', 'B32'],
  audience_untrusted: ['claims', 'B31'],
  azp_differs: ['claims', 'B33'],
  token_expired: ['claims', 'B34'],
  token_too_old: ['claims', 'B34'],
  exp_missing: ['claims', 'B35'],
  iat_missing: ['claims', 'B36'],
  iat_in_future: ['claims', 'B37'],
  nbf_in_future: ['claims', 'B38'],
  nonce_missing: ['claims', 'B39'],
  nonce_differs: ['state', 'B40'],
  message_type_missing: ['claims', 'B44'],
  message_type_unknown: ['claims', 'B45'],
  version_missing: ['claims', 'B46'],
  version_unknown: ['claims', 'B47'],
  deployment_id_invalid: ['claims', 'B48'],
  deployment_pending: ['deployment', 'B49'],
  resource_link_invalid: ['claims', 'B50'],
  target_link_uri_invalid: ['claims', 'B51'],
  roles_invalid: ['claims', 'B53'],
  sub_invalid: ['claims', 'B54'],
  deep_linking_settings_missing: ['claims', 'B55'],
  deep_linking_return_invalid: ['claims', 'B55'],
  deep_linking_types_unsupported: ['claims', 'B55'],
  for_user_missing: ['claims', 'B56'],
  line_item_missing: ['claims', 'B56'],
  token_too_large: ['token', 'B57'],
  deep_linking_role: ['landing'],
}

/** What means one thing in a login and another in a launch. */
const apart: Record<string, Record<'login' | 'launch', readonly [string, string]>> = {
  target_link_uri_missing: { login: ['login', 'B03'], launch: ['claims', 'B51'] },
  target_link_uri_foreign: { login: ['login', 'B07'], launch: ['addresses', 'B52'] },
}

function rowOf(reason: string, kind: string): readonly [string, ...string[]] {
  const known = apart[reason]?.[kind === 'login' ? 'login' : 'launch'] ?? table[reason]
  if (known) return known
  if (reason.startsWith('platform_error_')) return ['platform', 'B17']
  if (reason.endsWith('_foreign')) return ['addresses']
  return [kind]
}

export function stepOf(reason: string, kind: string): string {
  return rowOf(reason, kind)[0]
}

export function casesOf(reason: string | null, kind: string): string[] {
  if (reason === null || (kind !== 'login' && kind !== 'launch')) return []
  return rowOf(reason, kind).slice(1)
}
