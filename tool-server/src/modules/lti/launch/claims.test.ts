// Roles and claims as LMSs send them.
import { describe, expect, it } from 'vitest'
import { launchFrom, roleFrom } from './claims.ts'

const lis = 'http://purl.imsglobal.org/vocab/lis/v2'
const lti = 'https://purl.imsglobal.org/spec/lti/claim/'

describe('roles', () => {
  it.each([
    [[`${lis}/membership#Instructor`], 'instructor'],
    [[`${lis}/membership#Learner`], 'learner'],
    [[`${lis}/membership#Learner`, `${lis}/institution/person#Instructor`], 'learner'],
    [[`${lis}/membership/Instructor#TeachingAssistant`], 'assistant'],
    [[`${lis}/membership/Instructor#TeachingAssistant`, `${lis}/membership#Instructor`], 'assistant'],
    [[`${lis}/membership/Instructor#Grader`], 'assistant'],
    [[`${lis}/membership/Instructor#PrimaryInstructor`], 'instructor'],
    [[`${lis}/membership/Instructor#TeachingAssistant`, `${lis}/membership#Administrator`], 'instructor'],
    [[`${lis}/membership#ContentDeveloper`], 'instructor'],
    [[`${lis}/institution/person#Administrator`, `${lis}/system/person#User`], 'instructor'],
    [[`${lis}/membership#Instructor`, `${lis}/system/person#TestUser`], 'learner'],
    [[`${lis}/membership#Mentor`], 'viewer'],
    [['Instructor'], 'instructor'],
    [['Learner'], 'learner'],
    [['http://example.com/roles#Gardener'], 'learner'],
    [[], 'learner'],
    [[7, null, { x: 1 }], 'learner'],
  ])('%j is %s', (roles, role) => expect(roleFrom(roles, true)).toBe(role))
  it('an anonymous launch only looks, whatever its roles', () => expect(roleFrom([`${lis}/membership#Instructor`], false)).toBe('viewer'))
})

const launch = {
  [`${lti}message_type`]: 'LtiResourceLinkRequest',
  [`${lti}version`]: '1.3.0',
  [`${lti}deployment_id`]: '3',
  [`${lti}roles`]: [],
  [`${lti}resource_link`]: { id: '10' },
  [`${lti}target_link_uri`]: 'https://tool.example/',
  sub: '5',
}

describe('claims', () => {
  it('reads the least that a launch may hold', () => {
    expect(launchFrom(launch)).toMatchObject({ message: 'resource', subject: '5', context: null, grades: null, name: '', locale: 'en' })
  })
  it('joins given and family name where no full name is sent', () => {
    expect(launchFrom({ ...launch, given_name: 'Zoë', family_name: "O'Neill" })).toMatchObject({ name: "Zoë O'Neill" })
  })
  it('takes locales in both spellings, and English for nonsense', () => {
    const presentation = (locale: unknown): object => ({ ...launch, [`${lti}launch_presentation`]: { locale } })
    expect(launchFrom(presentation('de_at') as never)).toMatchObject({ locale: 'de-AT' })
    expect(launchFrom(presentation('x'.repeat(99)) as never)).toMatchObject({ locale: 'en' })
    expect(launchFrom(presentation({}) as never)).toMatchObject({ locale: 'en' })
  })
  it('drops what PostgreSQL cannot store', () => {
    expect(launchFrom({ ...launch, name: 'A\0B\ud800' })).toMatchObject({ name: 'AB\ufffd' })
  })
})
