// Deeds on the platform registry that the command line and the demo share.
import { z } from 'zod'
import {
  approveDeployment,
  approveRegistration,
  deploymentsOf,
  listRegistrations,
  lmsNames,
  type Registration,
  saveRegistration,
  setStatus,
} from '../modules/lti/index.ts'

const address = z.url({ protocol: /^https?$/ })

/** What an administrator types, or the simulated LMS offers. */
const NewPlatform = z.object({
  name: z.string().min(1).max(200),
  issuer: z.string().min(1).max(500),
  clientId: z.string().min(1).max(500),
  authUrl: address,
  tokenUrl: address,
  jwksUrl: address,
  audience: z.string().max(500).optional(),
  lms: z
    .string()
    .refine((name) => lmsNames.includes(name), `must be one of ${lmsNames.join(', ')}`)
    .default('generic'),
  origins: z.array(address.transform((it) => new URL(it).origin)).default([]),
  deployments: z.array(z.string().min(1).max(255)).default([]),
})

export type GivenPlatform = z.input<typeof NewPlatform>

/** Adds or updates an active registration; the deployments named are approved. */
export async function addPlatform(given: GivenPlatform): Promise<Registration> {
  const { deployments, audience, ...rest } = NewPlatform.parse(given)
  const registration = await saveRegistration({ ...rest, audience: audience ?? null, status: 'active' })
  for (const deploymentId of deployments) await approveDeployment(registration.id, deploymentId)
  return registration
}

export async function findPlatform(idOrClientId: string): Promise<Registration> {
  const found = (await listRegistrations()).filter(
    (it) => it.id === idOrClientId || it.clientId === idOrClientId || it.name === idOrClientId,
  )
  if (found.length !== 1)
    throw new Error(
      found.length === 0 ? `There is no platform ${idOrClientId}.` : `${found.length} platforms are called ${idOrClientId}: give the id.`,
    )
  return found[0] as Registration
}

/** Makes a registration active, or approves one of its deployments. */
export async function approvePlatform(registration: Registration, deploymentId?: string): Promise<void> {
  if (deploymentId) await approveDeployment(registration.id, deploymentId)
  else await approveRegistration(registration.id)
}

export async function retirePlatform(registration: Registration): Promise<void> {
  await setStatus(registration.id, 'retired')
}

/** Lines for a listing. */
export async function platformLines(): Promise<string[]> {
  const lines: string[] = []
  for (const it of await listRegistrations()) {
    lines.push(`${it.id}  ${it.status.padEnd(8)} ${it.name} (${it.lms}) issuer ${it.issuer} client ${it.clientId}`)
    for (const deployment of await deploymentsOf(it.id)) lines.push(`    deployment ${deployment.deploymentId}: ${deployment.status}`)
  }
  return lines.length > 0 ? lines : ['No platform is registered yet: npm run platform -- add --help']
}
