// The address that signs an operator in at /admin. The token stands in the fragment, which no browser sends and no server logs.
import { config } from '../kernel/config.ts'
import { adminLink, firstAdminLink } from '../modules/identity/index.ts'

export const adminLinkMinutes = 60
const addressOf = (token: string): string => `${config().publicUrl}/admin#link=${token}`

export async function newAdminAddress(): Promise<string> {
  return addressOf(await adminLink(adminLinkMinutes))
}

/** At the first start of all; undefined later. */
export async function firstAdminAddress(): Promise<string | undefined> {
  const token = await firstAdminLink(adminLinkMinutes)
  return token && addressOf(token)
}
