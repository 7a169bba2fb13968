// The operator's desk: a link is made, an LMS registers by it, what waits is approved there; nobody else may.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Lms, startLms } from '../../fixtures/lms-simulator/index.ts'
import { operatorOf } from './_admin.ts'
import { callTool, launchDataIn, startSchool, type TestSchool, type Wire } from './_app.ts'
import { registerBy } from './_registering.ts'

let school: TestSchool
let lms: Lms
beforeAll(async () => {
  school = await startSchool({ worker: false, env: { LOG_LEVEL: 'silent' } })
  lms = await startLms({ port: 0, toolOrigin: school.origin, quiet: true, profile: 'canvas' })
})
afterAll(async () => {
  await lms?.stop()
  await school?.stop()
})

it('from the link to the launch, all decided at the desk', async () => {
  const { ask } = await operatorOf(school.origin)
  const desk = (): Promise<Wire> => ask('GET', '/api/admin/registrations')
  const { address } = await ask('POST', '/api/admin/registration-links', { name: 'Northfield', lms: 'canvas' })
  expect((await registerBy(address, lms)).status).toBe(200)
  const [waiting] = (await desk()).pending
  expect(waiting).toMatchObject({ name: 'Northfield', lms: 'canvas', clientId: lms.quirks.clientId })
  await ask('POST', '/api/admin/registrations/decision', { registrationId: waiting.id, approve: true })

  const item = lms.addItem({ course: '2', title: 'Quiz' })
  const launched = async (): Promise<Response> =>
    (await (await lms.journey.walkLaunch({ person: 'teacher1', item: item.id })).launch()) as Response
  expect((await launched()).status).toBe(403)
  const { deploymentId } = lms.quirks
  expect((await desk()).deployments).toContainEqual(expect.objectContaining({ deploymentId, status: 'pending' }))
  await ask('POST', '/api/admin/deployments/decision', { registrationId: waiting.id, deploymentId, approve: true })
  const page = await launched()
  expect(page.status).toBe(200)
  expect((await desk()).deployments).toEqual([])

  const { token } = launchDataIn(await page.text())
  for (const [method, path] of [
    ['GET', '/api/admin/registrations'],
    ['POST', '/api/admin/keys/rotate'],
  ] as const)
    expect((await callTool(school.origin, token, method, path)).status).toBe(401)
})

it('a link can be withdrawn, and a new key shows with its time', async () => {
  const { ask } = await operatorOf(school.origin)
  const { address } = await ask('POST', '/api/admin/registration-links', { name: 'Never mind', lms: null })
  const { id } = (await ask('GET', '/api/admin/registrations')).links.find((it: Wire) => it.name === 'Never mind')
  await ask('POST', '/api/admin/registration-links/revoke', { linkId: id })
  expect((await registerBy(address, lms)).status).toBe(403)
  await ask('POST', '/api/admin/keys/rotate')
  const { keys } = await ask('GET', '/api/admin/registrations')
  expect(keys.map((it: Wire) => it.state)).toEqual(['coming', 'signing'])
})
