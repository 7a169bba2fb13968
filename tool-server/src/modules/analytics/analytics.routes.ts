// The calls of learning records: LRSs as an operator keeps them.
import { getLrsDesk, removeLrs, resendToLrs, saveLrs, switchLrs, tryLrs } from '@cuepoint/contracts'
import { implement } from '../../kernel/http/implement.ts'
import { log } from '../../kernel/log.ts'
import * as desk from './lrs/desk.ts'
import { resendToLrs as resend } from './lrs/resending.ts'
import { tryLrs as tryOut } from './lrs/trial.ts'

const done = { ok: true } as const

function noted(deed: string, { operatorSessionId }: { operatorSessionId: string }, lrsId: string): void {
  log.info({ audit: `lrs-${deed}`, operatorSessionId, lrsId }, 'an LRS was changed')
}

export const analyticsRoutes = [
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
