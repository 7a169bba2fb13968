// Calls of the operator's report.
import { getReport, getReportCsv } from '@cuepoint/contracts'
import { implement } from '../../../kernel/http/implement.ts'
import { reportCsv, reportOf } from './report.ts'

export const reportRoutes = [
  implement(getReport, async ({ params }) => ({ rows: await reportOf(Number(params.days)) })),
  implement(getReportCsv, ({ params }) => reportCsv(Number(params.days))),
]
