// An LMS registers itself by a one-time link, waits for approval, and then launches.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Lms, startLms } from '../../fixtures/lms-simulator/index.ts'
import { approvePlatform, findPlatform } from '../src/app/platforms.ts'
import { queryAlone } from '../src/kernel/db.ts'
import { grantedOf, listRegistrationLinks, makeRegistrationLink, revokeRegistrationLink } from '../src/modules/lti/index.ts'
import { askToken } from '../src/modules/lti/services/access-token.ts'
import { launchDataIn, startSchool, type TestSchool } from './_app.ts'
import { openLink, registerBy } from './_registering.ts'

const score = 'https://purl.imsglobal.org/spec/lti-ags/scope/score'
const members = 'https://purl.imsglobal.org/spec/lti-nrps/scope/contextmembership.readonly'
const toolConfiguration = 'https://purl.imsglobal.org/spec/lti-tool-configuration'

let school: TestSchool
const started: Lms[] = []
beforeAll(async () => {
  school = await startSchool({ worker: false })
})
afterAll(async () => {
  for (const lms of started) await lms.stop()
  await school?.stop()
})

async function freshLms(profile: 'moodle' | 'canvas' | 'brightspace', quirks: Parameters<typeof startLms>[0]['quirks'] = {}): Promise<Lms> {
  const lms = await startLms({ port: 0, toolOrigin: school.origin, quiet: true, profile, quirks })
  started.push(lms)
  return lms
}

async function launched(lms: Lms): Promise<Response> {
  const item = lms.addItem({ course: '2', title: 'Quiz' })
  const walk = await lms.journey.walkLaunch({ person: 'teacher1', item: item.id, launch: true }).catch((error: unknown) => error)
  const { response } = walk as { response?: Response }
  if (!response) throw walk
  return response
}

/** How the tool answers the login: pending registrations are refused there. */
async function loginAnswer(lms: Lms): Promise<{ status: number; page: string }> {
  const item = lms.addItem({ course: '2', title: 'Quiz' })
  const body = new URLSearchParams(lms.platform.loginParams({ person: 'teacher1', item: item.id }))
  const answer = await fetch(`${school.origin}/lti/login`, { method: 'POST', body, redirect: 'manual' })
  return { status: answer.status, page: await answer.text() }
}

describe('Moodle', () => {
  it('registers by the link, is refused while pending, and launches once approved', async () => {
    const lms = await freshLms('moodle')
    const { address, link } = await makeRegistrationLink({ name: 'Northfield Moodle', lms: 'moodle' })
    const offer = await openLink(address, lms.platform.registering.begin())
    expect(offer.status).toBe(200)
    expect(offer.page).toContain(`Connect Cuepoint with ${new URL(lms.origin).host}`)
    expect(offer.headers.get('content-security-policy')).toContain('frame-ancestors *')
    expect(lms.platform.registering.taken).toHaveLength(0)

    const done = await registerBy(address, lms)
    expect(done.status).toBe(200)
    expect(done.page).toMatch(/waits for approval/)
    expect(done.page).toMatch(/Press Activate/)
    expect(done.page).toContain('org.imsglobal.lti.close')
    const registration = await findPlatform('Northfield Moodle')
    expect(registration).toMatchObject({ status: 'pending', lms: 'moodle', issuer: lms.origin, clientId: lms.quirks.clientId })
    expect((await listRegistrationLinks()).find((it) => it.id === link.id)).toMatchObject({
      state: 'used',
      registrationId: registration.id,
    })
    expect(await loginAnswer(lms)).toMatchObject({ status: 403, page: expect.stringContaining('not active') })

    await approvePlatform(registration)
    const page = await (await launched(lms)).text()
    expect(launchDataIn(page).token).toMatch(/^[\w-]{43}$/)
  })

  it('keeps and shows what the platform did not grant', async () => {
    const lms = await freshLms('moodle')
    lms.platform.registering.withhold = [members]
    const { address } = await makeRegistrationLink({ name: 'Without rosters' })
    const done = await registerBy(address, lms)
    expect(done.page).toMatch(/the list of people in a course/)
    const granted = await grantedOf((await findPlatform('Without rosters')).id)
    expect(granted).toMatchObject({ product: 'moodle', refusedScopes: [members], deploymentId: lms.quirks.deploymentId })
    expect(granted?.scopes).toContain(score)
  })
})

