// The bad logins of the conformance table, and launches whose login is not theirs.
import { claimsOf, launch, login, type Row, renamed, walk } from './rows.ts'

export const refusedLogins: Row[] = [
  { id: 'B01', says: 'login without iss', send: login({ iss: undefined }), status: 400, reason: 'iss_missing' },
  { id: 'B02', says: 'login without login_hint', send: login({ login_hint: undefined }), status: 400, reason: 'login_hint_missing' },
  {
    id: 'B03',
    says: 'login without target_link_uri',
    send: login({ target_link_uri: undefined }),
    status: 400,
    reason: 'target_link_uri_missing',
  },
  { id: 'B04', says: 'unknown issuer', send: login({ iss: 'https://nobody.example' }), status: 400, reason: 'issuer_unknown' },
  {
    id: 'B05',
    says: 'known issuer, unknown client id',
    send: login({ client_id: 'somebody-else' }),
    status: 400,
    reason: 'client_unknown',
  },
  {
    id: 'B06',
    says: 'no client id, several registrations of the issuer',
    send: login({ client_id: undefined }),
    status: 400,
    reason: 'client_id_missing',
  },
  ...[
    'https://evil.example/x',
    '//evil.example/x',
    'https:evil.example',
    '\\\\evil.example',
    'javascript:alert(1)',
    'data:text/html,x',
  ].map((target, at) => ({
    id: `B07.${at + 1}`,
    attack: 13,
    says: `login to ${target}`,
    send: login({ target_link_uri: target }),
    status: 400,
    reason: 'target_link_uri_foreign',
  })),
  {
    id: 'B07.7',
    attack: 13,
    says: 'login to our host with a user name',
    send: (scene) => login({ target_link_uri: scene.origin.replace('://', '://user@') })(scene),
    status: 400,
    reason: 'target_link_uri_foreign',
  },
  { id: 'B08', says: 'registration retired', send: login({ client_id: 'retired-client' }), status: 403, reason: 'registration_retired' },
  {
    id: 'B09',
    says: 'lti_storage_target with script in it',
    send: login({ lti_storage_target: "x'];alert(1)//" }),
    status: 400,
    reason: 'storage_target_invalid',
  },
  { id: 'B10', says: 'no id_token', send: launch({ fields: { id_token: undefined } }), status: 400, reason: 'id_token_missing' },
  { id: 'B11', attack: 12, says: 'no state', send: launch({ fields: { state: undefined } }), status: 400, reason: 'state_missing' },
  {
    id: 'B12',
    attack: 12,
    says: 'state never issued',
    send: launch({ fields: { state: 'x'.repeat(43) } }),
    status: 401,
    reason: 'state_unknown',
  },
  {
    id: 'B14',
    says: 'state used twice',
    send: async (scene) => {
      const it = await walk(scene)
      const jar = it.toolCookies
      await it.launch()
      return it.launch({}, { headers: { cookie: jar } })
    },
    status: 401,
    reason: 'state_used',
    sessions: 1,
  },
  {
    id: 'B15',
    attack: 12,
    oursOnly: 'needs the form of our cookies',
    says: 'state of another browser, its cookie forged',
    send: async (scene) => {
      const mine = await walk(scene)
      const theirs = await walk(scene)
      return theirs.launch({}, { headers: { cookie: renamed(mine.cookies, theirs.cookies) } })
    },
    status: 401,
    reason: 'browser_differs',
  },
  {
    id: 'B15.3',
    attack: 12,
    says: 'state of another browser, with the cookies of this one: a new window is offered',
    send: async (scene) => {
      const mine = await walk(scene)
      const theirs = await walk(scene)
      theirs.cookies.clear()
      return theirs.launch({}, { headers: { cookie: mine.toolCookies } })
    },
    status: 401,
    reason: 'new_window_offered',
  },
  {
    id: 'B15.2',
    says: 'state without any cookie: a new window is offered',
    send: async (scene) => {
      const it = await walk(scene)
      it.cookies.clear()
      return it.launch()
    },
    status: 401,
    reason: 'new_window_offered',
  },
  {
    id: 'B16',
    says: 'state of platform A with a token of B',
    send: async (scene) => {
      const it = await walk(scene)
      const { nonce } = claimsOf(it.formFields.id_token ?? '') as { nonce: string }
      const [item] = [...scene.other.state.items.values()]
      return it.launch({
        id_token: scene.other.platform.signIdToken(scene.other.platform.claimsFor({ person: 'student1', item: item as never, nonce })),
      })
    },
    status: 401,
    reason: 'registration_differs',
  },
  {
    id: 'B17',
    says: 'the platform answers with an error',
    send: launch({ fields: { error: 'login_required', id_token: undefined } }),
    status: 400,
    reason: 'platform_error_login_required',
  },
]
