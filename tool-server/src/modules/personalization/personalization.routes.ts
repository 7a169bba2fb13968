// The calls of what next: the learner's advice and own page, the instructor's rules and report.
import * as contracts from '@cuepoint/contracts'
import { implement } from '../../kernel/http/implement.ts'
import { namingFor, noteLook } from '../identity/index.ts'
import { adviceHere } from './advice-view.ts'
import { dismiss, learnerOf, notePlayed, noteShown } from './deeds.ts'
import { ownPageOf } from './own-page.ts'
import { planOf, savePlan } from './plans.ts'
import { adviceReport } from './report.ts'
import { adviceCsvOf } from './report-csv.ts'

const done = { ok: true } as const

export const personalizationRoutes = [
  implement(contracts.getAdvice, ({ caller, params }) => adviceHere(caller, params.placementId)),
  implement(contracts.noteAdviceShown, async ({ caller, body }) => {
    await noteShown(learnerOf(caller), body.adviceIds)
    return done
  }),
  implement(contracts.dismissAdvice, async ({ caller, params }) => {
    await dismiss(learnerOf(caller), params.adviceId)
    return done
  }),
  implement(contracts.followAdvice, async ({ caller, params }) => {
    await notePlayed(learnerOf(caller), params.adviceId)
    return done
  }),
  implement(contracts.getMyActivities, ({ caller }) => ownPageOf(learnerOf(caller))),
  implement(contracts.getAdvicePlan, ({ caller, params }) => planOf(caller, params.placementId)),
  implement(contracts.saveAdvicePlan, ({ caller, params, body }) => savePlan(caller, params.placementId, body)),
  implement(contracts.getAdviceReport, async ({ caller, params, request }) =>
    adviceReport(caller, params.placementId, await namingFor(caller, request.query.as)),
  ),
  implement(contracts.getAdviceCsv, async ({ caller, params: { placementId, table }, request }) => {
    const naming = await namingFor(caller, request.query.as)
    const csv = adviceCsvOf(await adviceReport(caller, placementId, naming), table)
    if (table === 'given' && naming === 'names') await noteLook(caller, { what: 'advice-csv', personId: null, placementId })
    return csv
  }),
]
