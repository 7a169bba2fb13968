// The platform registry: who may launch here. Read on every launch, so remembered for half a minute.
import { newId, nowMs } from '../../../kernel/clock.ts'
import { AppError } from '../../../kernel/errors.ts'
import { lmsOf } from '../lms/index.ts'
import { RegistrationRow, type RegistrationStatus } from '../lti.models.ts'

export interface Registration {
  id: string
  name: string
  lms: string
  issuer: string
  clientId: string
  authUrl: string
  tokenUrl: string
  jwksUrl: string
  audience: string | null
  origins: readonly string[]
  status: RegistrationStatus
}

const rememberedMs = 30_000
let remembered: { all: readonly Registration[]; until: number } | undefined

/** Every registration; forgotten after 30 s and after any change made in this process. */
async function registrations(): Promise<readonly Registration[]> {
  if (remembered && remembered.until > nowMs()) return remembered.all
  const rows = await RegistrationRow.findAll({ order: ['name', 'id'] })
  const all = rows.map((row) => row.get() as Registration)
  remembered = { all, until: nowMs() + rememberedMs }
  return all
}

export function forgetRegistrations(): void {
  remembered = undefined
}

/** All registrations with this issuer, retired ones too (their launches are refused by name). */
export async function registrationsOf(issuer: string): Promise<readonly Registration[]> {
  const known = (await registrations()).filter((it) => it.issuer === issuer)
  if (known.length > 0) return known
  forgetRegistrations()
  return (await registrations()).filter((it) => it.issuer === issuer)
}

export async function registrationById(id: string): Promise<Registration | undefined> {
  return (await registrations()).find((it) => it.id === id)
}

export async function listRegistrations(): Promise<readonly Registration[]> {
  forgetRegistrations()
  return registrations()
}

/** Adds a registration, or updates the one with the same issuer and client id. */
export async function saveRegistration(it: Omit<Registration, 'id'>): Promise<Registration> {
  const existing = await RegistrationRow.findOne({ where: { issuer: it.issuer, clientId: it.clientId } })
  const values = { ...it, origins: [...it.origins] }
  const row = existing ? await existing.update(values) : await RegistrationRow.create({ id: newId(), ...values })
  forgetRegistrations()
  return row.get() as Registration
}

export async function setStatus(id: string, status: RegistrationStatus): Promise<void> {
  const [changed] = await RegistrationRow.update({ status }, { where: { id } })
  if (changed === 0) throw new AppError('resource_not_found', 'There is no such registration.')
  forgetRegistrations()
}

const origins = new WeakMap<Registration, readonly string[]>()

/**
 * Origins that may frame us and that services and return addresses may lie on, with those that an administrator approved for the
 * deployment. A pattern begins `https://*.`.
 */
export function originsOf(registration: Registration, ofDeployment: readonly string[] = []): readonly string[] {
  const own = registrationOrigins(registration)
  return ofDeployment.length === 0 ? own : [...new Set([...own, ...ofDeployment])]
}

function registrationOrigins(registration: Registration): readonly string[] {
  const known = origins.get(registration)
  if (known) return known
  const own = [registration.issuer, registration.authUrl, registration.tokenUrl].flatMap((address) =>
    URL.canParse(address) ? [new URL(address).origin] : [],
  )
  const all = [...new Set([...own, ...registration.origins, ...lmsOf(registration.lms).originPatterns])].filter((it) => it !== 'null')
  origins.set(registration, all)
  return all
}

/** What an address begins with that lies on an origin of the registration, without a pattern: written as origins are, so nothing to parse. */
const beginnings = new WeakMap<readonly string[], readonly string[]>()

function beginningsOf(origins: readonly string[]): readonly string[] {
  const known = beginnings.get(origins)
  if (known) return known
  const all = origins.filter((it) => URL.canParse(it) && new URL(it).origin === it).map((it) => `${it}/`)
  beginnings.set(origins, all)
  return all
}

/** Does this platform-given address lie on an allowed origin? */
export function originAllowed(registration: Registration, address: string, ofDeployment: readonly string[] = []): boolean {
  // Scheme, host, port and the slash that ends them: what follows cannot change them. A launch names five addresses.
  if (beginningsOf(registrationOrigins(registration)).some((it) => address.startsWith(it))) return true
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  if (url.username || url.password) return false
  return originsOf(registration, ofDeployment).some((allowed) =>
    allowed.startsWith('https://*.')
      ? url.protocol === 'https:' && url.port === '' && url.hostname.endsWith(allowed.slice('https://*'.length))
      : url.origin === allowed,
  )
}
