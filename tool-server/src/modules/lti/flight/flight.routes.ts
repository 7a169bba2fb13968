// Calls of the operator's island on what the recorder kept.
import { findFlights, listFlights } from '@cuepoint/contracts'
import { implement } from '../../../kernel/http/implement.ts'
import { flightsByCode, flightsOf } from './flights.ts'

export const flightRoutes = [
  implement(listFlights, ({ params }) => flightsOf(params.which)),
  implement(findFlights, async ({ params }) => ({ flights: await flightsByCode(params.code) })),
]
