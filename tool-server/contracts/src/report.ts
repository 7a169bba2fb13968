// The operator's report: how much each institution uses Cuepoint, and what did not work there.
import { z } from 'zod'
import { endpoint } from './endpoint.ts'
import { Id, NoBody } from './session.ts'

export const ReportRow = z.object({
  /** null: refused before it was known whose it was. */
  institution: z.object({ id: Id, name: z.string() }).nullable(),
  launches: z.number().int(),
  people: z.number().int(),
  /** Submitted. */
  attempts: z.number().int(),
  scores: z.object({ accepted: z.number().int(), refused: z.number().int(), waiting: z.number().int() }),
  /** Refused launches by reason, most frequent first. */
  refusals: z.array(z.object({ reason: z.string(), count: z.number().int() })),
})
export type ReportRow = z.infer<typeof ReportRow>

const days = z.object({ days: z.enum(['7', '30']) })

export const getReport = endpoint({
  method: 'GET',
  path: '/api/admin/report/:days',
  for: 'operator',
  params: days,
  body: NoBody,
  reply: z.object({ rows: z.array(ReportRow) }),
})
/** The same as a table for a spreadsheet. */
export const getReportCsv = endpoint({
  method: 'GET',
  path: '/api/admin/report/:days/csv',
  for: 'operator',
  params: days,
  body: NoBody,
  reply: z.object({ name: z.string(), text: z.string() }),
})
