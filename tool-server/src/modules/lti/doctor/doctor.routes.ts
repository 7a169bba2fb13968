// Calls of the setup doctor.
import { approvePlatformDeployment, listPlatformHealth, tryPlatform } from '@cuepoint/contracts'
import { implement } from '../../../kernel/http/implement.ts'
import { log } from '../../../kernel/log.ts'
import { approve, platformHealth } from './doctor.ts'
import { tryOut } from './try-out.ts'

export const doctorRoutes = [
  implement(listPlatformHealth, async () => ({ platforms: await platformHealth() })),
  implement(tryPlatform, ({ params }) => tryOut(params.platformId, params.step)),
  implement(approvePlatformDeployment, async ({ caller, params }) => {
    await approve(params.platformId, params.deploymentRowId)
    log.info({ audit: 'deployment-approved', operatorSessionId: caller.operatorSessionId, ...params }, 'an operator approved a deployment')
    return { ok: true as const }
  }),
]
