// The calls of learning records: LRSs as an operator keeps them.
import { getLrsDesk, listStatements, readStatements, removeLrs, resendToLrs, saveLrs, switchLrs, tryLrs } from '@cuepoint/contracts'
import { now } from '../../kernel/clock.ts'
import { implement } from '../../kernel/http/implement.ts'
import { log } from '../../kernel/log.ts'
import { assertNames, noteLook } from '../identity/index.ts'
import * as desk from './lrs/desk.ts'
import { resendToLrs as resend } from './lrs/resending.ts'
import { tryLrs as tryOut } from './lrs/trial.ts'
import { newestStatements, statementsFor } from './reading.ts'

const done = { ok: true } as const

function noted(deed: string, { operatorSessionId }: { operatorSessionId: string }, lrsId: string): void {
  log.info({ audit: `lrs-${deed}`, operatorSessionId, lrsId }, 'an LRS was changed')
}

export const analyticsRoutes = [
  implement(readStatements, async ({ caller, request, response }) => {
    response.setHeader('x-experience-api-version', '1.0.3')
    // A statement tells whose it is.
    if (caller.role !== 'learner') await assertNames(caller, null)
    const found = await statementsFor(caller, request.query as Record<string, unknown>)
    if (caller.role !== 'learner') await noteLook(caller, { what: 'statements', personId: null, placementId: null })
    response.setHeader('x-experience-api-consistent-through', now().toISOString())
    return found
  }),
  implement(listStatements, async () => ({ statements: await newestStatements() })),
  implement(getLrsDesk, () => desk.lrsDesk()),
  implement(saveLrs, async ({ caller, body }) => {
    const lrsId = await desk.saveLrs(body)
    noted('saved', caller, lrsId)
    return { lrsId }
  }),
  implement(tryLrs, ({ body }) => tryOut(body.lrsId)),
  implement(switchLrs, async ({ caller, body }) => {
    await desk.switchLrs(body.lrsId, body.on)
    noted(body.on ? 'resumed' : 'paused', caller, body.lrsId)
    return done
  }),
  implement(removeLrs, async ({ caller, body }) => {
    await desk.removeLrs(body.lrsId)
    noted('removed', caller, body.lrsId)
    return done
  }),
  implement(resendToLrs, async ({ caller, body }) => {
    noted('resent', caller, body.lrsId)
    return { count: await resend(body.lrsId, body.from, body.until) }
  }),
]
