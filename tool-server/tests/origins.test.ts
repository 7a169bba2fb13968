// Addresses outside an LMS's own site: refused by name, noted as asked for by a signed launch, allowed once an administrator says so.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { claim, scope } from '../../fixtures/lms-simulator/index.ts'
import { approvePlatform, findPlatform } from '../src/app/platforms.ts'
import { askedOrigins, decideOrigin, type Registration, refuseDeployment, saveRegistration } from '../src/modules/lti/index.ts'
import { originAllowed, originsOf } from '../src/modules/lti/platforms/registry.ts'
import { launchDataIn, startSchool, type TestSchool } from './_app.ts'

const ags = 'https://purl.imsglobal.org/spec/lti-ags/claim/endpoint'
const presentation = 'https://purl.imsglobal.org/spec/lti/claim/launch_presentation'
const deploymentClaim = 'https://purl.imsglobal.org/spec/lti/claim/deployment_id'
const vanity = 'https://canvas.vanity.example'

let school: TestSchool
let itemId = ''
let registration: Registration
beforeAll(async () => {
  school = await startSchool({ worker: false, env: { LOG_LEVEL: 'silent' } })
  itemId = school.lms.addItem({ course: '2', title: 'Quiz', lineItem: { scoreMaximum: 10, label: 'Quiz' } }).id
  registration = await findPlatform(school.lms.registration.clientId)
})
afterAll(() => school?.stop())

type Claims = Record<string, Record<string, unknown>>

/** A whole, rightly signed launch whose claims are changed. */
async function launchWith(change: (claims: Claims) => object): Promise<{ status: number; page: string; headers: Headers }> {
  const walk = await school.lms.journey.walkLaunch({ person: 'teacher1', item: itemId })
  const claims = JSON.parse(Buffer.from((walk.formFields.id_token ?? '').split('.')[1] ?? '', 'base64url').toString()) as Claims
  const answer = await walk.launch({ id_token: school.lms.platform.signIdToken({ ...claims, ...change(claims) }) })
  return { status: answer.status, page: await answer.text(), headers: answer.headers }
}

const lineItemAt = (origin: string) => (claims: Claims) => ({ [ags]: { ...claims[ags], lineitem: `${origin}/line/1` } })
const groupsAt = (origin: string) => () => ({ [claim.groups]: { scope: [scope.groups], context_groups_url: `${origin}/groups` } })
const noticesAt = (origin: string) => () => ({
  [claim.notifications]: { scope: [scope.notices], platform_notification_service_url: `${origin}/pns`, notice_types_supported: [] },
})
const returnAt = (origin: string) => (claims: Claims) => ({ [presentation]: { ...claims[presentation], return_url: `${origin}/back` } })

describe('an origin that nobody approved', () => {
  it.each([
    ['grade service', lineItemAt(vanity)],
    ['way back', returnAt(vanity)],
    ['groups service', groupsAt(vanity)],
    ['notices of copied courses', noticesAt(vanity)],
  ])('is refused for the %s, by name', async (words, change) => {
    const { status, page } = await launchWith(change)
    expect(status).toBe(400)
    expect(page).toContain(vanity)
    expect(page).toContain(words)
    expect(page).toContain('Support code')
  })

  it('is noted as asked for, with what for', async () => {
    expect(await askedOrigins(registration.id)).toContainEqual(
      expect.objectContaining({ origin: vanity, service: 'line_item', status: 'asked', deploymentId: school.lms.quirks.deploymentId }),
    )
  })

  it('asks for nothing by a launch that is not signed by the LMS, or belongs to no login', async () => {
    const stranger = 'https://stranger.example'
    const walk = await school.lms.journey.walkLaunch({ person: 'teacher1', item: itemId })
    const claims = JSON.parse(Buffer.from((walk.formFields.id_token ?? '').split('.')[1] ?? '', 'base64url').toString()) as Claims
    const changed = { ...claims, ...lineItemAt(stranger)(claims) }
    const [head, body] = school.lms.platform.signIdToken(changed).split('.')
    expect((await walk.launch({ id_token: `${head}.${body}.${'A'.repeat(342)}` })).status).toBe(401)
    const other = await school.lms.journey.walkLaunch({ person: 'teacher1', item: itemId })
    expect((await other.launch({ id_token: school.lms.platform.signIdToken({ ...changed, nonce: 'made-up' }) })).status).toBe(401)
    expect((await askedOrigins()).map((it) => it.origin)).not.toContain(stranger)
  })

  it('asks for nothing where it could never be approved: private, with a user name, not http', async () => {
    const before = await askedOrigins()
    for (const origin of ['https://10.0.0.7', 'https://user@evil.example', 'file://', 'https://169.254.169.254'])
      expect((await launchWith(lineItemAt(origin))).status).toBe(400)
    expect(await askedOrigins()).toEqual(before)
  })

  it('asks at most twenty times per deployment', async () => {
    for (let n = 0; n < 22; n++) expect((await launchWith(lineItemAt(`https://h${n}.example`))).status).toBe(400)
    expect((await askedOrigins(registration.id)).length).toBe(20)
  })
})

