// What the operator's island reads and does beyond one room: the page itself, and the deliveries of every listener.
import { type Deliveries, discardDeliveries, listDeliveries, resendDeliveries } from '@cuepoint/contracts'
import { backlog, discard, parked, resend } from '../kernel/events/backlog.ts'
import { listenerNames } from '../kernel/events/listeners.ts'
import { clientHead } from '../kernel/http/assets.ts'
import { implement, page } from '../kernel/http/implement.ts'
import { html, sendPage } from '../kernel/http/page.ts'
import { unserved, workerProcesses } from '../kernel/jobs/presence.ts'
import { log } from '../kernel/log.ts'
import { defineModule } from '../kernel/module.ts'
import { institutionNames } from '../modules/identity/index.ts'
import { privacyRoutes } from './privacy/desk.ts'
import { eraseListener, finishErasures } from './privacy/erasing.ts'
import { carryOutRetention } from './privacy/retention.ts'

/** Declared as a room is, but it is none: it stands above them and owns no table. */
export const operations = defineModule({
  name: 'operations',
  listeners: [eraseListener],
  schedules: [finishErasures, carryOutRetention],
  routes: [
    ...privacyRoutes,
    page({
      method: 'GET',
      path: '/admin',
      says: 'the operator’s island; holds nothing by itself, and nobody may frame it',
      handle: (_request, response) =>
        sendPage(response, {
          title: 'Cuepoint administration',
          framedBy: [],
          kind: 'app',
          language: 'en',
          head: () => clientHead('admin'),
          body: html`<div id="root"></div>`,
        }),
    }),
    implement(listDeliveries, deliveries),
    implement(resendDeliveries, async ({ caller, body }) => {
      const count = await resend('ids' in body ? body.ids : body)
      log.info({ audit: 'deliveries-resent', operatorSessionId: caller.operatorSessionId, count }, 'parked deliveries were sent again')
      return { count }
    }),
    implement(discardDeliveries, async ({ caller, body }) => {
      const count = await discard(body.ids)
      log.info({ audit: 'deliveries-discarded', operatorSessionId: caller.operatorSessionId, count }, 'parked deliveries were discarded')
      return { count }
    }),
  ],
})

const mostShown = 200

async function deliveries(): Promise<Deliveries> {
  const [waiting, rows, names, workers] = await Promise.all([
    backlog(),
    parked({ limit: mostShown }),
    institutionNames(),
    workerProcesses(),
  ])
  const quiet = listenerNames().filter((name) => !waiting.some((it) => it.listener === name))
  return {
    workers: workers.map(({ startedAt, ...it }) => ({ ...it, startedAt: startedAt.toISOString() })),
    listeners: [...waiting, ...quiet.map((listener) => ({ listener, due: 0, leased: 0, parked: 0, oldestSeconds: 0 }))]
      .map((it) => ({ ...it, served: unserved([it.listener], workers).length === 0 }))
      .sort((a, b) => a.listener.localeCompare(b.listener)),
    parked: rows.map(({ id, listener, event, institutionId, attempts, reason, parkedAt, occurredAt }) => ({
      id,
      listener,
      event,
      institution: { id: institutionId, name: names.get(institutionId) ?? '' },
      attempts,
      reason,
      parkedAt: parkedAt.toISOString(),
      occurredAt: occurredAt.toISOString(),
    })),
  }
}
