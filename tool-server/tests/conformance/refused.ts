// The bad launches of the conformance table, as data: one message each, wrong in one way.
import { generateKeyPairSync } from 'node:crypto'
import { claim } from '../../../fixtures/lms-simulator/index.ts'
import { claimsOf, hs256, launch, type Row, seconds, walk, with_ } from './rows.ts'

const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 })
const dl = claim.deepLinkingSettings

export const refusedLaunches: Row[] = [
  { id: 'B18', says: 'garbage for a token', send: launch({ fields: { id_token: 'not.a-token' } }), status: 401, reason: 'token_malformed' },
  {
    id: 'B19',
    says: 'a signed token that is no launch',
    send: launch({ claims: () => ({ name: 'badltilaunch' }) }),
    status: 401,
    reason: 'issuer_unknown',
  },
  { id: 'B20', says: 'header without kid', send: launch({ sign: { kid: null } }), status: 401, reason: 'kid_missing' },
  { id: 'B21', attack: 5, says: 'kid not in the key set', send: launch({ sign: { kid: 'nobody' } }), status: 401, reason: 'kid_unknown' },
  { id: 'B22', attack: 2, says: 'alg none', send: launch({ sign: { alg: 'none' } }), status: 401, reason: 'algorithm_not_allowed' },
  {
    id: 'B23',
    attack: 3,
    says: 'HS256 with the public key as secret',
    send: async (scene) => {
      const it = await walk(scene)
      const [key] = scene.lms.platform.publicKeys().keys
      return it.launch({ id_token: hs256(claimsOf(it.formFields.id_token ?? ''), String(key?.kid), JSON.stringify(key)) })
    },
    status: 401,
    reason: 'algorithm_not_allowed',
  },
  { id: 'B24', says: 'RS512', send: launch({ sign: { alg: 'RS512' } }), status: 401, reason: 'algorithm_not_allowed' },
  {
    id: 'B25',
    says: 'payload changed after signing',
    send: async (scene) => {
      const it = await walk(scene)
      const [head, , signature] = (it.formFields.id_token ?? '').split('.')
      const changed = Buffer.from(JSON.stringify({ ...claimsOf(it.formFields.id_token ?? ''), sub: '3' })).toString('base64url')
      return it.launch({ id_token: [head, changed, signature].join('.') })
    },
    status: 401,
    reason: 'signature_invalid',
  },
  {
    id: 'B26',
    attack: 4,
    says: 'signed by a stranger under a real kid',
    send: launch({ sign: { key: stranger.privateKey } }),
    status: 401,
    reason: 'signature_invalid',
  },
  {
    id: 'B27',
    attack: 4,
    says: 'jwk and jku in the header',
    send: launch({
      sign: {
        key: stranger.privateKey,
        header: { jwk: stranger.publicKey.export({ format: 'jwk' }), jku: 'https://evil.example/keys', x5u: 'https://evil.example/x' },
      },
    }),
    status: 401,
    reason: 'signature_invalid',
  },
  ...['/', 'case'].map((how) => ({
    id: `B29.${how === '/' ? 1 : 2}`,
    attack: 8,
    says: how === '/' ? 'issuer with a slash at its end' : 'issuer in capitals',
    send: launch({ claims: (it) => ({ ...it, iss: how === '/' ? `${it.iss}/` : String(it.iss).toUpperCase() }) }),
    status: 401,
    reason: 'issuer_unknown',
  })),
  { id: 'B30', says: 'audience missing', send: launch({ claims: with_({ aud: undefined }) }), status: 401, reason: 'audience_differs' },
  {
    id: 'B30.2',
    attack: 7,
    says: 'audience of another client',
    send: launch({ claims: with_({ aud: 'somebody-else' }) }),
    status: 401,
    reason: 'audience_differs',
  },
  {
    id: 'B31',
    says: 'audience with an untrusted extra',
    send: launch({ claims: (it) => ({ ...it, aud: [it.aud, 'extra'], azp: it.aud }) }),
    status: 401,
    reason: 'audience_untrusted',
  },
  {
    id: 'B32',
    attack: 7,
    says: 'several audiences, no azp',
    send: launch({ claims: (it) => ({ ...it, aud: [it.aud, 'extra'] }) }),
    status: 401,
    reason: 'azp_missing',
  },
  {
    id: 'B33',
    attack: 7,
    says: 'azp of another client',
    send: launch({ claims: with_({ azp: 'somebody-else' }) }),
    status: 401,
    reason: 'azp_differs',
  },
  {
    id: 'B34',
    attack: 6,
    says: 'expired',
    send: launch({ claims: with_({ exp: 22222, iat: 11111 }) }),
    status: 401,
    reason: 'token_expired',
  },
  { id: 'B35', says: 'exp missing', send: launch({ claims: with_({ exp: undefined }) }), status: 401, reason: 'exp_missing' },
  { id: 'B36', says: 'iat missing', send: launch({ claims: with_({ iat: undefined }) }), status: 401, reason: 'iat_missing' },
  {
    id: 'B37',
    attack: 6,
    says: 'iat two minutes ahead',
    send: launch({ claims: (it) => ({ ...it, iat: seconds() + 120, exp: seconds() + 300 }) }),
    status: 401,
    reason: 'iat_in_future',
  },
  {
    id: 'B37.2',
    attack: 6,
    says: 'iat ten minutes ago',
    send: launch({ claims: (it) => ({ ...it, iat: seconds() - 600 }) }),
    status: 401,
    reason: 'token_too_old',
  },
  {
    id: 'B38',
    attack: 6,
    says: 'nbf two minutes ahead',
    send: launch({ claims: (it) => ({ ...it, nbf: seconds() + 120 }) }),
    status: 401,
    reason: 'nbf_in_future',
  },
  {
    id: 'B39',
    attack: 10,
    says: 'nonce missing',
    send: launch({ claims: with_({ nonce: undefined }) }),
    status: 401,
    reason: 'nonce_missing',
  },
  {
    id: 'B40',
    attack: 10,
    says: 'nonce never issued',
    send: launch({ claims: with_({ nonce: 'never' }) }),
    status: 401,
    reason: 'nonce_differs',
  },
  {
    id: 'B40.2',
    attack: 10,
    says: 'nonce of another login',
    send: async (scene) => {
      const first = await walk(scene)
      const second = await walk(scene)
      const { nonce } = claimsOf(first.formFields.id_token ?? '')
      return second.launch({ id_token: scene.lms.platform.signIdToken({ ...claimsOf(second.formFields.id_token ?? ''), nonce }) })
    },
    status: 401,
    reason: 'nonce_differs',
  },
  {
    id: 'B44',
    says: 'message type missing',
    send: launch({ claims: with_({ [claim.messageType]: undefined }) }),
    status: 400,
    reason: 'message_type_missing',
  },
  {
    id: 'B45',
    attack: 15,
    says: 'message type unknown',
    send: launch({ claims: with_({ [claim.messageType]: 'LtiStartProctoring' }) }),
    status: 400,
    reason: 'message_type_unknown',
  },
  {
    id: 'B46',
    says: 'version missing',
    send: launch({ claims: with_({ [claim.version]: undefined }) }),
    status: 400,
    reason: 'version_missing',
  },
  {
    id: 'B47',
    attack: 15,
    says: 'version 1.1',
    send: launch({ claims: with_({ [claim.version]: '1.1' }) }),
    status: 400,
    reason: 'version_unknown',
  },
  ...[undefined, 7, 'x'.repeat(256)].map((value, at) => ({
    id: `B48.${at + 1}`,
    says: ['deployment id missing', 'deployment id a number', 'deployment id of 256 signs'][at] ?? '',
    send: launch({ claims: with_({ [claim.deploymentId]: value }) }),
    status: 400,
    reason: 'deployment_id_invalid',
  })),
  {
    id: 'B49',
    attack: 9,
    says: 'deployment unknown',
    send: launch({ claims: with_({ [claim.deploymentId]: 'unknown-9' }) }),
    status: 403,
    reason: 'deployment_pending',
  },
  {
    id: 'B50',
    attack: 15,
    says: 'no resource link',
    send: launch({ claims: with_({ [claim.resourceLink]: undefined }) }),
    status: 400,
    reason: 'resource_link_invalid',
  },
  {
    id: 'B50.2',
    says: 'resource link with an empty id',
    send: launch({ claims: with_({ [claim.resourceLink]: { id: '' } }) }),
    status: 400,
    reason: 'resource_link_invalid',
  },
  {
    id: 'B51',
    says: 'no target_link_uri claim',
    send: launch({ claims: with_({ [claim.targetLinkUri]: undefined }) }),
    status: 400,
    reason: 'target_link_uri_missing',
  },
  {
    id: 'B52',
    says: 'target_link_uri claim on a foreign origin',
    send: launch({ claims: with_({ [claim.targetLinkUri]: 'https://evil.example/' }) }),
    status: 400,
    reason: 'target_link_uri_foreign',
  },
  {
    id: 'B53',
    attack: 15,
    says: 'no roles',
    send: launch({ claims: with_({ [claim.roles]: undefined }) }),
    status: 400,
    reason: 'roles_invalid',
  },
  {
    id: 'B53.2',
    says: 'roles as text',
    send: launch({ claims: with_({ [claim.roles]: 'Instructor' }) }),
    status: 400,
    reason: 'roles_invalid',
  },
  { id: 'B54', says: 'sub empty', send: launch({ claims: with_({ sub: '' }) }), status: 400, reason: 'sub_invalid' },
  ...[
    [undefined, 'deep_linking_settings_missing'],
    [{ accept_types: ['ltiResourceLink'] }, 'deep_linking_return_invalid'],
    [{ accept_types: ['html'], deep_link_return_url: 'http://localhost/x' }, 'deep_linking_types_unsupported'],
    [{ accept_types: ['ltiResourceLink'], deep_link_return_url: 'https://evil.example/x' }, 'deep_link_return_foreign'],
  ].map(([settings, reason], at) => ({
    id: `B55.${at + 1}`,
    ...(at === 3 ? { attack: 23 } : {}),
    says: `deep linking: ${reason}`,
    send: launch({ walk: { person: 'teacher1', item: undefined, deepLink: true } as never, claims: with_({ [dl]: settings }) }),
    status: 400,
    reason: reason as string,
  })),
  {
    id: 'B56',
    says: 'review without for_user',
    send: launch({ walk: { person: 'teacher1', reviewOf: 'student1' }, claims: with_({ [claim.forUser]: undefined }) }),
    status: 400,
    reason: 'for_user_missing',
  },
  {
    id: 'B56.2',
    says: 'review without a line item',
    send: launch({ walk: { person: 'teacher1', reviewOf: 'student1' }, claims: with_({ [claim.ags]: undefined }) }),
    status: 400,
    reason: 'line_item_missing',
  },
  {
    id: 'B57',
    attack: 16,
    says: 'a token of 94 kB',
    send: launch({ claims: with_({ padding: 'x'.repeat(70_000) }) }),
    status: 413,
    reason: 'token_too_large',
  },
  {
    id: 'B57.2',
    says: 'a body of 1 MB',
    send: launch({ fields: { padding: 'x'.repeat(1_000_000) } }),
    status: 413,
    reason: 'body_too_large',
    attack: 16,
  },
  {
    id: 'A16.roles',
    attack: 16,
    says: '3,000 roles',
    send: launch({ claims: with_({ [claim.roles]: Array.from({ length: 3_000 }, () => 'Learner') }) }),
    status: 400,
    reason: 'roles_invalid',
  },
  {
    id: 'A14',
    attack: 14,
    says: 'a right launch to //evil.example/x',
    send: async (scene) => {
      const it = await walk(scene)
      const body = new URLSearchParams(it.formFields)
      return fetch(`${scene.origin}//evil.example/x`, { method: 'POST', body, headers: { cookie: it.toolCookies }, redirect: 'manual' })
    },
    status: 404,
  },
  {
    id: 'A22.role',
    attack: 22,
    says: 'deep linking by a student',
    send: launch({ walk: { person: 'student1', item: undefined, deepLink: true } as never }),
    status: 403,
    reason: 'deep_linking_role',
  },
  ...['lineitem', 'lineitems'].map((name) => ({
    id: `A23.${name}`,
    attack: 23,
    says: `${name} on a foreign origin`,
    send: launch({ claims: (it) => ({ ...it, [claim.ags]: { ...(it[claim.ags] as object), [name]: 'https://evil.example/li' } }) }),
    status: 400,
    reason: `${name === 'lineitem' ? 'line_item' : 'line_items'}_foreign`,
  })),
  {
    id: 'A23.nrps',
    attack: 23,
    says: 'memberships on a foreign origin',
    send: launch({ claims: with_({ [claim.nrps]: { context_memberships_url: 'http://169.254.169.254/x' } }) }),
    status: 400,
    reason: 'memberships_foreign',
  },
  {
    id: 'A23.groups',
    attack: 23,
    says: 'course groups on a foreign origin',
    send: launch({ claims: with_({ [claim.groups]: { context_groups_url: 'https://evil.example/groups' } }) }),
    status: 400,
    reason: 'groups_foreign',
  },
  {
    id: 'A23.notices',
    attack: 23,
    says: 'notices of copied courses on a foreign origin',
    send: launch({ claims: with_({ [claim.notifications]: { platform_notification_service_url: 'https://evil.example/pns' } }) }),
    status: 400,
    reason: 'notices_foreign',
  },
]
