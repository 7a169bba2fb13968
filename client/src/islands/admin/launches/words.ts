import { flightMessages } from '../../../messages/en/admin-flights.ts'
import { words } from '../../../shell/text.ts'

export const t = words(flightMessages)

/** A word of the catalogue where there is one, else the server's own. */
export function named(group: 'kind' | 'outcome' | 'name', name: string): string {
  const key = `${group}.${name}`
  return key in flightMessages ? t(key as keyof typeof flightMessages) : name
}
