// An LMS of a journey's own, in the test's process, so that its faults are in the journey's hand.
import type { Lms as Simulated } from '../../fixtures/lms-simulator/index.ts'
import { startLms } from '../../fixtures/lms-simulator/index.ts'
import { Operator } from './operator.ts'
import type { Lms } from './school.ts'
import { test as base } from './test.ts'

export interface OwnLms extends Lms {
  simulated: Simulated
}

interface OfTest {
  /** Starts one that Cuepoint does not know yet, unless `register` says so; with a deployment that is approved or not. `school`: what its institution is called. */
  ownLms: (profile: Lms['profile'], register?: { name: string; approved: boolean; school?: string }) => Promise<OwnLms>
  operator: Operator
}

export const test = base.extend<OfTest>({
  ownLms: async ({ school }, use) => {
    const running: Simulated[] = []
    await use(async (profile, register) => {
      const named = register?.school
      const platform = { guid: `own ${named}`, name: named, description: named, product_family_code: profile, version: '1' }
      const quirks = named ? { quirks: { toolPlatform: platform } } : {}
      const simulated = await startLms({ port: 0, toolOrigin: school.tool, profile, quiet: true, ...quirks })
      running.push(simulated)
      const { registration } = simulated
      if (register)
        await school.register({ ...registration, name: register.name, deployments: register.approved ? registration.deployments : [] })
      return { origin: simulated.origin, profile, simulated }
    })
    for (const lms of running) await lms.stop()
  },
  operator: async ({ newBrowser, school }, use) => {
    const operator = new Operator(await (await newBrowser()).newPage())
    await operator.signIn(await school.adminLink())
    await use(operator)
  },
})