describe('Canvas', () => {
  it('is asked with the token on both calls, for placements and a privacy level', async () => {
    const lms = await freshLms('canvas')
    const { address } = await makeRegistrationLink({ name: 'Northfield Canvas', lms: 'canvas' })
    const done = await registerBy(address, lms)
    expect(done.status).toBe(200)
    expect(done.page).toMatch(/Close and go back to Canvas/)
    const [body] = lms.platform.registering.taken
    const tool = body?.[toolConfiguration] as { messages: { placements: string[] }[] } & Record<string, unknown>
    expect(tool['https://canvas.instructure.com/lti/privacy_level']).toBe('public')
    expect(tool.messages.flatMap((it) => it.placements)).toEqual(['assignment_selection', 'link_selection', 'module_menu_modal'])
    const registration = await findPlatform('Northfield Canvas')
    expect(registration).toMatchObject({ lms: 'canvas', status: 'pending' })
    // Canvas makes the deployment when the app is enabled: its first launch waits for approval too, on a page that names it.
    await approvePlatform(registration)
    const refused = await launched(lms)
    expect(refused.status).toBe(403)
    expect(await refused.text()).toContain(lms.quirks.deploymentId)
    await approvePlatform(registration, lms.quirks.deploymentId)
    expect((await launched(lms)).status).toBe(200)
  })
})

describe('Brightspace', () => {
  it('gets no Authorization header where it gave no token', async () => {
    const lms = await freshLms('brightspace')
    const { address } = await makeRegistrationLink({ name: 'Northfield Brightspace' })
    const parameters = lms.platform.registering.begin()
    expect(parameters.registration_token).toBeUndefined()
    const done = await registerBy(address, lms)
    expect(done.status).toBe(200)
    expect(done.page).toMatch(/make a deployment/)
    expect(await findPlatform('Northfield Brightspace')).toMatchObject({ lms: 'brightspace', status: 'pending' })
  })
})

describe('An LMS that nobody here has heard of', () => {
  it('registers by what the specification promises, waits for approval, and then launches and takes a token', async () => {
    const toolPlatform = { guid: 'campus-1', name: 'Campus', product_family_code: 'campus-nine', version: '9.1' }
    const lms = await freshLms('moodle', { toolPlatform, clientId: 'of-campus-nine', deploymentId: 'd-9' })
    const { address } = await makeRegistrationLink({ name: 'Campus Nine' })
    const done = await registerBy(address, lms)
    expect(done.status, done.page).toBe(200)
    expect(done.page).toMatch(/waits for approval/)
    expect(done.page).toMatch(/Look in your LMS whether the tool has to be switched on/)
    expect(done.page).not.toMatch(/Moodle|Canvas|Brightspace|Blackboard|undefined/)
    const registration = await findPlatform('Campus Nine')
    expect(registration).toMatchObject({
      status: 'pending',
      lms: 'generic',
      issuer: lms.origin,
      clientId: 'of-campus-nine',
      audience: null,
    })
    expect(await grantedOf(registration.id)).toMatchObject({ product: 'campus-nine', refusedScopes: [], deploymentId: 'd-9' })
    expect(lms.platform.registering.taken).toHaveLength(1)
    expect(await loginAnswer(lms)).toMatchObject({ status: 403, page: expect.stringContaining('not active') })

    await approvePlatform(registration)
    const response = await launched(lms)
    expect(response.status).toBe(200)
    expect(launchDataIn(await response.text()).token).toMatch(/^[\w-]{43}$/)
    expect((await askToken(await findPlatform('Campus Nine'), score)).token).not.toBe('')
  })

  it('is treated as the LMS that the link was made for, where it does not say what it is', async () => {
    const lms = await freshLms('moodle', { toolPlatform: { guid: 'x' }, clientId: 'unsaid' })
    const { address } = await makeRegistrationLink({ name: 'Unsaid', lms: 'moodle' })
    expect((await registerBy(address, lms)).status).toBe(200)
    expect(await findPlatform('Unsaid')).toMatchObject({ status: 'pending', lms: 'moodle' })
  })
})