describe('an origin that an administrator approved', () => {
  it('opens the launch, may frame the page, and only for that deployment', async () => {
    const { deploymentId } = school.lms.quirks
    await decideOrigin(registration.id, deploymentId, `${vanity}/some/path`, true)
    const opened = await launchWith((claims) => ({ ...lineItemAt(vanity)(claims), ...returnAt(vanity)(claims) }))
    expect(opened.status).toBe(200)
    expect(opened.headers.get('content-security-policy')).toMatch(new RegExp(`frame-ancestors [^;]*${vanity}`))
    const { session } = launchDataIn(opened.page) as unknown as { session: { id: string; platform: { returnUrl: string } } }
    expect(session.platform.returnUrl).toBe(`${vanity}/back`)
    const reloaded = await fetch(`${school.origin}/a/${session.id}`)
    expect(reloaded.headers.get('content-security-policy')).toContain(vanity)

    await approvePlatform(registration, 'another-deployment')
    const other = await launchWith((claims) => ({ ...lineItemAt(vanity)(claims), [deploymentClaim]: 'another-deployment' }))
    expect(other.status).toBe(400)
    await decideOrigin(registration.id, deploymentId, vanity, false)
    expect((await launchWith(lineItemAt(vanity))).status).toBe(400)
  })

  it('must be one that can be called', async () => {
    const { deploymentId } = school.lms.quirks
    for (const address of ['https://10.1.2.3', 'https://*.example.com:99', 'javascript:alert(1)', '*', 'https://u:p@x.example'])
      await expect(decideOrigin(registration.id, deploymentId, address, true)).rejects.toMatchObject({ code: 'body_invalid' })
  })
})

describe('deployments', () => {
  const launchOf = (deploymentId: string) => launchWith(() => ({ [deploymentClaim]: deploymentId }))

  it('unknown: wait on a page that names them and who approves; approved: launch; refused: are told so', async () => {
    const pending = await launchOf('school-77')
    expect(pending.status).toBe(403)
    expect(pending.page).toContain('school-77')
    expect(pending.page).toContain('administrator of Cuepoint')
    await approvePlatform(registration, 'school-77')
    expect((await launchOf('school-77')).status).toBe(200)
    await refuseDeployment(registration.id, 'school-77')
    const refused = await launchOf('school-77')
    expect(refused.status).toBe(403)
    expect(refused.page).toContain('refused')
    await approvePlatform(registration, 'school-77')
    expect((await launchOf('school-77')).status).toBe(200)
  })
})

describe('hosts of a vendor’s cloud', () => {
  const hosted = async (lms: string, host: string): Promise<Registration> =>
    saveRegistration({
      name: lms,
      lms,
      issuer: `https://${host}`,
      clientId: `${lms}-1`,
      authUrl: `https://${host}/auth`,
      tokenUrl: `https://${host}/token`,
      jwksUrl: `https://${host}/jwks`,
      audience: null,
      origins: [],
      status: 'active',
    })

  it.each([
    ['canvas', 'https://northfield.instructure.com/api/lti/courses/1/line_items', true],
    ['canvas', 'https://northfield.instructure.com:8443/x', false],
    ['canvas', 'http://northfield.instructure.com/x', false],
    ['canvas', 'https://instructure.com.evil.example/x', false],
    ['canvas', 'https://evilinstructure.com/x', false],
    ['blackboard', 'https://northfield.blackboard.com/learn/api', true],
    ['blackboard', 'https://blackboard.com@evil.example/', false],
    ['generic', 'https://northfield.instructure.com/x', false],
  ])('%s: %s is allowed: %s', async (lms, address, allowed) => {
    const it = await hosted(lms, `issuer.${lms}.example`)
    expect(originAllowed(it, address)).toBe(allowed)
    expect(originsOf(it)).toContain(`https://issuer.${lms}.example`)
  })
})
