// Attacks of the launch that the table of bad launches does not name (threats B.1): bits, depth, prototypes, states, roles.
import { claim } from '../../../fixtures/lms-simulator/index.ts'
import { launchDataIn } from '../_app.ts'
import { launch, type Row, walk, with_ } from './rows.ts'

const deepJson = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`

/** A target with the tool's own origin in it, in a spelling that leads elsewhere. */
const spellings = [
  ['a name that begins like ours', (own: URL) => `${own.origin}.evil.example/`],
  ['our host as a user name', (own: URL) => `${own.protocol}//${own.host}@evil.example/`],
  ['another port', (own: URL) => `${own.protocol}//${own.hostname}:1/`],
  ['no slash at all', (own: URL) => `${own.protocol}evil.example`],
  ['a tab in the scheme', () => 'java\tscript:alert(1)'],
] as const

export const attacks: Row[] = [
  {
    ...{ id: 'A1', attack: 1, says: 'one bit of the signature altered', status: 401, reason: 'signature_invalid' },
    send: async (scene) => {
      const it = await walk(scene)
      const [head, payload, signature = ''] = (it.formFields.id_token ?? '').split('.')
      const bytes = Buffer.from(signature, 'base64url')
      bytes[100] = (bytes[100] ?? 0) ^ 1
      return it.launch({ id_token: [head, payload, bytes.toString('base64url')].join('.') })
    },
  },
  {
    ...{ id: 'A12', attack: 12, says: 'a state with one sign altered', status: 401, reason: 'state_unknown' },
    send: async (scene) => {
      const it = await walk(scene)
      const { state = '' } = it.formFields
      return it.launch({ state: (state.startsWith('x') ? 'y' : 'x') + state.slice(1) })
    },
  },
  ...spellings.map(([says, target], at) => ({
    ...{ id: `A13.${at + 1}`, attack: 13, says: `login to ${says}`, status: 400, reason: 'target_link_uri_foreign' },
    send: async (scene: Parameters<Row['send']>[0]) => {
      const fields = { ...scene.lms.platform.loginParams({ person: 'student1', item: scene.itemId }) }
      const body = new URLSearchParams({ ...fields, target_link_uri: target(new URL(scene.origin)) })
      return fetch(`${scene.origin}/lti/login`, { method: 'POST', body, redirect: 'manual' })
    },
  })),
  {
    ...{ id: 'A16.1', attack: 16, says: 'a token of 1 MB', status: 413, reason: 'body_too_large' },
    send: launch({ claims: with_({ padding: 'x'.repeat(760_000) }) }),
  },
  {
    ...{ id: 'A16.2', attack: 16, says: '10,000 roles', status: 413, reason: 'body_too_large' },
    send: launch({ claims: with_({ [claim.roles]: Array.from({ length: 10_000 }, () => 'urn:lti:role:ims/lis/Learner') }) }),
  },
  {
    ...{ id: 'A16.3', attack: 16, says: 'a claim 7,000 deep in place of the roles', status: 400, reason: 'roles_invalid' },
    send: async (scene) => {
      const it = await walk(scene)
      const text = Buffer.from((it.formFields.id_token ?? '').split('.')[1] ?? '', 'base64url').toString()
      const deep = text.replace(/("[^"]*claim\/roles":)\[[^\]]*\]/, (_all, name: string) => name + deepJson(7_000))
      return it.launch({ id_token: scene.lms.platform.signIdToken(deep) })
    },
  },
  {
    ...{ id: 'B58', attack: 17, says: 'a learner who says to be an instructor', status: 403, reason: 'role_not_allowed', sessions: 1 },
    oursOnly: 'needs a call of our own',
    send: async (scene) => {
      const it = await walk(scene, { launch: true })
      const { token } = launchDataIn(await (it.response as Response).text())
      return fetch(`${scene.origin}/api/activities`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'x-role': 'instructor' },
        body: JSON.stringify({ kind: 'quiz', title: 'Mine', role: 'instructor' }),
      })
    },
  },
]
