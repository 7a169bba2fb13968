// Calls of the setup doctor.
import { listPlatformHealth, tryPlatform } from '@cuepoint/contracts'
import { implement } from '../../../kernel/http/implement.ts'
import { platformHealth } from './doctor.ts'
import { tryOut } from './try-out.ts'

export const doctorRoutes = [
  implement(listPlatformHealth, async () => ({ platforms: await platformHealth() })),
  implement(tryPlatform, ({ params }) => tryOut(params.platformId, params.step)),
]
