// The whole table: the one list that the test, the command `npm run conformance` and docs/conformance.md are made from.
import { acceptedLaunches } from './accepted.ts'
import { acceptedInTime } from './accepted-in-time.ts'
import { attacks } from './attacks.ts'
import { refusedLaunches } from './refused.ts'
import { refusedInTime } from './refused-in-time.ts'
import { refusedLogins } from './refused-logins.ts'
import type { Row } from './rows.ts'

const byId = (one: Row, other: Row): number => one.id.localeCompare(other.id, 'en', { numeric: true })

export const mustRefuse: readonly Row[] = [...refusedLogins, ...refusedLaunches, ...refusedInTime, ...attacks].sort(byId)
export const mustAccept: readonly Row[] = [...acceptedLaunches, ...acceptedInTime].sort(byId)