describe('the link (attack 25)', () => {
  const refusedFor = async (address: string, lms: Lms): Promise<string> => {
    const before = lms.platform.registering.taken.length
    const answer = await registerBy(address, lms)
    expect(answer.status).toBe(403)
    expect(lms.platform.registering.taken).toHaveLength(before)
    expect(await openLink(address, lms.platform.registering.begin())).toMatchObject({ status: 403 })
    return answer.page
  }

  it('is needed: none, a made-up one, a withdrawn one and one too old register nothing', async () => {
    const lms = await freshLms('moodle')
    expect(await refusedFor(`${school.origin}/lti/register?link=`, lms)).toMatch(/needs a registration link/)
    expect(await refusedFor(`${school.origin}/lti/register?link=${'x'.repeat(32)}`, lms)).toMatch(/needs a registration link/)
    const revoked = await makeRegistrationLink({ name: 'Revoked' })
    await revokeRegistrationLink(revoked.link.id)
    expect(await refusedFor(revoked.address, lms)).toMatch(/withdrawn/)
    const old = await makeRegistrationLink({ name: 'Old', hours: -1 })
    expect(await refusedFor(old.address, lms)).toMatch(/too old/)
  })

  it('makes one registration however often and however many at once use it', async () => {
    const lms = await freshLms('moodle')
    const { address } = await makeRegistrationLink({ name: 'Once' })
    const answers = await Promise.all(Array.from({ length: 8 }, () => registerBy(address, lms)))
    expect(answers.filter((it) => it.status === 200)).toHaveLength(1)
    expect(answers.filter((it) => it.status === 403)).toHaveLength(7)
    expect(lms.platform.registering.taken).toHaveLength(1)
    expect(await refusedFor(address, lms)).toMatch(/used already/)
    const rows = await queryAlone(`select 1 from registrations where name = 'Once'`)
    expect(rows).toHaveLength(1)
  })

  it('is kept as a hash only', async () => {
    const { address } = await makeRegistrationLink({ name: 'Hidden' })
    const token = new URL(address).searchParams.get('link') ?? ''
    const [row] = await queryAlone<{ text: string }>(
      `select registration_links::text as text from registration_links where name = 'Hidden'`,
    )
    expect(row?.text).not.toContain(token)
  })

  it('opened outside an LMS says what to do with it', async () => {
    const { address } = await makeRegistrationLink({ name: 'Curious', lms: 'canvas' })
    const answer = await openLink(address, {})
    expect(answer.status).toBe(200)
    expect(answer.page).toMatch(/Paste this address into your LMS/)
  })

  it('is understood where the LMS puts its parameters behind a second question mark', async () => {
    const lms = await freshLms('moodle')
    const { address } = await makeRegistrationLink({ name: 'Second question mark' })
    const answer = await fetch(`${address}?${new URLSearchParams(lms.platform.registering.begin())}`)
    expect(await answer.text()).toContain(`Connect Cuepoint with ${new URL(lms.origin).host}`)
  })
})

it('does not touch a registration that is here already', async () => {
  const [known] = await queryAlone<{ row: string }>(`select registrations::text as row from registrations where issuer = $1`, [
    school.lms.origin,
  ])
  const { address } = await makeRegistrationLink({ name: 'Take-over' })
  const answer = await registerBy(address, school.lms)
  expect(answer.status).toBe(403)
  expect(answer.page).toMatch(/registered here already/)
  const [after] = await queryAlone<{ row: string }>(`select registrations::text as row from registrations where issuer = $1`, [
    school.lms.origin,
  ])
  expect(after).toEqual(known)
})
