// The legal launches of the conformance table, as data: what must be accepted.
import { claim } from '../../../fixtures/lms-simulator/index.ts'
import { type Claims, launch, type Row, seconds, with_ } from './rows.ts'

export const acceptedLaunches: Row[] = [
  { id: 'G01', says: 'a learner', send: launch({}), status: 200 },
  { id: 'G02', says: 'an instructor', send: launch({ walk: { person: 'teacher1' } }), status: 200 },
  {
    id: 'G03',
    says: 'several roles',
    send: launch({
      claims: with_({
        [claim.roles]: [
          'http://purl.imsglobal.org/vocab/lis/v2/institution/person#Student',
          'http://purl.imsglobal.org/vocab/lis/v2/membership#Learner',
        ],
      }),
    }),
    status: 200,
  },
  { id: 'G04', says: 'a short deprecated role', send: launch({ claims: with_({ [claim.roles]: ['Learner'] }) }), status: 200 },
  {
    id: 'G05',
    says: 'an unknown role',
    send: launch({ claims: with_({ [claim.roles]: ['http://example.com/roles#Gardener'] }) }),
    status: 200,
  },
  { id: 'G06', says: 'an empty roles array', send: launch({ claims: with_({ [claim.roles]: [] }) }), status: 200 },
  {
    id: 'G07',
    says: 'only an email',
    send: launch({ claims: with_({ name: undefined, given_name: undefined, family_name: undefined }) }),
    status: 200,
  },
  { id: 'G08', says: 'only names', send: launch({ claims: with_({ email: undefined }) }), status: 200 },
  {
    id: 'G09',
    says: 'no personal data',
    send: launch({ claims: with_({ name: undefined, given_name: undefined, family_name: undefined, email: undefined }) }),
    status: 200,
  },
  {
    id: 'G10',
    says: 'only the resource link',
    send: launch({
      claims: with_({
        [claim.ags]: undefined,
        [claim.nrps]: undefined,
        [claim.launchPresentation]: undefined,
        [claim.toolPlatform]: undefined,
        [claim.custom]: undefined,
        [claim.lis]: undefined,
      }),
    }),
    status: 200,
  },
  { id: 'G11', says: 'no context claim', send: launch({ claims: with_({ [claim.context]: undefined }) }), status: 200 },
  {
    id: 'G12',
    says: 'deep linking without target_link_uri',
    send: launch({
      walk: { person: 'teacher1', item: undefined, deepLink: true } as never,
      claims: with_({ [claim.targetLinkUri]: undefined }),
    }),
    status: 200,
  },
  { id: 'G13', says: 'unknown extra claims', send: launch({ claims: with_({ 'https://example.com/extra': { deep: [1] } }) }), status: 200 },
  { id: 'G14', says: 'a single audience in an array', send: launch({ claims: (it) => ({ ...it, aud: [it.aud] }) }), status: 200 },
  { id: 'G15', says: 'login by GET', send: launch({ walk: { method: 'GET' } }), status: 200 },
  { id: 'G16', says: 'login by POST', send: launch({ walk: { method: 'POST' } }), status: 200 },
  {
    id: 'G17',
    attack: 15,
    says: 'anonymous: no sub',
    send: launch({ claims: with_({ sub: undefined, name: undefined, given_name: undefined, family_name: undefined, email: undefined }) }),
    status: 200,
  },
  {
    id: 'G18',
    attack: 6,
    says: 'clock 55 s ahead',
    send: launch({ claims: (it) => ({ ...it, iat: seconds() + 55, nbf: seconds() + 55, exp: seconds() + 115 }) }),
    status: 200,
  },
  {
    id: 'G19',
    attack: 6,
    says: 'clock 55 s behind',
    send: launch({ claims: (it) => ({ ...it, iat: seconds() - 115, exp: seconds() - 55 }) }),
    status: 200,
  },
  { id: 'G20', says: 'azp of ours', send: launch({ claims: (it) => ({ ...it, azp: it.aud }) }), status: 200 },
  { id: 'G21', says: 'submission review', send: launch({ walk: { person: 'teacher1', reviewOf: 'student1' } }), status: 200 },
  {
    id: 'G22',
    attack: 16,
    says: 'prototype keys in claims',
    send: launch({
      claims: (it) =>
        JSON.parse(
          JSON.stringify({ ...it, x: 1 }).replace('"x":1', '"__proto__":{"isAdmin":true},"constructor":{"prototype":{}}'),
        ) as Claims,
    }),
    status: 200,
  },
]
